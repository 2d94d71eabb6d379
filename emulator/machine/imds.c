/* SPDX-License-Identifier: Apache-2.0 */
/* The instance metadata service of a virtual machine. */
#include "machine/imds.h"

#include "base/clock.h"
#include "base/text.h"
#include "entra/audience.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "server/world.h"

static void
refuse(struct exchange *exchange, const char *error, const char *description)
{
    exchange_answer(exchange, 400,
                    json_pack("{s:s, s:s}", "error", error,
                              "error_description", description));
}

/* The identity that the request asks for; NULL where the machine has no
 * such. */
static const struct client *
find_identity(const struct exchange *exchange)
{
    const struct tenant *tenant = &exchange->world->estate->tenants[0];
    const char *client = exchange_argument(exchange, "client_id");
    const char *object = exchange_argument(exchange, "object_id");

    for (size_t i = 0; i < tenant->client_count; i++)
        if ((client == NULL
             || text_equal_ignoring_case(tenant->clients[i].id, client))
            && (object == NULL
                || text_equal_ignoring_case(tenant->clients[i].object_id,
                                            object)))
            return exchange_argument(exchange, "msi_res_id") == NULL
                       ? &tenant->clients[i]
                       : NULL;
    return NULL;
}

static void
answer_token(struct exchange *exchange, const struct client *identity,
             const char *resource)
{
    struct authority *authority = exchange->world->authority;
    const int64_t now = clock_now() / 1000;
    const int64_t lifetime = (int64_t) authority_lifetime(authority);
    AUTOBUFFER token = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);
    const struct token_request request = {
        .tenant = identity->tenant->id,
        .client = identity->id,
        .object = identity->object_id,
        .audience = resource,
        .now = now,
    };

    if (authority_issue(authority, &request, &token) < 0) {
        exchange->failed = true;
        return;
    }
    exchange_answer(
        exchange, 200,
        json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:s, s:s}", "access_token",
                  buffer_text(&token), "client_id", identity->id, "expires_in",
                  json_sprintf("%lld", (long long) lifetime), "expires_on",
                  json_sprintf("%lld", (long long) (now + lifetime)),
                  "ext_expires_in", json_sprintf("%lld", (long long) lifetime),
                  "not_before", json_sprintf("%lld", (long long) now),
                  "resource", resource, "token_type", "Bearer"));
}

void
imds_token(struct exchange *exchange)
{
    const char *metadata = exchange_header(exchange, "Metadata");
    const char *resource = exchange_argument(exchange, "resource");

    /* Keeps a forged request out, which cannot set headers. */
    if (!text_equal_ignoring_case(metadata, "true")
        || exchange_header(exchange, "X-Forwarded-For") != NULL) {
        refuse(exchange, "invalid_request",
               "Required metadata header not specified");
        return;
    }
    if (exchange_argument(exchange, "api-version") == NULL) {
        refuse(exchange, "invalid_request",
               "Required query variable 'api-version' is missing");
        return;
    }
    if (text_is_blank(resource)) {
        refuse(exchange, "invalid_request",
               "Required audience parameter not specified");
        return;
    }
    const struct client *identity = find_identity(exchange);
    if (identity == NULL) {
        refuse(exchange, "invalid_request", "Identity not found");
        return;
    }
    if (!audience_is_known(resource)) {
        refuse(exchange, "invalid_resource",
               "AADSTS500011: The resource principal was not found in the "
               "tenant.");
        return;
    }
    answer_token(exchange, identity, resource);
}
