/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 (RFC 4648), as tokens and claims challenges carry it. */
#ifndef PIKET_IDENTITY_TOKEN_BASE64_H
#define PIKET_IDENTITY_TOKEN_BASE64_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends what text stands for, in the standard or the URL alphabet, with or
 * without padding: JWTs and Entra's challenges differ in both. Returns 0, or
 * -1 where text is not base64 or target failed. */
int base64_decode(struct buffer *target, const char *text, size_t length);

/* Appends bytes in the standard alphabet, padded. */
int base64_encode(struct buffer *target, const char *bytes, size_t length);

/* The same in the URL alphabet, without padding, as a JWT has it. */
int base64_encode_url(struct buffer *target, const char *bytes, size_t length);

#endif
