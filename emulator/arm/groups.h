/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Management/managementGroups. */
#ifndef EMULATOR_ARM_GROUPS_H
#define EMULATOR_ARM_GROUPS_H

#include "server/exchange.h"

/* The groups that the caller may read, paged; the link to the next page is
 * called @nextLink here, by Microsoft's specification. */
void groups_list(struct exchange *exchange);

void groups_get(struct exchange *exchange);

/* Groups and subscriptions below a group at any depth, paged; $top is
 * known. */
void groups_descendants(struct exchange *exchange);

#endif
