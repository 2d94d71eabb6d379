/* SPDX-License-Identifier: Apache-2.0 */
/* How long it may take to make a key of a password. Files say how often the
 * password is to be hashed; one that says two thousand million times would
 * hold the program up for an hour. */
#ifndef PIKET_IDENTITY_KEY_DERIVATION_H
#define PIKET_IDENTITY_KEY_DERIVATION_H

#include <openssl/x509.h>

#include "base/error.h"

/* Tools use 2,000 to 600,000; this takes half a second. */
enum { KEY_DERIVATION_CEILING = 1000 * 1000 };

/* Fails where this way of encrypting (RFC 8018, RFC 7292) hashes more often.
 * One that is not known passes: OpenSSL will refuse it, or bounds it by
 * itself, as it does scrypt. */
int key_derivation_check(const X509_ALGOR *algorithm, struct error *err);

/* The same for a number of its own, as a PKCS#12 file has it; NULL: once. */
int key_derivation_check_count(const ASN1_INTEGER *count, struct error *err);

#endif
