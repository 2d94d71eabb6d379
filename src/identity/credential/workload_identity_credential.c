/* SPDX-License-Identifier: Apache-2.0 */
/* A pod's service account. */
#include "identity/credential/workload_identity_credential.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/secret.h"
#include "identity/token/access_token.h"
#include "identity/federated/federated_sign_in.h"
#include "identity/federated/federated_token.h"
#include "identity/token/variable.h"

static const char file_variable[] = "AZURE_FEDERATED_TOKEN_FILE";

struct credential {
    const struct credential_context *context; /* borrowed */
    struct federated_sign_in *sign_in;        /* made when first needed */
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

/* The caller gives it to secret_free. */
static char *
token_read(const char *path, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(ACCESS_TOKEN_CEILING);
    char *token = NULL;

    if (file_read(path, &bytes, err) == 0) {
        token = federated_token_copy(buffer_text(&bytes), bytes.length, err);
        if (token == NULL)
            error_wrap(err, "%s", path);
    }
    if (token == NULL) {
        error_wrap(err, "%s", file_variable);
        error_advise(err, "the cluster writes this file: see whether the pod "
                          "has the label azure.workload.identity/use: "
                          "\"true\", and whether piket may read the file");
    }
    return token;
}

static void
token_send(struct credential *credential, struct federated_request *request,
           const char *path, credential_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;
    AUTOSECRET char *token = token_read(path, &err);

    if (token == NULL
        || (credential->sign_in == NULL
            && federated_sign_in_new(&credential->sign_in, credential->context,
                                     &err)
                   < 0)) {
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    request->token = token;
    federated_sign_in_request(credential->sign_in, request, answer, data);
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    const char *asked = credential->context->tenant;
    const struct variable needed[] = {
        { "AZURE_TENANT_ID",
          asked != NULL ? asked : variable_get("AZURE_TENANT_ID") },
        { "AZURE_CLIENT_ID", variable_get("AZURE_CLIENT_ID") },
        { file_variable, variable_get(file_variable) },
    };
    struct federated_request request = { needed[0].value, needed[1].value,
                                         NULL, claims };
    AUTOERROR err = ERROR_INIT;

    if (variable_missing(needed, ARRAY_LENGTH(needed), &err))
        answer(CREDENTIAL_UNAVAILABLE, NULL, &err, data);
    else
        token_send(credential, &request, needed[2].value, answer, data);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    federated_sign_in_free(credential->sign_in);
    free(credential);
}

const struct credential_type workload_identity_credential = {
    .name = "WorkloadIdentityCredential",
    .group = CREDENTIAL_PRODUCTION,
    .needs = "AZURE_TENANT_ID, AZURE_CLIENT_ID and "
             "AZURE_FEDERATED_TOKEN_FILE, as AKS sets them",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
