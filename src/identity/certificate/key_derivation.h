/* SPDX-License-Identifier: Apache-2.0 */
/* How long it may take to make a key of a password. Files say how often the
 * password is to be hashed; one that says two thousand million times would
 * hold the program up for an hour. */
#ifndef PIKET_IDENTITY_CERTIFICATE_KEY_DERIVATION_H
#define PIKET_IDENTITY_CERTIFICATE_KEY_DERIVATION_H

#include <openssl/x509.h>
#include <stdint.h>

#include "base/error.h"

/* Tools use 2,000 to 600,000; this takes half a second. */
enum { KEY_DERIVATION_CEILING = 1000 * 1000 };

/* Adds to *sum, which is 0 at the start of a file, how often this way of
 * encrypting (RFC 8018, RFC 7292; of RFC 7914 the steps, which take as long)
 * hashes the password, and fails where all of the file hash it more often
 * than that together. One that is not known passes: OpenSSL will refuse it. */
int key_derivation_check(const X509_ALGOR *algorithm, int64_t *sum,
                         struct error *err);

/* The same for a number of its own, as a PKCS#12 file has it; NULL: once. */
int key_derivation_check_count(const ASN1_INTEGER *count, int64_t *sum,
                               struct error *err);

#endif
