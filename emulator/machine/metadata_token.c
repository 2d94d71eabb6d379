/* SPDX-License-Identifier: Apache-2.0 */
/* GET …/metadata/identity/oauth2/token. */
#include "machine/metadata_token.h"

#include "base/text.h"
#include "entra/audience.h"
#include "entra/authority.h"
#include "machine/identity.h"
#include "machine/machine_error.h"

bool
metadata_token_check(struct exchange *exchange)
{
    const char *metadata = exchange_header(exchange, "Metadata");
    const char *why = NULL;

    /* Keeps a forged request out, which cannot set headers, and what a proxy
     * passes on. */
    if (!text_equal_ignoring_case(metadata, "true")
        || exchange_header(exchange, "X-Forwarded-For") != NULL)
        why = "Required metadata header not specified";
    else if (exchange_argument(exchange, "api-version") == NULL)
        why = "Required query variable 'api-version' is missing";
    else if (text_is_blank(exchange_argument(exchange, "resource")))
        why = "Required audience parameter not specified";
    if (why != NULL)
        machine_refuse(exchange, 400, "invalid_request", why);
    return why == NULL;
}

static json_t *
seconds(int64_t number)
{
    return json_sprintf("%lld", (long long) number);
}

static void
answer_token(struct exchange *exchange, const struct client *identity,
             bool echo)
{
    const char *resource = exchange_argument(exchange, "resource");
    const char *object = exchange_argument(exchange, "object_id");
    const char *named = exchange_argument(exchange, "msi_res_id");
    struct identity_token token = IDENTITY_TOKEN_INIT;

    if (identity_sign(exchange, identity, resource, &token))
        exchange_answer(
            exchange, 200,
            json_pack("{s:s, s:s, s:s*, s:s*, s:o, s:o, s:o, s:o, s:s, s:s}",
                      "access_token", buffer_text(&token.text), "client_id",
                      identity->id, "object_id", echo ? object : NULL,
                      "msi_res_id", echo ? named : NULL, "expires_in",
                      seconds(token.lifetime), "expires_on",
                      seconds(token.now + token.lifetime), "ext_expires_in",
                      seconds(token.lifetime), "not_before",
                      seconds(token.now), "resource", resource, "token_type",
                      "Bearer"));
    buffer_done(&token.text);
}

void
metadata_token_answer(struct exchange *exchange, bool echo)
{
    const struct identity_choice choice = {
        .client = exchange_argument(exchange, "client_id"),
        .object = exchange_argument(exchange, "object_id"),
        .resource = exchange_argument(exchange, "msi_res_id"),
    };
    const struct client *identity = NULL;

    switch (identity_find(exchange, &choice, &identity)) {
    case IDENTITY_FOUND:
        break;
    case IDENTITY_AMBIGUOUS:
        machine_refuse(exchange, 400, "invalid_request",
                       "Multiple user assigned identities exist, please "
                       "specify the clientId / resourceId of the identity in "
                       "the token request");
        return;
    case IDENTITY_ABSENT:
    default:
        machine_refuse(exchange, 400, "invalid_request", "Identity not found");
        return;
    }
    if (audience_is_known(exchange_argument(exchange, "resource")))
        answer_token(exchange, identity, echo);
    else
        machine_refuse(exchange, 400, "invalid_resource",
                       "AADSTS500011: The resource principal was not found "
                       "in the tenant.");
}
