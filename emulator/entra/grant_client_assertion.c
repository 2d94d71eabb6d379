/* SPDX-License-Identifier: Apache-2.0 */
/* client_credentials with an assertion. */
#include <string.h>

#include "base/text.h"
#include "entra/assertion.h"
#include "entra/entra_error.h"

static bool
type_check(const struct grant_request *request)
{
    static const char wanted[] =
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const char *type = form_value(request->form, "client_assertion_type");

    if (type != NULL && strcmp(type, wanted) == 0)
        return true;
    entra_refuse(request->exchange, &entra_missing_parameter,
                 "The request body must contain the following parameter: "
                 "'client_assertion_type'.");
    return false;
}

static bool
algorithm_check(const struct grant_request *request,
                const struct json_web_token *token)
{
    if (json_web_token_is_supported(token))
        return true;
    entra_refuse(request->exchange, &entra_bad_algorithm,
                 "Invalid JWT token. The algorithm is not supported; "
                 "supported are 'RS256' and 'PS256'.");
    return false;
}

/* A client that vouches for itself has a certificate. */
static bool
is_own(const struct grant_request *request, const struct json_web_token *token)
{
    const char *issuer = json_web_token_claim(token, "iss");

    return issuer == NULL || text_is_uuid(issuer)
           || text_equal_ignoring_case(issuer, request->client->id);
}

bool
grant_client_assertion(const struct grant_request *request)
{
    AUTOJWT token = { NULL, NULL, NULL, 0 };

    if (!type_check(request))
        return false;
    if (json_web_token_read(&token,
                            form_value(request->form, "client_assertion"))
        < 0) {
        entra_refuse(request->exchange, &entra_bad_token,
                     "JWT token is invalid or malformed.");
        return false;
    }
    if (!algorithm_check(request, &token))
        return false;
    return is_own(request, &token)
               ? assertion_certificate_check(request, &token)
               : assertion_federated_check(request, &token);
}
