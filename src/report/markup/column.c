/* SPDX-License-Identifier: Apache-2.0 */
/* Text in columns of a terminal. */
#include "report/markup/column.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

/* Marks that stack on one letter beyond any language's use are cut off. */
enum { COLUMN_LETTERS_PER_COLUMN = 4 };

static const char ellipsis[] = "\xe2\x80\xa6";

void
column_init(struct column *column)
{
    column->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
}

void
column_done(struct column *column)
{
    if (column->locale != (locale_t) 0)
        freelocale(column->locale);
    column->locale = (locale_t) 0;
}

/* The code point at text, and the bytes it takes: text is valid. */
static wchar_t
letter_at(const char *text, size_t *ret_size)
{
    const unsigned char first = (unsigned char) *text;
    size_t size = 1;
    uint32_t point = first;

    if (first >= 0xf0) {
        size = 4;
        point = first & 0x07;
    } else if (first >= 0xe0) {
        size = 3;
        point = first & 0x0f;
    } else if (first >= 0xc0) {
        size = 2;
        point = first & 0x1f;
    }
    for (size_t i = 1; i < size; i++)
        point = point << 6 | ((unsigned char) text[i] & 0x3f);
    *ret_size = size;
    return (wchar_t) point;
}

/* How much of text, which ends after length bytes at the latest, fits into
 * width columns. */
static size_t
measure(const struct column *column, const char *text, size_t length,
        size_t width, size_t *ret_width)
{
    const locale_t before = column->locale != (locale_t) 0
                                ? uselocale(column->locale)
                                : (locale_t) 0;
    const char *end = text;
    size_t taken = 0, letters = 0;

    while ((size_t) (end - text) < length && *end != '\0'
           && letters / COLUMN_LETTERS_PER_COLUMN <= width) {
        size_t size;
        const wchar_t letter = letter_at(end, &size);
        const int columns = before != (locale_t) 0 ? wcwidth(letter) : 1;
        const size_t more = columns < 0 ? 1 : (size_t) columns;
        if (more > width - taken)
            break;
        taken += more;
        end += size;
        letters++;
    }
    if (before != (locale_t) 0)
        uselocale(before);
    *ret_width = taken;
    return (size_t) (end - text);
}

size_t
column_width(const struct column *column, const char *text)
{
    size_t width;

    measure(column, text, SIZE_MAX, SIZE_MAX, &width);
    return width;
}

int
column_append(const struct column *column, const char *text, size_t width,
              size_t fill, struct buffer *target)
{
    size_t taken;
    size_t length = measure(column, text, SIZE_MAX, width, &taken);

    if (text[length] != '\0' && width > 0) {
        length = measure(column, text, SIZE_MAX, width - 1, &taken);
        buffer_append(target, text, length);
        buffer_append_text(target, ellipsis);
        taken++;
    } else {
        buffer_append(target, text, length);
    }
    for (; taken < fill; taken++)
        buffer_append_byte(target, ' ');
    return buffer_append(target, "", 0);
}

int
column_wrap(const struct column *column, const char *text,
            const struct column_shape *shape, struct buffer *target)
{
    size_t taken = column_width(column, shape->first);
    bool begun = false;

    buffer_append_text(target, shape->first);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        const size_t length = strcspn(text, " ");
        size_t width;
        measure(column, text, length, SIZE_MAX, &width);
        if (begun && taken + 1 + width > shape->width) {
            buffer_append_byte(target, '\n');
            buffer_append_text(target, shape->rest);
            taken = column_width(column, shape->rest);
        } else if (begun) {
            buffer_append_byte(target, ' ');
            taken++;
        }
        buffer_append(target, text, length);
        taken += width;
        text += length;
        begun = true;
    }
    return buffer_append_byte(target, '\n');
}
