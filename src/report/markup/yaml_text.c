/* SPDX-License-Identifier: Apache-2.0 */
/* Foreign text in a YAML document. */
#include "report/markup/yaml_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/logging_command.h"
#include "base/text.h"
#include "control/config/config_value.h"
#include "report/view/report.h"

#define LETTERS                  \
    "abcdefghijklmnopqrstuvwxyz" \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* Whether the text begins, continues and reads like nothing but text. */
static bool
is_plain(const char *text)
{
    return *text != '\0' && strchr(LETTERS DIGITS, *text) != NULL
           && text[strspn(text, LETTERS DIGITS "@._+-")] == '\0'
           && config_value_plain_kind(text) == NULL;
}

static void
append_point(struct buffer *target, const char *bytes, size_t size,
             uint32_t point)
{
    if (point == '"' || point == '\\')
        buffer_append_byte(target, '\\');
    if (text_point_is_printable(point) && !text_point_is_shaper(point))
        buffer_append(target, bytes, size);
    else if (point <= 0xffff)
        buffer_printf(target, "\\u%04" PRIx32, point);
    else
        buffer_printf(target, "\\U%08" PRIx32, point);
}

void
yaml_text_append_quoted(struct buffer *target, const char *text)
{
    static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */
    AUTOBUFFER escaped = BUFFER_INIT(REPORT_CEILING);
    size_t length = strlen(text);

    while (length > 0) {
        uint32_t point = 0;
        const size_t size = text_utf8_point(text, length, &point);
        if (size > 0)
            append_point(&escaped, text, size, point);
        else
            buffer_append_text(&escaped, replacement);
        text += size > 0 ? size : 1;
        length -= size > 0 ? size : 1;
    }
    if (buffer_failed(&escaped))
        target->failed = true;
    buffer_append_byte(target, '"');
    logging_command_break(target, buffer_text(&escaped), LOGGING_COMMAND_TEXT);
    buffer_append_byte(target, '"');
}

void
yaml_text_append(struct buffer *target, const char *text)
{
    if (is_plain(text))
        buffer_append_text(target, text);
    else
        yaml_text_append_quoted(target, text);
}

/* How many bytes the first count characters take. */
static size_t
length_of(const char *text, size_t count)
{
    const size_t length = strlen(text);
    size_t taken = 0;

    while (taken < length && count-- > 0) {
        uint32_t point;
        const size_t size =
            text_utf8_point(text + taken, length - taken, &point);
        taken += size > 0 ? size : 1;
    }
    return taken;
}

void
yaml_text_append_comment(struct buffer *target, const char *text)
{
    /* A character takes four bytes at the most. */
    char part[YAML_TEXT_COMMENT_CEILING * 4 + 1];
    const size_t length = length_of(text, YAML_TEXT_COMMENT_CEILING);

    memcpy(part, text, length);
    part[length] = '\0';
    text_append_printable(target, part);
    if (text[length] != '\0')
        buffer_append_text(target, "...");
}
