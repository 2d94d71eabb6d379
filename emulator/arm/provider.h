/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security as a whole: its registration and what its answers have
 * in common. */
#ifndef EMULATOR_ARM_PROVIDER_H
#define EMULATOR_ARM_PROVIDER_H

#include "server/exchange.h"

/* Server and api-supported-versions. */
void provider_headers(struct exchange *exchange);

/* False where the subscription is not registered, which is answered. */
bool provider_require_registration(struct exchange *exchange);

/* GET /subscriptions/{}/providers/{}, POST .../register */
void provider_get(struct exchange *exchange);
void provider_register(struct exchange *exchange);

#endif
