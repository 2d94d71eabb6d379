/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 (RFC 4648). */
#include "identity/token/base64.h"

#include <stdint.h>

static const char standard_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "abcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";

static int
digit_value(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    if (letter == '+' || letter == '-')
        return 62;
    if (letter == '/' || letter == '_')
        return 63;
    return -1;
}

/* The length without the padding, which may stand only where it makes the
 * whole a multiple of four. */
static size_t
length_without_padding(const char *text, size_t length)
{
    if (length % 4 != 0)
        return length;
    for (int i = 0; i < 2 && length > 0 && text[length - 1] == '='; i++)
        length--;
    return length;
}

int
base64_decode(struct buffer *target, const char *text, size_t length)
{
    uint32_t bits = 0;
    int count = 0;

    length = length_without_padding(text, length);
    if (length % 4 == 1)
        return -1;
    for (size_t i = 0; i < length; i++) {
        const int digit = digit_value(text[i]);
        if (digit < 0)
            return -1;
        bits = (bits << 6 | (uint32_t) digit) & 0xffffff;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        buffer_append_byte(target, (char) (bits >> count & 0xff));
    }
    return buffer_append(target, "", 0);
}

static void
quartet_append(struct buffer *target, const char *bytes, size_t rest,
               const char *digits)
{
    uint32_t bits = (uint32_t) (unsigned char) bytes[0] << 16;

    if (rest > 1)
        bits |= (uint32_t) (unsigned char) bytes[1] << 8;
    if (rest > 2)
        bits |= (uint32_t) (unsigned char) bytes[2];
    const char quartet[] = {
        digits[bits >> 18],
        digits[bits >> 12 & 63],
        rest > 1 ? digits[bits >> 6 & 63] : '=',
        rest > 2 ? digits[bits & 63] : '=',
    };
    buffer_append(target, quartet, sizeof(quartet));
}

int
base64_encode(struct buffer *target, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i += 3)
        quartet_append(target, bytes + i, length - i, standard_digits);
    return buffer_append(target, "", 0);
}

int
base64_encode_url(struct buffer *target, const char *bytes, size_t length)
{
    const size_t whole = length - length % 3;

    for (size_t i = 0; i < whole; i += 3)
        quartet_append(target, bytes + i, 3, url_digits);
    if (whole < length) {
        AUTOBUFFER last = BUFFER_SECRET_INIT(4);
        quartet_append(&last, bytes + whole, length - whole, url_digits);
        buffer_append(target, buffer_text(&last), length - whole + 1);
    }
    return buffer_append(target, "", 0);
}
