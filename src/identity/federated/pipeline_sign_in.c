/* SPDX-License-Identifier: Apache-2.0 */
/* The two steps by which a pipeline's job signs in. */
#include "identity/federated/pipeline_sign_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/federated/federated_sign_in.h"

struct pipeline_sign_in {
    struct oidc_issuer *issuer;
    struct federated_sign_in *second;
    char *tenant, *client, *claims; /* owned; of the request under way */
    credential_answer *answer;
    void *data;
};

int
pipeline_sign_in_new(struct pipeline_sign_in **ret_sign_in,
                     const struct credential_context *context,
                     struct error *err)
{
    struct pipeline_sign_in *sign_in = calloc(1, sizeof(*sign_in));

    if (sign_in == NULL)
        return error_set_memory(err);
    if (oidc_issuer_new(&sign_in->issuer, context, err) < 0
        || federated_sign_in_new(&sign_in->second, context, err) < 0) {
        pipeline_sign_in_free(sign_in);
        return -1;
    }
    *ret_sign_in = sign_in;
    return 0;
}

static void
request_done(struct pipeline_sign_in *sign_in)
{
    free(sign_in->tenant);
    free(sign_in->client);
    free(sign_in->claims);
    sign_in->tenant = sign_in->client = sign_in->claims = NULL;
}

void
pipeline_sign_in_free(struct pipeline_sign_in *sign_in)
{
    if (sign_in == NULL)
        return;
    oidc_issuer_free(sign_in->issuer);
    federated_sign_in_free(sign_in->second);
    request_done(sign_in);
    free(sign_in);
}

static void
issuer_answered(char *token, struct error *err, void *data)
{
    struct pipeline_sign_in *sign_in = data;
    AUTOSECRET char *owned = token;

    if (owned == NULL) {
        sign_in->answer(CREDENTIAL_FAILED, NULL, err, sign_in->data);
        return;
    }
    const struct federated_request request = { sign_in->tenant,
                                               sign_in->client, owned,
                                               sign_in->claims };
    federated_sign_in_request(sign_in->second, &request, sign_in->answer,
                              sign_in->data);
}

void
pipeline_sign_in_request(struct pipeline_sign_in *sign_in,
                         const struct pipeline_request *request,
                         credential_answer *answer, void *data)
{
    request_done(sign_in);
    sign_in->answer = answer;
    sign_in->data = data;
    sign_in->tenant = strdup(request->tenant);
    sign_in->client = strdup(request->client);
    if (request->claims != NULL)
        sign_in->claims = strdup(request->claims);
    if (sign_in->tenant == NULL || sign_in->client == NULL
        || (request->claims != NULL && sign_in->claims == NULL)) {
        AUTOERROR err = ERROR_INIT;
        error_set_memory(&err);
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    oidc_issuer_ask(sign_in->issuer, &request->issuer, issuer_answered,
                    sign_in);
}
