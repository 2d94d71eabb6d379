/* SPDX-License-Identifier: Apache-2.0 */
/* Who signs tokens, and who believes them: one RSA key made at start. */
#ifndef EMULATOR_ENTRA_AUTHORITY_H
#define EMULATOR_ENTRA_AUTHORITY_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

enum { TOKEN_TEXT_MAXIMUM = 16 * 1024 };

/* A token that has been verified, except for its time and its audience. */
struct token {
    char tenant[40]; /* tid */
    char client[40]; /* appid */
    char object[40]; /* oid */
    char audience[128];
    char issuer[128];
    int64_t not_before; /* seconds since 1970 */
    int64_t expires;
};

/* What a token is to say. */
struct token_request {
    const char *tenant;
    const char *client;
    const char *object;
    const char *audience;
    const char *user; /* a person's name; NULL: the application's own token */
    int64_t now;      /* seconds since 1970 */
};

struct authority;

/* lifetime is that of tokens, in seconds. */
struct authority *authority_new(uint64_t lifetime, struct error *err);
void authority_free(struct authority *authority);

uint64_t authority_lifetime(const struct authority *authority);

/* Appends a signed JWT (RS256). */
int authority_issue(struct authority *authority,
                    const struct token_request *request,
                    struct buffer *target);

/* The token that text stands for, where this authority signed it and has not
 * revoked it; else NULL. Verified ones are remembered, so that the next
 * request costs one hash. hash gets 16 hexadecimal digits that name the
 * token in logs. The result is borrowed until the next call. */
const struct token *authority_verify(struct authority *authority,
                                     const char *text, char hash[17]);

/* All tokens issued so far become invalid. */
void authority_revoke(struct authority *authority);

/* The public key as a JSON Web Key Set (RFC 7517); NULL where memory runs
 * out. */
json_t *authority_keys(const struct authority *authority);

#endif
