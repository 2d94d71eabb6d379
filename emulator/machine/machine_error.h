/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals of a machine's own services. */
#ifndef EMULATOR_MACHINE_MACHINE_ERROR_H
#define EMULATOR_MACHINE_MACHINE_ERROR_H

#include "server/exchange.h"

/* {"error": …, "error_description": …}: as IMDS, Arc and Cloud Shell say
 * it. */
void machine_refuse(struct exchange *exchange, unsigned status,
                    const char *error, const char *description);

/* {"statusCode": …, "message": …, "correlationId": …}: as App Service says
 * it. */
void machine_refuse_app(struct exchange *exchange, unsigned status,
                        const char *message);

/* What the service at the exchange's path says with a status when nothing is
 * wrong with the request; for faults. error and description, where they are
 * not NULL, stand for its own words. */
void machine_fail(struct exchange *exchange, unsigned status,
                  const char *error, const char *description);

#endif
