/* SPDX-License-Identifier: Apache-2.0 */
/* What a tool complains, in one line. */
#include "identity/tool/tool_message.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "net/loop/child.h"
#include "identity/token/json_answer.h"
#include "identity/token/redaction.h"

enum { TOOL_MESSAGE_CEILING = 400 /* of what is shown */ };

/* The next line that is not blank, from *text on, which is moved behind it.
 * Returns false where there is none. */
static bool
line_next(const char **text, const char **ret_start, size_t *ret_length)
{
    while (**text != '\0') {
        const size_t whole = strcspn(*text, "\r\n");
        *ret_start = *text;
        *ret_length = whole;
        *text += whole + ((*text)[whole] != '\0');
        text_trim(ret_start, ret_length);
        if (*ret_length > 0)
            return true;
    }
    return false;
}

void
tool_message_find(struct buffer *message, const char *errors)
{
    static const char prefix[] = "ERROR: ";
    const char *start, *found = "";
    size_t length, found_length = 0;
    bool marked = false;

    while (line_next(&errors, &start, &length)) {
        const bool mark = strncmp(start, prefix, strlen(prefix)) == 0;
        if (marked && !mark)
            continue;
        found = mark ? start + strlen(prefix) : start;
        found_length = mark ? length - strlen(prefix) : length;
        marked = mark;
    }
    buffer_append(message, found, found_length);
}

/* The text in a line of JSON, NULL where there is none; *ret_is_error tells
 * whether the line is about an error, or about something that was done. */
static const char *
json_text(const json_t *line, bool *ret_is_error)
{
    const json_t *data = json_object_get(line, "data");
    const char *text = json_string_value(json_object_get(line, "error"));

    *ret_is_error = text != NULL;
    if (text == NULL)
        text = json_string_value(json_object_get(line, "message"));
    if (text == NULL)
        text = json_string_value(json_object_get(data, "message"));
    return text;
}

void
tool_message_find_json(struct buffer *message, const char *errors)
{
    const char *next = errors, *start;
    size_t length;
    bool marked = false;

    while (line_next(&next, &start, &length)) {
        AUTOBUFFER bytes = BUFFER_SECRET_INIT(3 * CHILD_ERRORS_CEILING);
        bool is_error;
        if (text_repair_utf8(&bytes, start, length) < 0)
            continue;
        json_auto_t *line =
            json_answer_parse(buffer_text(&bytes), bytes.length, 0, NULL);
        const char *text = json_text(line, &is_error);
        if (text_is_blank(text) || (marked && !is_error))
            continue;
        marked = is_error;
        buffer_clear(message);
        /* It may have several lines of its own. */
        tool_message_find(message, text);
    }
    if (message->length == 0)
        tool_message_find(message, errors);
}

void
tool_message_show(struct buffer *line, const struct buffer *message)
{
    AUTOBUFFER clean = BUFFER_SECRET_INIT(CHILD_ERRORS_CEILING * 2);

    if (redaction_append(&clean, buffer_text(message), message->length) < 0)
        return;
    AUTOFREE char *copy = strndup(buffer_text(&clean), TOOL_MESSAGE_CEILING);
    if (copy != NULL)
        (void) text_append_printable(line, copy);
}
