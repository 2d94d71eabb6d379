/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as text, written without a tree. */
#include "json/text.h"

#include <string.h>

#include "base/text.h"

static int
append_escaped(struct buffer *target, unsigned char byte)
{
    switch (byte) {
    case '"':
        return buffer_append_text(target, "\\\"");
    case '\\':
        return buffer_append_text(target, "\\\\");
    case '\n':
        return buffer_append_text(target, "\\n");
    case '\r':
        return buffer_append_text(target, "\\r");
    case '\t':
        return buffer_append_text(target, "\\t");
    default:
        return buffer_printf(target, "\\u%04x", byte);
    }
}

static int
append_quoted(struct buffer *target, const char *text, size_t length)
{
    size_t start = 0;

    buffer_append_byte(target, '"');
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char) text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        buffer_append(target, text + start, i - start);
        append_escaped(target, byte);
        start = i + 1;
    }
    buffer_append(target, text + start, length - start);
    return buffer_append_byte(target, '"');
}

int
json_text_string(struct buffer *target, const char *text)
{
    if (text == NULL)
        return buffer_append_text(target, "null");
    return append_quoted(target, text, strlen(text));
}

int
json_text_bytes(struct buffer *target, const char *bytes, size_t length)
{
    AUTOBUFFER repaired = BUFFER_INIT(length * 3);

    if (text_repair_utf8(&repaired, bytes, length) < 0)
        return -1;
    return append_quoted(target, buffer_text(&repaired), repaired.length);
}

static int
append_chunk(const char *text, size_t length, void *target)
{
    return buffer_append(target, text, length);
}

int
json_text_value(struct buffer *target, json_t *value)
{
    if (value == NULL
        || json_dump_callback(value, append_chunk, target,
                              JSON_COMPACT | JSON_ENCODE_ANY)
               < 0)
        target->failed = true;
    json_decref(value);
    return buffer_failed(target) ? -1 : 0;
}
