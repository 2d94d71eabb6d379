/* SPDX-License-Identifier: Apache-2.0 */
/* The token endpoint, and what says where it is. */
#ifndef EMULATOR_ENTRA_TOKEN_ENDPOINT_H
#define EMULATOR_ENTRA_TOKEN_ENDPOINT_H

#include "server/exchange.h"

/* POST /{tenant}/oauth2/v2.0/token (scope), /{tenant}/oauth2/token and
 * /adfs/oauth2/token (resource, or scope). */
void token_endpoint_post(struct exchange *exchange);

#endif
