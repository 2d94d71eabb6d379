/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, certificates and the files that hold them, made at test time. What
 * cannot be made fails the test. */
#ifndef PIKET_TESTS_IDENTITY_CERTIFICATE_FIXTURE_H
#define PIKET_TESTS_IDENTITY_CERTIFICATE_FIXTURE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/buffer.h"

struct certificate_plan {
    const char *name; /* the subject's CN */
    EVP_PKEY *key;
    X509 *issuer; /* NULL: itself */
    EVP_PKEY *issuer_key;
    long begin, end; /* seconds from now */
};

/* Borrowed plan; the caller frees the certificate. */
X509 *certificate_make(const struct certificate_plan *plan);

/* Append PEM. Where there is a password the key is encrypted with AES
 * (PKCS#8), or, traditional, as OpenSSL did before (RFC 1421). */
void pem_append_certificate(struct buffer *target, X509 *certificate);
void pem_append_key(struct buffer *target, EVP_PKEY *key,
                    const char *password);
void pem_append_traditional_key(struct buffer *target, EVP_PKEY *key,
                                const char *password);

/* The same with algorithms that only the legacy provider has: RC2 (PKCS#8)
 * and single DES. */
void pem_append_old_key(struct buffer *target, EVP_PKEY *key,
                        const char *password);
void pem_append_old_traditional_key(struct buffer *target, EVP_PKEY *key,
                                    const char *password);

struct pkcs12_plan {
    EVP_PKEY *key;
    X509 *certificate; /* or NULL */
    X509 *other;       /* or NULL */
    const char *password;
    int key_algorithm, certificate_algorithm; /* 0: OpenSSL's own choice */
    int iterations, mac_iterations;           /* the same; -1: no MAC */
};

/* Appends PKCS#12. */
void pkcs12_append(struct buffer *target, const struct pkcs12_plan *plan);

#endif
