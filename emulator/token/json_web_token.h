/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Web Tokens (RFC 7519) as strangers make them. */
#ifndef EMULATOR_TOKEN_JSON_WEB_TOKEN_H
#define EMULATOR_TOKEN_JSON_WEB_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "base/buffer.h"

enum { JSON_WEB_TOKEN_MAXIMUM = 256 * 1024 };

struct json_web_token {
    json_t *header; /* both objects; owned */
    json_t *claims;
    const char *text;     /* borrowed */
    size_t signed_length; /* of it */
};

/* Returns -1 where text is no such token; nothing is checked yet. */
int json_web_token_read(struct json_web_token *ret_token, const char *text);
void json_web_token_done(struct json_web_token *token);

#define AUTOJWT \
    __attribute__((cleanup(json_web_token_done))) struct json_web_token

/* A text of the header or the claims; NULL where it is absent. */
const char *json_web_token_header(const struct json_web_token *token,
                                  const char *name);
const char *json_web_token_claim(const struct json_web_token *token,
                                 const char *name);

/* A time in the claims, in seconds since 1970, 0 where it is absent. It may
 * have a fraction (RFC 7519, 2): MSAL for Python writes one. */
int64_t json_web_token_moment(const struct json_web_token *token,
                              const char *name);

/* Whether the algorithm is one that Entra takes: RS256 or PS256. */
bool json_web_token_is_supported(const struct json_web_token *token);

/* Whether it is signed with the private half of key, by its algorithm; with
 * PS256 the salt must be as long as the hash (RFC 7518, 3.5). */
bool json_web_token_is_signed(const struct json_web_token *token,
                              EVP_PKEY *key);

/* Appends a token signed with RS256; both objects are released. */
int json_web_token_sign(struct buffer *target, json_t *header, json_t *claims,
                        EVP_PKEY *key);

/* Appends header and claims as JSON, without the signature; null where text
 * is no token. */
int json_web_token_describe(struct buffer *target, const char *text);

#endif
