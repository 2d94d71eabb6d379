/* SPDX-License-Identifier: Apache-2.0 */
/* The answer of a source that gives a token. */
#include "identity/managed/managed_identity_answer.h"

#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"
#include "identity/token/access_token.h"
#include "identity/token/token_response.h"

enum { MANAGED_IDENTITY_LONG_LIFE = 2 * 60 * 60 * 1000 };

static bool
is_echoed(const struct managed_identity_source *source,
          const struct managed_identity_id *id, const char *bytes,
          size_t length)
{
    if (token_response_says(bytes, length, source->parameters[id->kind],
                            id->value))
        return true;
    /* Services write the name of a resource id in either way. */
    return id->kind == MANAGED_IDENTITY_RESOURCE_ID
           && token_response_says(bytes, length, "mi_res_id", id->value);
}

int
managed_identity_answer_read(const struct managed_identity_source *source,
                             const struct managed_identity_id *id,
                             const char *bytes, size_t length, int64_t now,
                             struct access_token *ret_token, struct error *err)
{
    struct access_token token = { NULL, 0, 0 };

    if (token_response_parse(bytes, length, now, &token, err) < 0)
        return error_advise(err, "see what answers in its place");
    if (source->echoes && id->kind != MANAGED_IDENTITY_SYSTEM
        && !is_echoed(source, id, bytes, length)) {
        access_token_done(&token);
        error_set(err, "the answer does not name the %s asked for",
                  managed_identity_id_word(id->kind));
        return error_advise(err,
                            "update the agent, or leave %s out to use the "
                            "system-assigned identity",
                            id->origin);
    }
    const int64_t life = token.expires_at - now;
    if (token.refresh_at == 0 && life > MANAGED_IDENTITY_LONG_LIFE)
        token.refresh_at = now + life / 2;
    *ret_token = token;
    return 0;
}

int
managed_identity_answer_check_tenant(const struct access_token *token,
                                     const char *tenant, struct error *err)
{
    json_auto_t *claims = access_token_claims(token->value);
    const char *own = json_string_value(json_object_get(claims, "tid"));

    if (!text_is_uuid(own) || !text_is_uuid(tenant)
        || text_equal_ignoring_case(own, tenant))
        return 0;
    error_set(err, "the machine's identity is of tenant %s, not %s", own,
              tenant);
    return error_advise(err, "leave the tenant out, or sign in to it with "
                             "another credential");
}
