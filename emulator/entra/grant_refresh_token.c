/* SPDX-License-Identifier: Apache-2.0 */
/* A person who has signed in before. */
#include "base/text.h"
#include "entra/entra_error.h"
#include "entra/refresh_tokens.h"
#include "entra/user_grant.h"
#include "server/world.h"

static const struct entra_error malformed = { 400, "invalid_grant", 9002313 };

/* A refresh token is good for the application that it was given to, in any
 * tenant where the person is known: here, in that one only. */
const struct tenant *
grant_refresh_token(const struct user_grant_request *request)
{
    const char *value = form_value(request->form, "refresh_token");
    const struct refresh_token *token =
        value != NULL ? refresh_tokens_find(
            request->exchange->world->refresh_tokens, value)
                      : NULL;

    if (token != NULL
        && text_equal_ignoring_case(token->client, request->client)
        && token->tenant == request->tenant)
        return token->tenant;
    entra_refuse(request->exchange, &malformed,
                 "Invalid request. Request is malformed or invalid: the "
                 "refresh token is not known.");
    return NULL;
}
