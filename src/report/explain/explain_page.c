/* SPDX-License-Identifier: Apache-2.0 */
/* A page as it is told, part by part. */
#include "report/explain/explain_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"

const char *
explain_page_words(const struct explain_page *page, const char *message)
{
    return language_text(page->language, message);
}

void
explain_page_title(struct explain_page *page, const char *kind, const char *id,
                   const char *title)
{
    page->medium->title(page, kind, id, explain_page_words(page, title));
}

void
explain_page_heading(struct explain_page *page, const char *heading)
{
    page->medium->heading(page, explain_page_words(page, heading));
}

/* Moves behind the paragraph's marker. */
static enum explain_kind
take_marker(const char **paragraph)
{
    static const char *const markers[] = {
        [EXPLAIN_KIND_ITEM] = EXPLAIN_ITEM,
        [EXPLAIN_KIND_VERBATIM] = EXPLAIN_VERBATIM,
    };

    for (enum explain_kind kind = EXPLAIN_KIND_ITEM;
         kind <= EXPLAIN_KIND_VERBATIM; kind++)
        if (strncmp(*paragraph, markers[kind], EXPLAIN_MARKER_LENGTH) == 0) {
            *paragraph += EXPLAIN_MARKER_LENGTH;
            return kind;
        }
    return EXPLAIN_KIND_TEXT;
}

void
explain_page_paragraph(struct explain_page *page, const char *paragraph)
{
    const enum explain_kind kind = take_marker(&paragraph);

    page->medium->paragraph(page, kind, explain_page_words(page, paragraph));
}

void
explain_page_print(struct explain_page *page, const char *format, ...)
{
    const enum explain_kind kind = take_marker(&format);
    AUTOFREE char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length =
        vasprintf(&text, explain_page_words(page, format), arguments);
    va_end(arguments);
    if (length < 0) {
        text = NULL;
        page->failed = true;
        return;
    }
    page->medium->paragraph(page, kind, text);
}

void
explain_page_section(struct explain_page *page,
                     const struct explain_section *section)
{
    explain_page_heading(page, section->heading);
    for (size_t i = 0; section->paragraphs[i] != NULL; i++)
        explain_page_paragraph(page, section->paragraphs[i]);
}
