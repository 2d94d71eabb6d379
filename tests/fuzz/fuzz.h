/* SPDX-License-Identifier: Apache-2.0 */
/* What the targets share. Each holds a property of what it feeds; where one
 * does not hold, the process ends. */
#ifndef PIKET_TESTS_FUZZ_FUZZ_H
#define PIKET_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Between the parts of an input that is several texts: U+001E, "record
 * separator". */
enum { FUZZ_SEPARATOR = 0x1e };

/* What is left of such an input. */
struct fuzz_input {
    const char *next; /* NULL past the last part */
    size_t left;
};

#define FUZZ_INPUT_INIT(bytes_, length_)   \
    {                                      \
        (const char *) (bytes_), (length_) \
    }

/* Ends the process, and says where and why, unless the property holds. */
#define fuzz_expect(property_) \
    fuzz_expect_at((property_), #property_, __FILE__, __LINE__)

static inline void
fuzz_expect_at(bool holds, const char *property, const char *file, int line)
{
    if (holds)
        return;
    (void) fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, property);
    abort();
}

/* The next part, borrowed; "" past the last one. */
static inline const char *
fuzz_part(struct fuzz_input *input, size_t *ret_length)
{
    const char *part = input->next;

    *ret_length = 0;
    if (part == NULL)
        return "";
    const char *end =
        input->left > 0 ? memchr(part, FUZZ_SEPARATOR, input->left) : NULL;
    *ret_length = end != NULL ? (size_t) (end - part) : input->left;
    input->next = end != NULL ? end + 1 : NULL;
    input->left -= *ret_length + (end != NULL ? 1 : 0);
    return part;
}

/* The same up to a NUL, in memory that ends where the text does; the caller
 * frees it. */
static inline char *
fuzz_text(struct fuzz_input *input)
{
    size_t length = 0;
    const char *part = fuzz_part(input, &length);
    char *text = strndup(part, length);

    fuzz_expect(text != NULL);
    return text;
}

static inline bool
fuzz_is_utf8(const char *text, size_t length)
{
    while (length > 0) {
        uint32_t point;
        const size_t size = text_utf8_point(text, length, &point);
        if (size == 0)
            return false;
        text += size;
        length -= size;
    }
    return true;
}

/* Whether text is UTF-8 without what acts on a terminal, and within one
 * line. */
static inline bool
fuzz_is_line(const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        uint32_t point;
        const size_t size = text_utf8_point(text, length, &point);
        if (size == 0 || !text_point_is_printable(point))
            return false;
        text += size;
        length -= size;
    }
    return true;
}

#endif
