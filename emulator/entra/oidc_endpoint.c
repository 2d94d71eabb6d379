/* SPDX-License-Identifier: Apache-2.0 */
/* Where a pipeline's job gets the token by which it signs in elsewhere. */
#include "entra/oidc_endpoint.h"

#include <string.h>

#include <openssl/crypto.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "entra/oidc_issuers.h"
#include "server/world.h"

/* Seconds that their tokens live. */
enum { GITHUB_LIFETIME = 300, PIPELINES_LIFETIME = 600 };
enum { TOKEN_MAXIMUM = 16 * 1024 };

/* As Azure DevOps words an exception; GitHub's service is of the same
 * descent. */
static void
refuse(struct exchange *exchange, unsigned status, const char *type,
       const char *message)
{
    char unique[RANDOM_UUID_SIZE];

    exchange_add_header(exchange, "x-vss-e2eid", "%s", random_uuid(unique));
    exchange_answer(exchange, status,
                    json_pack("{s:s, s:n, s:s, s:s, s:i, s:i}", "$id", "1",
                              "innerException", "message", message, "typeKey",
                              type, "errorCode", 0, "eventId", 3000));
}

static bool
is_job(const struct exchange *exchange)
{
    static const char scheme[] = "Bearer ";
    const char *header = exchange_header(exchange, "Authorization");
    const char *token = oidc_issuers_job_token(exchange->world->issuers);

    return header != NULL && text_starts_with_ignoring_case(header, scheme)
           && strlen(header) == strlen(scheme) + strlen(token)
           && CRYPTO_memcmp(header + strlen(scheme), token, strlen(token))
                  == 0;
}

static void
refuse_job(struct exchange *exchange)
{
    refuse(exchange, 401, "UnauthorizedRequestException",
           "TF400813: The user '' is not authorized to access this "
           "resource.");
}

static bool
issue(struct exchange *exchange, enum federated_issuer issuer,
      const char *audience, struct buffer *token)
{
    const struct oidc_token_request request = {
        .issuer = issuer,
        .audience = audience,
        .now = clock_now() / 1000,
        .lifetime =
            issuer == FEDERATED_GITHUB ? GITHUB_LIFETIME : PIPELINES_LIFETIME,
    };

    if (oidc_issuers_issue(exchange->world->issuers, &request, token) == 0)
        return true;
    exchange->failed = true;
    return false;
}

/* Without an audience the token is for GitHub's own. */
void
oidc_endpoint_github(struct exchange *exchange)
{
    const char *audience = exchange_argument(exchange, "audience");
    AUTOBUFFER token = BUFFER_INIT(TOKEN_MAXIMUM);

    if (!is_job(exchange)) {
        refuse_job(exchange);
        return;
    }
    if (audience == NULL)
        audience = "https://github.com/contoso";
    if (issue(exchange, FEDERATED_GITHUB, audience, &token))
        exchange_answer(exchange, 200,
                        json_pack("{s:I, s:s}", "count",
                                  (json_int_t) token.length, "value",
                                  buffer_text(&token)));
}

/* A job whose token is not known is sent to where people sign in, unless it
 * asks to be told. */
static void
refuse_pipeline(struct exchange *exchange)
{
    if (text_equal_ignoring_case(
            exchange_header(exchange, "X-TFS-FedAuthRedirect"), "Suppress")) {
        refuse_job(exchange);
        return;
    }
    exchange_add_header(exchange, "Location", "%s/_signin",
                        exchange_origin(exchange));
    exchange_answer_text(exchange, 302, "");
}

void
oidc_endpoint_pipelines(struct exchange *exchange)
{
    const char *connection =
        exchange_argument(exchange, "serviceConnectionId");
    AUTOBUFFER token = BUFFER_INIT(TOKEN_MAXIMUM);

    if (!is_job(exchange)) {
        refuse_pipeline(exchange);
        return;
    }
    if (exchange_argument(exchange, "api-version") == NULL) {
        refuse(exchange, 400, "VssVersionNotSpecifiedException",
               "No api-version was supplied for the \"POST\" request.");
        return;
    }
    if (!text_equal_ignoring_case(connection, oidc_service_connection)) {
        refuse(exchange, 404, "ServiceEndpointNotFoundException",
               "The service connection does not exist, or the pipeline is "
               "not authorized to use it.");
        return;
    }
    if (issue(exchange, FEDERATED_PIPELINES,
              federated_credentials[FEDERATED_PIPELINES].audience, &token))
        exchange_answer(exchange, 200,
                        json_pack("{s:s}", "oidcToken", buffer_text(&token)));
}
