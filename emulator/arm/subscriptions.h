/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Resources: tenants and subscriptions. */
#ifndef EMULATOR_ARM_SUBSCRIPTIONS_H
#define EMULATOR_ARM_SUBSCRIPTIONS_H

#include "server/exchange.h"

void subscriptions_list(struct exchange *exchange);
void subscriptions_get(struct exchange *exchange);
void subscriptions_locations(struct exchange *exchange);

#endif
