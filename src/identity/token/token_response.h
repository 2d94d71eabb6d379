/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that hold a token: bytes in, a struct out. No input and no output;
 * any bytes at all may be given.
 *
 * A token passes through jansson's memory. The program therefore installs
 * secret_release as jansson's free (base/secret.h), so that every block is
 * wiped, the parser's own ones as well. No error repeats a part of an
 * answer. */
#ifndef PIKET_IDENTITY_TOKEN_TOKEN_RESPONSE_H
#define PIKET_IDENTITY_TOKEN_TOKEN_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "identity/token/credential.h"

/* Two tokens of the greatest size, with their JSON around them. */
enum { TOKEN_RESPONSE_CEILING = 256 * 1024 };

/* Reads the answer of an OAuth token endpoint or a managed identity
 * (RFC 6749 5.1): access_token; token_type, which must be Bearer where it
 * stands; expires_on or else expires_in, as numbers or as text; refresh_in.
 * now is in milliseconds since 1970, as are the results. The caller wipes
 * ret_token with access_token_done. */
int token_response_parse(const char *bytes, size_t length, int64_t now,
                         struct access_token *ret_token, struct error *err);

/* Whether such an answer has a member of this name with this text, without
 * regard to case. */
bool token_response_says(const char *bytes, size_t length, const char *name,
                         const char *value);

/* The refresh token in the same answer, which the caller releases with
 * secret_free; NULL where there is none, or memory runs out. */
char *token_response_refresh_token(const char *bytes, size_t length);

/* The names that a tool gives to what it prints. */
struct token_form {
    const char *token;
    const char *type;      /* must be Bearer where it stands; NULL: no name */
    const char *end;       /* seconds since 1970, or a date in UTC */
    const char *local_end; /* else a date in local time; NULL: no name */
};

/* Reads what such as "az account get-access-token -o json" print: the first
 * object with a token in it. What stands before and after it, such as notices
 * of extensions and banners of modules, is passed over. */
int token_response_parse_tool(const char *bytes, size_t length,
                              const struct token_form *form,
                              struct access_token *ret_token,
                              struct error *err);

#endif
