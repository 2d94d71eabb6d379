/* SPDX-License-Identifier: Apache-2.0 */
/* Records of separated values. */
#include "control/value/csv.h"

#include <string.h>

#include "base/text.h"

void
csv_init(struct csv *csv, const char *bytes, size_t length, char separator)
{
    *csv = (struct csv){
        .next = bytes,
        .end = bytes + length,
        .separator = separator,
        .line = 1,
        .texts = BUFFER_INIT(CSV_RECORD_CEILING),
    };
}

static bool
at_end_of_line(const struct csv *csv)
{
    return csv->next == csv->end || *csv->next == '\n' || *csv->next == '\r';
}

/* Past a line break, which may be two bytes. */
static void
pass_line_break(struct csv *csv)
{
    if (csv->next == csv->end)
        return;
    if (*csv->next == '\r' && csv->end - csv->next > 1 && csv->next[1] == '\n')
        csv->next++;
    csv->next++;
    csv->line++;
}

static void
pass_line(struct csv *csv)
{
    while (!at_end_of_line(csv))
        csv->next++;
    pass_line_break(csv);
}

static void
pass_blanks(struct csv *csv)
{
    while (csv->next < csv->end && *csv->next != csv->separator
           && (*csv->next == ' ' || *csv->next == '\t'))
        csv->next++;
}

/* Past what is no record: comments, and lines without anything. */
static void
pass_idle_lines(struct csv *csv)
{
    while (csv->next < csv->end) {
        const char *begin = csv->next;
        while (csv->next < csv->end
               && (*csv->next == ' ' || *csv->next == '\t'))
            csv->next++;
        if (!at_end_of_line(csv) && *csv->next != '#') {
            csv->next = begin;
            return;
        }
        pass_line(csv);
    }
}

/* The text between quotes; next stands behind the first of them. */
static int
read_quoted(struct csv *csv, struct error *err)
{
    const size_t line = csv->line;

    for (;;) {
        if (csv->next == csv->end)
            return error_set(err, "%zu: the quotes opened here do not end",
                             line);
        if (at_end_of_line(csv)) {
            buffer_append_byte(&csv->texts, '\n');
            pass_line_break(csv);
            continue;
        }
        const char byte = *csv->next++;
        if (byte == '"') {
            if (csv->next == csv->end || *csv->next != '"')
                break;
            csv->next++;
        }
        buffer_append_byte(&csv->texts, byte);
    }
    pass_blanks(csv);
    if (at_end_of_line(csv) || *csv->next == csv->separator
        || (csv->separator == '\0' && *csv->next == '#'))
        return 0;
    return error_set(err, "%zu: something stands behind the closing quotes",
                     csv->line);
}

static int
read_field(struct csv *csv, struct error *err)
{
    if (csv->count == CSV_FIELDS_CEILING)
        return error_set(err, "%zu: there are more than %d columns",
                         csv->record_line, CSV_FIELDS_CEILING);
    csv->starts[csv->count++] = csv->texts.length;
    pass_blanks(csv);
    if (csv->next < csv->end && *csv->next == '"') {
        csv->next++;
        if (read_quoted(csv, err) < 0)
            return -1;
    }
    while (!at_end_of_line(csv)
           && (csv->separator == '\0' || *csv->next != csv->separator))
        buffer_append_byte(&csv->texts, *csv->next++);
    buffer_append_byte(&csv->texts, '\0');
    if (!buffer_failed(&csv->texts))
        return 0;
    if (csv->texts.length >= CSV_RECORD_CEILING / 2)
        return error_set(err, "%zu: the line is too long", csv->record_line);
    return error_set_memory(err);
}

int
csv_read(struct csv *csv, bool *ret_read, struct error *err)
{
    pass_idle_lines(csv);
    csv->count = 0;
    csv->record_line = csv->line;
    buffer_clear(&csv->texts);
    *ret_read = csv->next < csv->end;
    if (!*ret_read)
        return 0;
    for (;;) {
        if (read_field(csv, err) < 0)
            return -1;
        if (at_end_of_line(csv))
            break;
        csv->next++;
    }
    pass_line_break(csv);
    return 0;
}

const char *
csv_field(struct csv *csv, size_t index)
{
    if (index >= csv->count)
        return "";
    char *field = csv->texts.data + csv->starts[index];
    const char *text = field;
    size_t length = strlen(field);
    text_trim(&text, &length);
    field[(size_t) (text - field) + length] = '\0';
    return text;
}

void
csv_done(struct csv *csv)
{
    buffer_done(&csv->texts);
}
