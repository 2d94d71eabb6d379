/* SPDX-License-Identifier: Apache-2.0 */
/* A page for people: wrapped, indented below its headings. */
#include <string.h>

#include "base/cleanup.h"
#include "report/markup/column.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"

struct text {
    struct buffer *target;
    struct column column;
    bool plain; /* a plain paragraph was last: a blank line parts two */
};

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

/* How people call what the format names so. */
static const char *
word_for(const struct explain_page *page, const char *kind)
{
    static const char *const kinds[] = {
        N_("control"),
        N_("requirement"),
        N_("profile"),
        N_("framework"),
    };

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return explain_page_words(page, kinds[i]);
    return kind;
}

static void
text_title(struct explain_page *page, const char *kind, const char *id,
           const char *title)
{
    static const struct column_shape shape = { "", "", EXPLAIN_WIDTH };
    const struct text *text = page->state;
    AUTOBUFFER line = BUFFER_INIT(EXPLAIN_CEILING);

    if (id != NULL)
        buffer_printf(&line, "%s (%s): ", id, word_for(page, kind));
    if (buffer_append_text(&line, title) < 0)
        page->failed = true;
    column_wrap(&text->column, buffer_text(&line), &shape, text->target);
}

static void
text_heading(struct explain_page *page, const char *heading)
{
    struct text *text = page->state;

    text->plain = false;
    buffer_printf(text->target, "\n%s\n", heading);
}

static void
text_paragraph(struct explain_page *page, enum explain_kind kind,
               const char *paragraph)
{
    static const struct column_shape shapes[] = {
        [EXPLAIN_KIND_TEXT] = { "  ", "  ", EXPLAIN_WIDTH },
        [EXPLAIN_KIND_ITEM] = { "  - ", "    ", EXPLAIN_WIDTH },
    };
    struct text *text = page->state;

    if (kind == EXPLAIN_KIND_TEXT && text->plain)
        buffer_append_byte(text->target, '\n');
    text->plain = kind == EXPLAIN_KIND_TEXT;
    if (kind == EXPLAIN_KIND_VERBATIM)
        append_verbatim(text->target, paragraph);
    else
        column_wrap(&text->column, paragraph, &shapes[kind], text->target);
}

int
explain_text_write(const struct explain_topic *topic,
                   const struct language *language, struct buffer *target,
                   struct error *err)
{
    static const struct explain_medium medium = {
        .title = text_title,
        .heading = text_heading,
        .paragraph = text_paragraph,
    };
    struct text text = { .target = target };
    struct explain_page page = { .medium = &medium,
                                 .state = &text,
                                 .language = language };

    column_init(&text.column);
    explain_page_write(&page, topic);
    column_done(&text.column);
    return page.failed || buffer_failed(target) ? error_set_memory(err) : 0;
}
