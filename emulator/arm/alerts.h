/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/locations and the sample alerts behind them. */
#ifndef EMULATOR_ARM_ALERTS_H
#define EMULATOR_ARM_ALERTS_H

#include "server/exchange.h"

void alerts_locations(struct exchange *exchange);
void alerts_location(struct exchange *exchange);

/* POST .../alerts/default/simulate: 202 without a body. */
void alerts_simulate(struct exchange *exchange);

#endif
