/* SPDX-License-Identifier: Apache-2.0 */
/* How much a JSON document holds. */
#include "base/json_size.h"

enum kind { PLAIN, QUOTE, COMMA, OPEN, CLOSE };

/* RFC 8259, 2 and 7: outside texts these characters are structure alone. */
static const unsigned char kinds[256] = {
    ['"'] = QUOTE, [','] = COMMA, ['['] = OPEN,
    ['{'] = OPEN,  [']'] = CLOSE, ['}'] = CLOSE,
};

/* The index of the quote that ends the text which begins at index; or length,
 * or just past it, where none does. */
static size_t
find_end(const char *bytes, size_t length, size_t index)
{
    while (index < length && bytes[index] != '"')
        index += bytes[index] == '\\' ? 2 : 1;
    return index;
}

struct json_size
json_size_count(const char *bytes, size_t length)
{
    struct json_size size = { .values = 1 };
    size_t open = 0;

    for (size_t i = 0; i < length; i++)
        switch ((enum kind) kinds[(unsigned char) bytes[i]]) {
        case PLAIN:
            break;
        case QUOTE:
            i = find_end(bytes, length, i + 1);
            break;
        case COMMA:
            size.values++;
            break;
        case OPEN:
            size.values++;
            if (++open > size.depth)
                size.depth = open;
            break;
        case CLOSE:
            open -= open > 0;
            break;
        }
    return size;
}

int
json_size_check(const char *bytes, size_t length,
                const struct json_size *ceiling, struct error *err)
{
    const struct json_size size = json_size_count(bytes, length);

    if (size.values > ceiling->values)
        return error_set(err, "it holds more than %zu JSON values",
                         ceiling->values);
    if (size.depth > ceiling->depth)
        return error_set(err, "its JSON is nested more than %zu deep",
                         ceiling->depth);
    return 0;
}
