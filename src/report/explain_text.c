/* SPDX-License-Identifier: Apache-2.0 */
/* A page for people: wrapped, indented below its headings. */
#include <string.h>

#include "base/cleanup.h"
#include "report/explain_page.h"
#include "report/explain_writers.h"

enum { EXPLAIN_INDENT = 2 };

/* How a paragraph is laid out. */
struct shape {
    const char *first; /* in front of its first line */
    const char *rest;  /* of its other lines */
};

struct text {
    struct buffer *target;
    bool plain; /* a plain paragraph was last: a blank line parts two */
};

static struct buffer *
target_of(const struct explain_page *page)
{
    const struct text *text = page->state;

    return text->target;
}

static void
begin_line(struct buffer *target, const char *indent, size_t *column)
{
    buffer_append_text(target, indent);
    *column = strlen(indent);
}

/* Our texts are ASCII: a byte is a column. */
static void
wrap(struct buffer *target, const char *text, const struct shape *shape)
{
    size_t column;
    bool begun = false;

    begin_line(target, shape->first, &column);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        const size_t length = strcspn(text, " ");
        if (begun && column + 1 + length > EXPLAIN_WIDTH) {
            buffer_append_byte(target, '\n');
            begin_line(target, shape->rest, &column);
        } else if (begun) {
            buffer_append_byte(target, ' ');
            column++;
        }
        buffer_append(target, text, length);
        column += length;
        text += length;
        begun = true;
    }
    buffer_append_byte(target, '\n');
}

static void
append_verbatim(struct buffer *target, const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        buffer_append_text(target, length > 0 ? "    " : "");
        buffer_append(target, text, length);
        buffer_append_byte(target, '\n');
        text += length;
        text += *text == '\n';
    }
}

static void
text_title(struct explain_page *page, const char *kind, const char *id,
           const char *title)
{
    AUTOBUFFER line = BUFFER_INIT(EXPLAIN_CEILING);
    static const struct shape shape = { "", "" };

    if (id != NULL)
        buffer_printf(&line, "%s (%s): ", id, kind);
    if (buffer_append_text(&line, title) < 0)
        page->failed = true;
    wrap(target_of(page), buffer_text(&line), &shape);
}

static void
text_heading(struct explain_page *page, const char *heading)
{
    struct text *text = page->state;

    text->plain = false;
    buffer_printf(text->target, "\n%s\n", heading);
}

static void
text_paragraph(struct explain_page *page, const char *paragraph)
{
    static const struct shape plain = { "  ", "  " };
    static const struct shape item = { "  - ", "    " };
    struct text *text = page->state;
    const bool was_plain = text->plain;

    text->plain = false;
    if (strncmp(paragraph, EXPLAIN_VERBATIM, EXPLAIN_MARKER_LENGTH) == 0) {
        append_verbatim(text->target, paragraph + EXPLAIN_MARKER_LENGTH);
    } else if (strncmp(paragraph, EXPLAIN_ITEM, EXPLAIN_MARKER_LENGTH) == 0) {
        wrap(text->target, paragraph + EXPLAIN_MARKER_LENGTH, &item);
    } else {
        if (was_plain)
            buffer_append_byte(text->target, '\n');
        wrap(text->target, paragraph, &plain);
        text->plain = true;
    }
}

int
explain_text_write(const struct explain_topic *topic, struct buffer *target,
                   struct error *err)
{
    static const struct explain_medium medium = {
        .title = text_title,
        .heading = text_heading,
        .paragraph = text_paragraph,
    };
    struct text text = { .target = target };
    struct explain_page page = { .medium = &medium, .state = &text };

    explain_page_write(&page, topic);
    return page.failed || buffer_failed(target) ? error_set_memory(err) : 0;
}
