/* SPDX-License-Identifier: Apache-2.0 */
/* A job of GitHub Actions. */
#include "identity/credential/github_oidc_credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "net/http/limits.h"
#include "identity/federated/pipeline_sign_in.h"
#include "identity/token/variable.h"

static const char url_variable[] = "ACTIONS_ID_TOKEN_REQUEST_URL";
static const char token_variable[] = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
static const char refused[] =
    "give the job permissions: id-token: write, and let piket run in it";

/* The audience for which each cloud's Entra takes a token, by ARM's. */
static const struct {
    const char *arm, *exchange;
} audiences[] = {
    { "https://management.core.usgovcloudapi.net",
      "api://AzureADTokenExchangeUSGov" },
    { "https://management.usgovcloudapi.net",
      "api://AzureADTokenExchangeUSGov" },
    { "https://management.core.chinacloudapi.cn",
      "api://AzureADTokenExchangeChina" },
    { "https://management.chinacloudapi.cn",
      "api://AzureADTokenExchangeChina" },
};

struct credential {
    const struct credential_context *context; /* borrowed */
    struct pipeline_sign_in *sign_in;         /* made when first needed */
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    if (credential == NULL)
        return error_set_memory(err);
    credential->context = context;
    *ret_credential = credential;
    return 0;
}

static const char *
exchange_audience(const char *arm)
{
    for (size_t i = 0; i < ARRAY_LENGTH(audiences); i++)
        if (text_starts_with_ignoring_case(arm, audiences[i].arm))
            return audiences[i].exchange;
    return "api://AzureADTokenExchange";
}

/* GitHub's URL has a query already; a proxy of it may have the audience,
 * too. */
static int
url_make(struct buffer *url, const char *given, const char *audience)
{
    buffer_append_text(url, given);
    if (strstr(given, "?audience=") != NULL
        || strstr(given, "&audience=") != NULL)
        return buffer_failed(url) ? -1 : 0;
    return oidc_issuer_url_append(url, "audience", audience);
}

static void
token_ask(struct credential *credential, struct pipeline_request *request,
          credential_answer *answer, void *data)
{
    AUTOBUFFER url = BUFFER_SECRET_INIT(HTTP_URL_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (credential->sign_in == NULL
        && pipeline_sign_in_new(&credential->sign_in, credential->context,
                                &err)
               < 0) {
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    if (url_make(&url, request->issuer.url,
                 exchange_audience(credential->context->audience))
        < 0) {
        error_set(&err, "%s is too long, or memory ran out", url_variable);
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    request->issuer.url = buffer_text(&url);
    pipeline_sign_in_request(credential->sign_in, request, answer, data);
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    const char *asked = credential->context->tenant;
    const struct variable needed[] = {
        { url_variable, variable_get(url_variable) },
        { token_variable, variable_get(token_variable) },
        { "AZURE_TENANT_ID",
          asked != NULL ? asked : variable_get("AZURE_TENANT_ID") },
        { "AZURE_CLIENT_ID", variable_get("AZURE_CLIENT_ID") },
    };
    struct pipeline_request request = {
        .issuer = { .method = "GET",
                    .url = needed[0].value,
                    .origin = url_variable,
                    .bearer = needed[1].value,
                    .member = "value",
                    .advice = refused },
        .tenant = needed[2].value,
        .client = needed[3].value,
        .claims = claims,
    };
    AUTOERROR err = ERROR_INIT;

    if (variable_missing(needed, ARRAY_LENGTH(needed), &err))
        answer(CREDENTIAL_UNAVAILABLE, NULL, &err, data);
    else
        token_ask(credential, &request, answer, data);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    pipeline_sign_in_free(credential->sign_in);
    free(credential);
}

const struct credential_type github_oidc_credential = {
    .name = "GitHubOidcCredential",
    .group = CREDENTIAL_BY_NAME,
    .needs = "a job of GitHub Actions with permissions: id-token: write, "
             "and AZURE_TENANT_ID and AZURE_CLIENT_ID",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
