/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4648, section 5, without padding. */
#include "token/base64url.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz0123456789-_";

int
base64url_encode(struct buffer *target, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;

    for (size_t i = 0; i < length; i += 3) {
        const size_t left = length - i < 3 ? length - i : 3;
        uint32_t group = (uint32_t) next[i] << 16;
        char text[4];
        if (left > 1)
            group |= (uint32_t) next[i + 1] << 8;
        if (left > 2)
            group |= next[i + 2];
        for (size_t j = 0; j < 4; j++)
            text[j] = digits[(group >> (18 - 6 * j)) & 63];
        buffer_append(target, text, left + 1);
    }
    return buffer_failed(target) ? -1 : 0;
}

int
base64url_decode(struct buffer *target, const char *text, size_t length)
{
    uint32_t group = 0;
    unsigned bits = 0;

    if (length % 4 == 1)
        return -1;
    for (size_t i = 0; i < length; i++) {
        const char *digit = text[i] != '\0' ? strchr(digits, text[i]) : NULL;
        if (digit == NULL)
            return -1;
        group = (group << 6) | (uint32_t) (digit - digits);
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        buffer_append_byte(target, (char) (group >> bits));
        group &= (1u << bits) - 1;
    }
    return buffer_failed(target) ? -1 : 0;
}
