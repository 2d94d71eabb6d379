/* SPDX-License-Identifier: Apache-2.0 */
/* A sign-in with the token of another issuer. */
#include "identity/federated/federated_sign_in.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/entra/entra_assertion.h"
#include "identity/federated/federated_token.h"

enum { DESCRIPTION_CEILING = 16 * 1024 };

struct federated_sign_in {
    struct entra *entra;
    char *token; /* owned secret; of the request under way */
    credential_answer *answer;
    void *data;
};

int
federated_sign_in_new(struct federated_sign_in **ret_sign_in,
                      const struct credential_context *context,
                      struct error *err)
{
    struct federated_sign_in *sign_in = calloc(1, sizeof(*sign_in));

    if (sign_in == NULL)
        return error_set_memory(err);
    if (entra_new(&sign_in->entra, context, err) < 0) {
        free(sign_in);
        return -1;
    }
    *ret_sign_in = sign_in;
    return 0;
}

void
federated_sign_in_free(struct federated_sign_in *sign_in)
{
    if (sign_in == NULL)
        return;
    entra_free(sign_in->entra);
    secret_free(sign_in->token);
    free(sign_in);
}

static void
entra_answered(struct access_token *token, const char *code, struct error *err,
               void *data)
{
    struct federated_sign_in *sign_in = data;
    AUTOBUFFER description = BUFFER_INIT(DESCRIPTION_CEILING);
    AUTOSECRET char *sent = take_pointer(sign_in->token);

    if (code != NULL && federated_token_describe(&description, sent) == 0)
        error_wrap(err, "token of %s", buffer_text(&description));
    sign_in->answer(token != NULL ? CREDENTIAL_TOKEN : CREDENTIAL_FAILED,
                    token, err, sign_in->data);
}

void
federated_sign_in_request(struct federated_sign_in *sign_in,
                          const struct federated_request *request,
                          credential_answer *answer, void *data)
{
    const struct entra_assertion assertion = { request->tenant,
                                               request->client, request->token,
                                               request->claims };

    sign_in->answer = answer;
    sign_in->data = data;
    secret_clear(&sign_in->token);
    sign_in->token = secret_copy(request->token);
    if (sign_in->token == NULL) {
        AUTOERROR err = ERROR_INIT;
        error_set_memory(&err);
        answer(CREDENTIAL_FAILED, NULL, &err, data);
        return;
    }
    entra_assertion_send(sign_in->entra, &assertion, entra_answered, sign_in);
}
