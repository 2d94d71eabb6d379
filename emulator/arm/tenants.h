/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Resources/tenants. */
#ifndef EMULATOR_ARM_TENANTS_H
#define EMULATOR_ARM_TENANTS_H

#include "server/exchange.h"

void tenants_list(struct exchange *exchange);

#endif
