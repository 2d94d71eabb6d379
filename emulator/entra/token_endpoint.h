/* SPDX-License-Identifier: Apache-2.0 */
/* The token endpoint, and what says where it is. */
#ifndef EMULATOR_ENTRA_TOKEN_ENDPOINT_H
#define EMULATOR_ENTRA_TOKEN_ENDPOINT_H

#include "entra/form.h"
#include "estate/estate.h"
#include "server/exchange.h"

/* POST /{tenant}/oauth2/v2.0/token (scope), /{tenant}/oauth2/token and
 * /adfs/oauth2/token (resource, or scope). */
void token_endpoint_post(struct exchange *exchange);

/* What the endpoints beside it read in the same way: the form, and the
 * resource that it wants a token for. Where they return false and NULL they
 * have answered. */
bool token_endpoint_read_form(struct exchange *exchange, struct form *form);
const char *token_endpoint_audience(struct exchange *exchange,
                                    const struct form *form,
                                    const struct tenant *tenant);

#endif
