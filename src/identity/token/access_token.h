/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an access token: what it may look like, and what it says. */
#ifndef PIKET_IDENTITY_TOKEN_ACCESS_TOKEN_H
#define PIKET_IDENTITY_TOKEN_ACCESS_TOKEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Tokens of users with many groups reach 16 KiB; the header that carries one
 * must stay below HTTP_AUTHORIZATION_CEILING. */
enum { ACCESS_TOKEN_CEILING = 60 * 1024 };

/* Whether these bytes may stand in a header: visible ASCII only, and not
 * more than the ceiling. A token with a line break could add headers. */
bool access_token_is_sane(const char *value, size_t length);

/* The claims of a token that is a JWT (RFC 7519): its middle part, whose
 * signature is NOT verified. Only the receiver of a token can do that; this
 * is for display and for failing early. The caller releases it. NULL where
 * it is no JWT, or memory runs out. */
json_t *access_token_claims(const char *value);

#endif
