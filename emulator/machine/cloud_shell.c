/* SPDX-License-Identifier: Apache-2.0 */
/* The token service within Cloud Shell. */
#include "machine/cloud_shell.h"

#include "base/text.h"
#include "entra/audience.h"
#include "entra/authority.h"
#include "entra/form.h"
#include "machine/identity.h"
#include "machine/machine_error.h"

static void
answer_token(struct exchange *exchange, const struct client *identity,
             const char *resource)
{
    struct identity_token token = IDENTITY_TOKEN_INIT;

    if (identity_sign(exchange, identity, resource, &token))
        exchange_answer(
            exchange, 200,
            json_pack(
                "{s:s, s:o, s:o, s:o, s:s, s:s}", "access_token",
                buffer_text(&token.text), "expires_in",
                json_sprintf("%lld", (long long) token.lifetime), "expires_on",
                json_sprintf("%lld", (long long) (token.now + token.lifetime)),
                "not_before", json_sprintf("%lld", (long long) token.now),
                "resource", resource, "token_type", "Bearer"));
    buffer_done(&token.text);
}

void
cloud_shell_token(struct exchange *exchange)
{
    const struct identity_choice choice = { NULL, NULL, NULL };
    const struct client *identity = NULL;
    struct form form;

    if (!text_equal_ignoring_case(exchange_header(exchange, "Metadata"),
                                  "true"))
        machine_refuse(exchange, 400, "invalid_request",
                       "Required metadata header not specified");
    else if (form_parse(&form, buffer_text(&exchange->body),
                        exchange->body.length, exchange->arena)
                 < 0
             || form_value(&form, "resource") == NULL)
        machine_refuse(exchange, 400, "invalid_request",
                       "Required audience parameter not specified");
    else if (!audience_is_known(form_value(&form, "resource")))
        machine_refuse(exchange, 400, "invalid_resource",
                       "AADSTS500011: The resource principal was not found "
                       "in the tenant.");
    else if (identity_find(exchange, &choice, &identity) != IDENTITY_FOUND)
        machine_refuse(exchange, 400, "invalid_request", "Identity not found");
    else
        answer_token(exchange, identity, form_value(&form, "resource"));
}
