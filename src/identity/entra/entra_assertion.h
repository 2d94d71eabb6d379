/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in to Entra with a JWT in the place of a secret (RFC 7523, 2.2):
 * one of the client's own, or one of an issuer that the client trusts. */
#ifndef PIKET_IDENTITY_ENTRA_ENTRA_ASSERTION_H
#define PIKET_IDENTITY_ENTRA_ENTRA_ASSERTION_H

#include "identity/entra/entra.h"

struct entra_assertion {
    const char *tenant;
    const char *client;
    const char *text;   /* the JWT */
    const char *claims; /* of a challenge, or NULL */
};

/* As entra_request_send. */
void entra_assertion_send(struct entra *entra,
                          const struct entra_assertion *assertion,
                          entra_answer *answer, void *data);

#endif
