/* SPDX-License-Identifier: Apache-2.0 */
/* A self-made certificate for 127.0.0.1. */
#ifndef PIKET_TESTS_HTTP_CERTIFICATE_H
#define PIKET_TESTS_HTTP_CERTIFICATE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

struct certificate {
    EVP_PKEY *key;
    X509 *x509;
    char path[64]; /* a PEM file that holds the certificate */
};

/* Fails the test where it cannot be made. */
void certificate_make(struct certificate *certificate);

/* Releases it and removes its file. */
void certificate_done(struct certificate *certificate);

#endif
