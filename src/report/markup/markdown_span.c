/* SPDX-License-Identifier: Apache-2.0 */
/* Text of others within a line of Markdown. */
#include "report/markup/markdown_span.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Whether the letter means nothing to anybody where it stands. */
static bool
is_plain(const char *text, size_t i)
{
    const unsigned char letter = (unsigned char) text[i];
    const unsigned char next = (unsigned char) text[i + 1];

    if (isalnum(letter) != 0 || letter >= 0x80)
        return true;
    switch (letter) {
    case ' ':
    case ',':
    case ';':
    case '(':
    case ')':
    case '\'':
    case '%':
        return true;
    case '.': /* Microsoft.Security, but no www.Example */
        return next == ' ' || next == '\0'
               || (isupper(next) != 0 && i > 0
                   && tolower((unsigned char) text[i - 1]) != 'w');
    case ':':
    case '?':
        return next == ' ' || next == '\0';
    case '-': /* non-compliant, but not GH-1 */
        return isalpha(next) != 0;
    default:
        return false;
    }
}

int
markdown_span_append(struct buffer *target, const char *text,
                     enum markdown_place place)
{
    for (size_t i = 0; text[i] != '\0'; i++)
        if (!is_plain(text, i))
            return markdown_span_code(target, text, place);
    return buffer_append_text(target, text);
}

/* One backtick more than stand together anywhere in the text. */
static size_t
fence_length(const char *text)
{
    size_t longest = 0, length = 0;

    for (; *text != '\0'; text++) {
        length = *text == '`' ? length + 1 : 0;
        if (length > longest)
            longest = length;
    }
    return longest + 1;
}

static void
append_fence(struct buffer *target, size_t length)
{
    while (length-- > 0)
        buffer_append_byte(target, '`');
}

/* A code span has no escapes, but a table takes \| for a pipe before it looks
 * for spans (GitHub Flavored Markdown 4.10), unless another backslash stands
 * in front: there is no way to write that, and the pipe is broken. */
static const char *
pipe_after(char before)
{
    return before == '\\' ? "\xc2\xa6" : "\\|";
}

int
markdown_span_code(struct buffer *target, const char *text,
                   enum markdown_place place)
{
    const size_t length = strlen(text);

    if (length == 0)
        return buffer_append(target, "", 0);
    const size_t fence = fence_length(text);
    /* A blank on both sides is taken off again, and what is only blanks is
     * left as it is (CommonMark 6.1). */
    const bool padded = strspn(text, " ") < length
                        && (strchr(" `", text[0]) != NULL
                            || strchr(" `", text[length - 1]) != NULL);

    append_fence(target, fence);
    if (padded)
        buffer_append_byte(target, ' ');
    for (size_t i = 0; i < length; i++)
        if (text[i] == '|' && place == MARKDOWN_CELL)
            buffer_append_text(target, pipe_after(i > 0 ? text[i - 1] : '\0'));
        else
            buffer_append_byte(target, text[i]);
    if (padded)
        buffer_append_byte(target, ' ');
    append_fence(target, fence);
    return buffer_append(target, "", 0);
}
