/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4648, section 5, without padding, as JSON Web Tokens have it. */
#ifndef EMULATOR_TOKEN_BASE64URL_H
#define EMULATOR_TOKEN_BASE64URL_H

#include <stddef.h>

#include "base/buffer.h"

int base64url_encode(struct buffer *target, const void *bytes, size_t length);

/* Returns -1 also where text is not base64url. */
int base64url_decode(struct buffer *target, const char *text, size_t length);

#endif
