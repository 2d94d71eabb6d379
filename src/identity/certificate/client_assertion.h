/* SPDX-License-Identifier: Apache-2.0 */
/* The proof that a client has the key of its certificate: a JWT signed with
 * it ("Microsoft identity platform application authentication certificate
 * credentials"; RFC 7523). */
#ifndef PIKET_IDENTITY_CERTIFICATE_CLIENT_ASSERTION_H
#define PIKET_IDENTITY_CERTIFICATE_CLIENT_ASSERTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "identity/certificate/client_certificate.h"

enum {
    /* With a chain of CERTIFICATE_FILE_CERTIFICATES, base64 twice. */
    CLIENT_ASSERTION_CEILING = 192 * 1024,
    /* As long as Microsoft's libraries give it. */
    CLIENT_ASSERTION_SECONDS = 600,
};

struct client_assertion_request {
    const char *client;   /* the application's id */
    const char *audience; /* the token URL that it is posted to */
    int64_t now;          /* milliseconds since 1970 */
    bool send_chain;      /* x5c, for trust by subject name and issuer */
};

/* Appends the assertion (PS256, the certificate named by its SHA-256) to
 * target, a secret buffer: whoever has it can sign in for ten minutes. */
int client_assertion_make(struct buffer *target,
                          const struct client_certificate *certificate,
                          const struct client_assertion_request *request,
                          struct error *err);

#endif
