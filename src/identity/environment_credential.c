/* SPDX-License-Identifier: Apache-2.0 */
/* A service principal from the environment. */
#include "identity/environment_credential.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "identity/entra.h"
#include "identity/variable.h"

struct credential {
    const struct credential_context *context; /* borrowed */
    struct entra *entra;                      /* made when first needed */
    credential_answer *answer;
    void *data;
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

static void
entra_answered(struct access_token *token, const char *code, struct error *err,
               void *data)
{
    struct credential *credential = data;

    (void) code;
    credential->answer(token != NULL ? CREDENTIAL_TOKEN : CREDENTIAL_FAILED,
                       token, err, credential->data);
}

/* Says which variables there are not. */
static void
missing_explain(const char *tenant, const char *client, const char *secret,
                struct error *err)
{
    AUTOBUFFER names = BUFFER_INIT(256);
    const struct {
        const char *name, *value;
    } needed[] = {
        { "AZURE_TENANT_ID", tenant },
        { "AZURE_CLIENT_ID", client },
        { "AZURE_CLIENT_SECRET", secret },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(needed); i++)
        if (needed[i].value == NULL)
            buffer_printf(&names, "%s%s", names.length > 0 ? ", " : "",
                          needed[i].name);
    error_set(err, "not set: %s", buffer_text(&names));
}

/* Whether the variables ask for a way of signing in that is not there. */
static bool
other_way_asked(struct error *err)
{
    if (variable_get("AZURE_CLIENT_CERTIFICATE_PATH") != NULL) {
        error_set(err, "AZURE_CLIENT_CERTIFICATE_PATH is set, but signing "
                       "in with a certificate is not supported yet");
        error_advise(err, "set AZURE_CLIENT_SECRET instead");
        return true;
    }
    if (variable_get("AZURE_USERNAME") != NULL
        && variable_get("AZURE_PASSWORD") != NULL) {
        error_set(err, "AZURE_USERNAME and AZURE_PASSWORD are set, but "
                       "signing in with a password is deprecated and not "
                       "supported");
        error_advise(err, "set AZURE_CLIENT_SECRET, or use az login");
        return true;
    }
    return false;
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    const struct credential_context *context = credential->context;
    const char *client = variable_get("AZURE_CLIENT_ID");
    const char *secret = variable_get("AZURE_CLIENT_SECRET");
    const char *tenant = context->tenant != NULL
                             ? context->tenant
                             : variable_get("AZURE_TENANT_ID");
    AUTOERROR err = ERROR_INIT;

    if (tenant != NULL && client != NULL && secret == NULL
        && other_way_asked(&err)) {
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    if (tenant == NULL || client == NULL || secret == NULL) {
        missing_explain(tenant, client, secret, &err);
        answer(CREDENTIAL_UNAVAILABLE, NULL, &err, data);
        return;
    }
    if (credential->entra == NULL
        && entra_new(&credential->entra, context, &err) < 0) {
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    const struct entra_field fields[] = {
        { "grant_type", "client_credentials" },
        { "client_id", client },
        { "client_secret", secret },
    };
    const struct entra_request request = { tenant, fields,
                                           ARRAY_LENGTH(fields), claims };
    credential->answer = answer;
    credential->data = data;
    entra_request_send(credential->entra, &request, entra_answered,
                       credential);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    entra_free(credential->entra);
    free(credential);
}

const struct credential_type environment_credential = {
    .name = "EnvironmentCredential",
    .group = CREDENTIAL_PRODUCTION,
    .needs = "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
