/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/pricings: Defender's plans. */
#ifndef EMULATOR_ARM_PRICINGS_H
#define EMULATOR_ARM_PRICINGS_H

#include "server/exchange.h"

void pricings_list(struct exchange *exchange);
void pricings_get(struct exchange *exchange);

#endif
