/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/securityContacts. */
#ifndef EMULATOR_ARM_CONTACTS_H
#define EMULATOR_ARM_CONTACTS_H

#include "server/exchange.h"

void contacts_list(struct exchange *exchange);
void contacts_get(struct exchange *exchange);
void contacts_put(struct exchange *exchange);
void contacts_patch(struct exchange *exchange);
void contacts_delete(struct exchange *exchange);

#endif
