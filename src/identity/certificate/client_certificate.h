/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate by which an application signs in, with its private key and
 * the certificates that vouch for it. */
#ifndef PIKET_IDENTITY_CERTIFICATE_CLIENT_CERTIFICATE_H
#define PIKET_IDENTITY_CERTIFICATE_CLIENT_CERTIFICATE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

struct client_certificate {
    EVP_PKEY *key;          /* owned; RSA: Entra takes no other */
    STACK_OF(X509) * chain; /* owned; the key's own first, then each one's
                               issuer, as far as the file goes */
};

#define CLIENT_CERTIFICATE_INIT \
    {                           \
        NULL, NULL              \
    }

/* Wiped and released. */
void client_certificate_done(struct client_certificate *certificate);

#define AUTOCLIENTCERTIFICATE \
    __attribute__((cleanup(client_certificate_done))) struct client_certificate

/* Reads a PEM or PKCS#12 file; password may be NULL. now is in milliseconds
 * since 1970: a certificate that has ended, or has not begun, is an error.
 * Where several are of the key, the one that ends last is taken. Errors name
 * the file, and never hold the password or a part of the key. */
int client_certificate_read(struct client_certificate *ret_certificate,
                            const char *path, const char *password,
                            int64_t now, struct error *err);

/* The same for bytes at hand. */
int client_certificate_parse(struct client_certificate *ret_certificate,
                             const char *bytes, size_t length,
                             const char *password, int64_t now,
                             struct error *err);

/* Appends by what the certificate is known in the portal, and when it ends:
 * "thumbprint AB12…, ends 2027-11-22T09:14:07Z". Returns 0 or -1. */
int client_certificate_describe(const struct client_certificate *certificate,
                                struct buffer *target);

/* The key's own. Borrowed. */
X509 *client_certificate_leaf(const struct client_certificate *certificate);

#endif
