/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON as it goes. */
#include "control/value/json_writer.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

static void
separate(struct json_writer *writer)
{
    if (writer->follows)
        buffer_append_byte(writer->target, ',');
    writer->follows = true;
}

static void
begin(struct json_writer *writer, char bracket)
{
    separate(writer);
    buffer_append_byte(writer->target, bracket);
    writer->follows = false;
}

static void
end(struct json_writer *writer, char bracket)
{
    buffer_append_byte(writer->target, bracket);
    writer->follows = true;
}

void
json_writer_begin_object(struct json_writer *writer)
{
    begin(writer, '{');
}

void
json_writer_end_object(struct json_writer *writer)
{
    end(writer, '}');
}

void
json_writer_begin_list(struct json_writer *writer)
{
    begin(writer, '[');
}

void
json_writer_end_list(struct json_writer *writer)
{
    end(writer, ']');
}

/* How many bytes from here on can stand as they are. */
static size_t
plain_length(const char *text, size_t length)
{
    size_t plain = 0, size;
    uint32_t point;

    while (plain < length) {
        const unsigned char byte = (unsigned char) text[plain];
        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        size = byte < 0x80
                   ? 1
                   : text_utf8_point(text + plain, length - plain, &point);
        if (size == 0)
            break;
        plain += size;
    }
    return plain;
}

static void
append_escaped(struct buffer *target, unsigned char byte)
{
    if (byte == '"' || byte == '\\')
        buffer_printf(target, "\\%c", byte);
    else if (byte < 0x20)
        buffer_printf(target, "\\u%04x", byte);
    else
        buffer_append_text(target, "\xef\xbf\xbd"); /* U+FFFD */
}

static void
append_quoted(struct buffer *target, const char *text)
{
    size_t length = strlen(text);

    buffer_append_byte(target, '"');
    while (length > 0) {
        const size_t plain = plain_length(text, length);
        buffer_append(target, text, plain);
        text += plain;
        length -= plain;
        if (length > 0) {
            append_escaped(target, (unsigned char) *text++);
            length--;
        }
    }
    buffer_append_byte(target, '"');
}

void
json_writer_member(struct json_writer *writer, const char *name)
{
    separate(writer);
    append_quoted(writer->target, name);
    buffer_append_byte(writer->target, ':');
    writer->follows = false;
}

void
json_writer_text(struct json_writer *writer, const char *text)
{
    separate(writer);
    if (text != NULL)
        append_quoted(writer->target, text);
    else
        buffer_append_text(writer->target, "null");
}

void
json_writer_integer(struct json_writer *writer, int64_t integer)
{
    separate(writer);
    buffer_printf(writer->target, "%" PRId64, integer);
}

void
json_writer_boolean(struct json_writer *writer, bool boolean)
{
    separate(writer);
    buffer_append_text(writer->target, boolean ? "true" : "false");
}

void
json_writer_member_text(struct json_writer *writer, const char *name,
                        const char *text)
{
    json_writer_member(writer, name);
    json_writer_text(writer, text);
}
