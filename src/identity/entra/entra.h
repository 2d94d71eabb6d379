/* SPDX-License-Identifier: Apache-2.0 */
/* A token request to Entra: one form, posted to the authority's token
 * endpoint by a client of its own. What all ways of signing in to Entra
 * share; a way adds its own fields (grant_type and such). */
#ifndef PIKET_IDENTITY_ENTRA_ENTRA_H
#define PIKET_IDENTITY_ENTRA_ENTRA_H

#include <stddef.h>

#include "base/error.h"
#include "identity/token/credential.h"
#include "identity/entra/device_code.h"

struct entra;

/* A field of the form, unescaped. */
struct entra_field {
    const char *name;
    const char *value;
};

struct entra_request {
    const char *tenant; /* checked here */
    const struct entra_field *fields;
    size_t field_count;
    const char *claims; /* of a challenge, or NULL */
};

/* Called exactly once for each request, from loop_run or before
 * entra_request_send returns. token is set on success and is the callee's
 * to keep. Otherwise err, borrowed, says why, and code is Entra's "error",
 * borrowed, or NULL where Entra did not answer: a way of signing in may
 * have to wait for some of them. */
typedef void entra_answer(struct access_token *token, const char *code,
                          struct error *err, void *data);

/* context is borrowed. */
int entra_new(struct entra **ret_entra,
              const struct credential_context *context, struct error *err);

/* Drops a request under way without an answer. NULL is allowed. */
void entra_free(struct entra *entra);

/* Posts the fields, with the context's audience as scope, and the claims.
 * Answers that say "later" are tried again as http_client does. The form is
 * wiped. One request at a time. */
void entra_request_send(struct entra *entra,
                        const struct entra_request *request,
                        entra_answer *answer, void *data);

/* Makes all further requests those of a person: they ask for a refresh token
 * beside the access token. */
void entra_ask_refresh_token(struct entra *entra);

/* The refresh token that came with the last access token, NULL where none
 * did. It is the caller's from then on: secret_free. */
char *entra_take_refresh_token(struct entra *entra);

/* As entra_answer, for the codes of a sign-in on another device. code is the
 * callee's to keep. */
typedef void entra_device_answer(struct device_code *code, struct error *err,
                                 void *data);

/* Asks for such codes; otherwise as entra_request_send. */
void entra_device_code_send(struct entra *entra,
                            const struct entra_request *request,
                            entra_device_answer *answer, void *data);

#endif
