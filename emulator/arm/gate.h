/* SPDX-License-Identifier: Apache-2.0 */
/* What Azure Resource Manager checks before a provider sees a request. */
#ifndef EMULATOR_ARM_GATE_H
#define EMULATOR_ARM_GATE_H

#include <stdbool.h>

#include "arm/rule.h"
#include "server/exchange.h"

/* Whether the request may go on to its handler; if not, it is answered.
 * Fills in api_version, token and subscription of the exchange. */
bool arm_gate_pass(struct exchange *exchange, const struct arm_rule *rule);

#endif
