/* SPDX-License-Identifier: Apache-2.0 */
/* A page as Markdown, for what shows it in a browser. */
#include <string.h>

#include "base/cleanup.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"
#include "report/markup/markdown_text.h"

struct markdown {
    struct buffer *target;
    enum explain_kind last; /* items follow one another without a gap */
};

static void
markdown_title(struct explain_page *page, const char *kind, const char *id,
               const char *title)
{
    const struct markdown *markdown = page->state;

    (void) kind;
    buffer_append_text(markdown->target, "# ");
    if (id != NULL) {
        markdown_text_append(markdown->target, id);
        buffer_append_text(markdown->target, ": ");
    }
    markdown_text_append(markdown->target, title);
    buffer_append_byte(markdown->target, '\n');
}

static void
markdown_heading(struct explain_page *page, const char *heading)
{
    struct markdown *markdown = page->state;

    markdown->last = EXPLAIN_KIND_TEXT;
    buffer_append_text(markdown->target, "\n## ");
    markdown_text_append(markdown->target, heading);
    buffer_append_byte(markdown->target, '\n');
}

/* Nothing has a meaning within a fence but its end, which no page holds. */
static void
append_verbatim(struct buffer *target, const char *text)
{
    const size_t length = strlen(text);

    buffer_append_text(target, "\n```\n");
    buffer_append(target, text, length);
    buffer_append_text(
        target, length > 0 && text[length - 1] == '\n' ? "```\n" : "\n```\n");
}

static void
markdown_paragraph(struct explain_page *page, enum explain_kind kind,
                   const char *paragraph)
{
    struct markdown *markdown = page->state;
    const bool joins =
        kind == EXPLAIN_KIND_ITEM && markdown->last == EXPLAIN_KIND_ITEM;

    markdown->last = kind;
    if (kind == EXPLAIN_KIND_VERBATIM) {
        append_verbatim(markdown->target, paragraph);
        return;
    }
    buffer_append_text(markdown->target, joins ? "" : "\n");
    if (kind == EXPLAIN_KIND_ITEM)
        buffer_append_text(markdown->target, "- ");
    markdown_text_append(markdown->target, paragraph);
    buffer_append_byte(markdown->target, '\n');
}

int
explain_markdown_write(const struct explain_topic *topic,
                       const struct language *language, struct buffer *target,
                       struct error *err)
{
    static const struct explain_medium medium = {
        .title = markdown_title,
        .heading = markdown_heading,
        .paragraph = markdown_paragraph,
    };
    struct markdown markdown = { .target = target };
    struct explain_page page = { .medium = &medium,
                                 .state = &markdown,
                                 .language = language };

    explain_page_write(&page, topic);
    return page.failed || buffer_failed(target) ? error_set_memory(err) : 0;
}
