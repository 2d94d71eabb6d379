/* SPDX-License-Identifier: Apache-2.0 */
/* The two steps by which a pipeline's job signs in: a token of the pipeline's
 * issuer, and with it one of Entra. */
#ifndef PIKET_IDENTITY_FEDERATED_PIPELINE_SIGN_IN_H
#define PIKET_IDENTITY_FEDERATED_PIPELINE_SIGN_IN_H

#include "identity/token/credential.h"
#include "identity/federated/oidc_issuer.h"

struct pipeline_sign_in;

struct pipeline_request {
    struct oidc_request issuer; /* the first step */
    const char *tenant;         /* these three are of the second */
    const char *client;
    const char *claims; /* of a challenge, or NULL */
};

/* context is borrowed. */
int pipeline_sign_in_new(struct pipeline_sign_in **ret_sign_in,
                         const struct credential_context *context,
                         struct error *err);

/* Drops a request under way without an answer. NULL is allowed. */
void pipeline_sign_in_free(struct pipeline_sign_in *sign_in);

/* Answers with CREDENTIAL_TOKEN or CREDENTIAL_FAILED, once. The texts are
 * copied, but for those that oidc_issuer_ask borrows. One request at a
 * time. */
void pipeline_sign_in_request(struct pipeline_sign_in *sign_in,
                              const struct pipeline_request *request,
                              credential_answer *answer, void *data);

#endif
