/* SPDX-License-Identifier: Apache-2.0 */
/* A job of Azure Pipelines. */
#include "identity/credential/azure_pipelines_credential.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "identity/federated/pipeline_sign_in.h"
#include "identity/token/variable.h"

static const char url_variable[] = "SYSTEM_OIDCREQUESTURI";
static const char token_variable[] = "SYSTEM_ACCESSTOKEN";
static const char connection_variable[] =
    "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID";
static const char refused[] =
    "map SYSTEM_ACCESSTOKEN: $(System.AccessToken) into the step, and let "
    "the pipeline use the service connection";

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

/* The service connection's own goes before what is set for everything. */
static const char *
connection_variable_get(const char *of_connection, const char *of_all)
{
    const char *value = variable_get(of_connection);

    return value != NULL ? value : variable_get(of_all);
}

static int
url_make(struct buffer *url, const char *given, const char *connection)
{
    buffer_append_text(url, given);
    if (oidc_issuer_url_append(url, "api-version", "7.1") < 0)
        return -1;
    return oidc_issuer_url_append(url, "serviceConnectionId", connection);
}

static void
token_ask(struct credential *credential, struct pipeline_request *request,
          credential_answer *answer, void *data)
{
    AUTOBUFFER url = BUFFER_INIT(HTTP_URL_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (credential->sign_in == NULL
        && pipeline_sign_in_new(&credential->sign_in, credential->context,
                                &err)
               < 0) {
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    if (url_make(&url, request->issuer.url, variable_get(connection_variable))
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
    /* Without the second, Azure DevOps answers a token that it does not know
     * with a redirect to a page for people. */
    static const char *const headers[] = {
        "Content-Type: application/json",
        "X-TFS-FedAuthRedirect: Suppress",
        NULL,
    };
    const char *asked = credential->context->tenant;
    const struct variable needed[] = {
        { url_variable, variable_get(url_variable) },
        { token_variable, variable_get(token_variable) },
        { connection_variable, variable_get(connection_variable) },
        { "AZURESUBSCRIPTION_TENANT_ID",
          asked != NULL
              ? asked
              : connection_variable_get("AZURESUBSCRIPTION_TENANT_ID",
                                        "AZURE_TENANT_ID") },
        { "AZURESUBSCRIPTION_CLIENT_ID",
          connection_variable_get("AZURESUBSCRIPTION_CLIENT_ID",
                                  "AZURE_CLIENT_ID") },
    };
    struct pipeline_request request = {
        .issuer = { .method = "POST",
                    .url = needed[0].value,
                    .origin = url_variable,
                    .bearer = needed[1].value,
                    .headers = headers,
                    .member = "oidcToken",
                    .advice = refused },
        .tenant = needed[3].value,
        .client = needed[4].value,
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

const struct credential_type azure_pipelines_credential = {
    .name = "AzurePipelinesCredential",
    .group = CREDENTIAL_BY_NAME,
    .needs = "a job of Azure Pipelines with SYSTEM_ACCESSTOKEN and the "
             "AZURESUBSCRIPTION_ variables of the task AzureCLI@2",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
