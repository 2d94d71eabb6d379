/* SPDX-License-Identifier: Apache-2.0 */
/* The documents by which clients find the authority. */
#ifndef EMULATOR_ENTRA_DISCOVERY_H
#define EMULATOR_ENTRA_DISCOVERY_H

#include "server/exchange.h"

/* GET /{tenant}[/v2.0]/.well-known/openid-configuration */
void discovery_tenant(struct exchange *exchange);
void discovery_tenant_v2(struct exchange *exchange);

/* GET /adfs/.well-known/openid-configuration */
void discovery_adfs(struct exchange *exchange);

/* GET /common/discovery/instance */
void discovery_instance(struct exchange *exchange);

/* GET /{tenant}/discovery[/v2.0]/keys */
void discovery_keys(struct exchange *exchange);

#endif
