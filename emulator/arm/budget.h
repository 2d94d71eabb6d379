/* SPDX-License-Identifier: Apache-2.0 */
/* How many requests ARM and the provider allow, and the headers that say
 * so. */
#ifndef EMULATOR_ARM_BUDGET_H
#define EMULATOR_ARM_BUDGET_H

#include "arm/rule.h"
#include "server/exchange.h"

/* ARM's own limit, --rate-limit; false where it has answered 429. */
bool budget_pass(struct exchange *exchange, const struct arm_rule *rule);

/* The provider's limit per subscription: 750 reads and a third as many
 * writes; false where it has answered 429. */
bool budget_pass_provider(struct exchange *exchange, bool write,
                          const char *action);

#endif
