/* SPDX-License-Identifier: Apache-2.0 */
/* The file that holds a certificate with its key: PEM (RFC 7468, its key in
 * the clear or encrypted) or PKCS#12 (RFC 7292), bytes in, objects out. Any
 * bytes at all may be given. No error repeats the password or a part of the
 * file. */
#ifndef PIKET_IDENTITY_CERTIFICATE_CERTIFICATE_FILE_H
#define PIKET_IDENTITY_CERTIFICATE_CERTIFICATE_FILE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stddef.h>

#include "base/error.h"

enum {
    /* A chain of four with its key is some 10 KiB. */
    CERTIFICATE_FILE_CEILING = 256 * 1024,
    CERTIFICATE_FILE_CERTIFICATES = 32,
};

/* What such a file holds, in the order of the file. Not yet known: which
 * certificate belongs to the key. */
struct certificate_file {
    EVP_PKEY *key;
    STACK_OF(X509) * certificates;
};

#define CERTIFICATE_FILE_INIT \
    {                         \
        NULL, NULL            \
    }

/* Wiped and released. */
void certificate_file_done(struct certificate_file *file);

#define AUTOCERTIFICATEFILE \
    __attribute__((cleanup(certificate_file_done))) struct certificate_file

/* Bytes, and what opens them. */
struct certificate_source {
    const char *bytes;
    size_t length;
    const char *password;  /* or NULL */
    OSSL_LIB_CTX *library; /* whose algorithms to use; NULL: the usual ones */
};

/* The two formats; file is filled in and is the caller's also on failure. */
int certificate_file_read_pem(struct certificate_file *file,
                              const struct certificate_source *source,
                              struct error *err);
int certificate_file_read_pkcs12(struct certificate_file *file,
                                 const struct certificate_source *source,
                                 struct error *err);

/* What both say of the password: that there is none, or that it is wrong. */
int certificate_file_refuse_password(const struct certificate_source *source,
                                     struct error *err);

/* Takes over a certificate, which is released where it cannot be kept. */
int certificate_file_add(struct certificate_file *file, X509 *certificate,
                         struct error *err);

#endif
