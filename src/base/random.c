/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers from the kernel. */
#include "base/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void
random_fill(void *bytes, size_t length)
{
    unsigned char *next = bytes;

    while (length > 0) {
        const ssize_t got = getrandom(next, length, 0);
        if (got < 0 && errno != EINTR)
            abort();
        if (got > 0) {
            next += got;
            length -= (size_t) got;
        }
    }
}

uint64_t
random_below(uint64_t bound)
{
    /* Values past the last whole multiple of bound would favour the small
     * results. */
    const uint64_t excess = (UINT64_MAX % bound + 1) % bound;
    uint64_t value;

    do
        random_fill(&value, sizeof(value));
    while (value > UINT64_MAX - excess);
    return value % bound;
}

char *
random_uuid(char text[RANDOM_UUID_SIZE])
{
    unsigned char b[16];

    random_fill(b, sizeof(b));
    b[6] = (unsigned char) ((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char) ((b[8] & 0x3f) | 0x80);
    (void) snprintf(text, RANDOM_UUID_SIZE,
                    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
                    "%02x%02x%02x%02x%02x%02x",
                    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
                    b[10], b[11], b[12], b[13], b[14], b[15]);
    return text;
}
