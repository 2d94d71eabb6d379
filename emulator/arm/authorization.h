/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Authorization: who may do what. */
#ifndef EMULATOR_ARM_AUTHORIZATION_H
#define EMULATOR_ARM_AUTHORIZATION_H

#include "server/exchange.h"

/* The caller's own, and an owner who is a user. */
void authorization_assignments(struct exchange *exchange);

/* The caller's permissions, as "roles" of the estate say, or "access"; in
 * pages. */
void authorization_permissions(struct exchange *exchange);

/* Whether "roles" of the exchange's subscription allow the action. */
bool authorization_allows(const struct exchange *exchange, const char *action);

#endif
