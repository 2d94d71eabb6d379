/* SPDX-License-Identifier: Apache-2.0 */
/* What a tool says, without the secrets that it may repeat. */
#ifndef PIKET_IDENTITY_TOKEN_REDACTION_H
#define PIKET_IDENTITY_TOKEN_REDACTION_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends the first length bytes of text with REDACTED in the place of
 * tokens ("eyJ…"), of the values of what is named token, secret, password,
 * assertion or code, and of words of base64 or hexadecimal digits that are
 * too long for a UUID or a name. Returns 0, or -1 where the buffer is full
 * or memory runs out. */
int redaction_append(struct buffer *target, const char *text, size_t length);

#endif
