/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenID Connect issuer of a pipeline, which gives a job the token by
 * which it signs in elsewhere. It is asked over https only, and never through
 * a redirect: the job's own token goes with the request. */
#ifndef PIKET_IDENTITY_FEDERATED_OIDC_ISSUER_H
#define PIKET_IDENTITY_FEDERATED_OIDC_ISSUER_H

#include "identity/token/credential.h"

struct oidc_issuer;

struct oidc_request {
    const char *method;
    const char *url;
    const char *origin; /* the variable that the URL came from */
    const char *bearer; /* the job's token; goes to the URL, nowhere else */
    const char *const *headers; /* further ones, as http_request */
    const char *member;         /* of the answer: what holds the token */
    const char *advice;         /* where the issuer refuses */
};

/* Called exactly once for each request, from loop_run or before
 * oidc_issuer_ask returns. token is set on success and is the callee's to
 * give to secret_free; err otherwise, borrowed. */
typedef void oidc_issuer_answer(char *token, struct error *err, void *data);

/* context is borrowed. */
int oidc_issuer_new(struct oidc_issuer **ret_issuer,
                    const struct credential_context *context,
                    struct error *err);

/* Drops a request under way without an answer. NULL is allowed. */
void oidc_issuer_free(struct oidc_issuer *issuer);

/* Asks for a token. One request at a time; the texts but member, origin and
 * advice may go once this returns. */
void oidc_issuer_ask(struct oidc_issuer *issuer,
                     const struct oidc_request *request,
                     oidc_issuer_answer *answer, void *data);

/* Appends "name=value", escaped, to a URL, with the ? or & that it needs.
 * Returns 0, or -1 where the buffer is full or memory runs out. */
int oidc_issuer_url_append(struct buffer *url, const char *name,
                           const char *value);

#endif
