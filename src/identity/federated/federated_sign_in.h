/* SPDX-License-Identifier: Apache-2.0 */
/* A sign-in with the token of another issuer: what the credentials of AKS,
 * GitHub Actions and Azure Pipelines share. */
#ifndef PIKET_IDENTITY_FEDERATED_FEDERATED_SIGN_IN_H
#define PIKET_IDENTITY_FEDERATED_FEDERATED_SIGN_IN_H

#include "identity/token/credential.h"

struct federated_sign_in;

/* context is borrowed. */
int federated_sign_in_new(struct federated_sign_in **ret_sign_in,
                          const struct credential_context *context,
                          struct error *err);

/* Drops a request under way without an answer. NULL is allowed. */
void federated_sign_in_free(struct federated_sign_in *sign_in);

struct federated_request {
    const char *tenant;
    const char *client;
    const char *token;  /* of federated_token_copy */
    const char *claims; /* of a challenge, or NULL */
};

/* Answers with CREDENTIAL_TOKEN or CREDENTIAL_FAILED, once. Where Entra
 * refuses, the error says who the token is of: it is what has to be written
 * into the application's federated credential. One request at a time. */
void federated_sign_in_request(struct federated_sign_in *sign_in,
                               const struct federated_request *request,
                               credential_answer *answer, void *data);

#endif
