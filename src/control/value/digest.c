/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over values of several kinds. */
#include "control/value/digest.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
    EVP_MD *algorithm; /* looked up once: that costs more than a short row */
    bool failed;
};

struct digest *
digest_new(void)
{
    struct digest *digest = calloc(1, sizeof(*digest));

    if (digest == NULL)
        return NULL;
    digest->context = EVP_MD_CTX_new();
    digest->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (digest->context == NULL || digest->algorithm == NULL) {
        digest_free(digest);
        return NULL;
    }
    return digest;
}

void
digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context);
    EVP_MD_free(digest->algorithm);
    free(digest);
}

void
digest_freep(struct digest **digest)
{
    digest_free(*digest);
}

void
digest_begin(struct digest *digest)
{
    digest->failed =
        EVP_DigestInit_ex2(digest->context, digest->algorithm, NULL) != 1;
}

int
digest_append(struct digest *digest, const void *bytes, size_t length)
{
    if (!digest->failed && length > 0
        && EVP_DigestUpdate(digest->context, bytes, length) != 1)
        digest->failed = true;
    return digest->failed ? -1 : 0;
}

/* The kind, then the number in eight bytes, the highest first. */
static void
append_head(struct digest *digest, char kind, uint64_t number)
{
    unsigned char head[1 + sizeof(number)] = { (unsigned char) kind };

    for (size_t i = sizeof(head) - 1; i > 0; i--) {
        head[i] = (unsigned char) (number & 0xff);
        number >>= 8;
    }
    (void) digest_append(digest, head, sizeof(head));
}

void
digest_null(struct digest *digest)
{
    append_head(digest, 'n', 0);
}

void
digest_integer(struct digest *digest, int64_t integer)
{
    append_head(digest, 'i', (uint64_t) integer);
}

void
digest_text(struct digest *digest, const char *text, size_t length)
{
    append_head(digest, 't', length);
    (void) digest_append(digest, text, length);
}

void
digest_bytes(struct digest *digest, const void *bytes, size_t length)
{
    append_head(digest, 'b', length);
    (void) digest_append(digest, bytes, length);
}

int
digest_end(struct digest *digest, unsigned char ret_digest[DIGEST_LENGTH])
{
    unsigned length = 0;

    if (digest->failed
        || EVP_DigestFinal_ex(digest->context, ret_digest, &length) != 1
        || length != DIGEST_LENGTH)
        return -1;
    return 0;
}

int
digest_end_text(struct digest *digest, char ret_text[DIGEST_TEXT_SIZE])
{
    unsigned char bytes[DIGEST_LENGTH];

    if (digest_end(digest, bytes) < 0)
        return -1;
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void) snprintf(&ret_text[2 * i], 3, "%02x", bytes[i]);
    return 0;
}
