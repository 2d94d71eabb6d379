/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over values of several kinds, so that no two different lists of
 * them are the same bytes: each goes in with its kind and its length. It
 * finds rot and accidents; whoever can write what is proved can prove it
 * anew. */
#ifndef PIKET_CONTROL_VALUE_DIGEST_H
#define PIKET_CONTROL_VALUE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
    DIGEST_LENGTH = 32,
    DIGEST_TEXT_SIZE = 2 * DIGEST_LENGTH + 1, /* in hexadecimal */
};

struct digest;

/* NULL where memory runs out. It may be used any number of times. */
struct digest *digest_new(void);

/* NULL is allowed. */
void digest_free(struct digest *digest);
void digest_freep(struct digest **digest);

/* Begins anew. What fails from here on is told by digest_end. */
void digest_begin(struct digest *digest);

/* Bytes as they are: for what has a form of its own. */
int digest_append(struct digest *digest, const void *bytes, size_t length);

/* One value. */
void digest_null(struct digest *digest);
void digest_integer(struct digest *digest, int64_t integer);
void digest_text(struct digest *digest, const char *text, size_t length);
void digest_bytes(struct digest *digest, const void *bytes, size_t length);

int digest_end(struct digest *digest, unsigned char ret_digest[DIGEST_LENGTH]);

/* In lower case. */
int digest_end_text(struct digest *digest, char ret_text[DIGEST_TEXT_SIZE]);

#endif
