/* SPDX-License-Identifier: Apache-2.0 */
/* Errors as Azure Resource Manager and its providers answer them. */
#ifndef EMULATOR_ARM_ARM_ERROR_H
#define EMULATOR_ARM_ARM_ERROR_H

#include "server/exchange.h"

/* ARM's own: with x-ms-failure-cause: gateway. */
void arm_refuse(struct exchange *exchange, unsigned status, const char *code,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A provider's: ARM passes it on. */
void arm_provider_refuse(struct exchange *exchange, unsigned status,
                         const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
