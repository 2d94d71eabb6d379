/* SPDX-License-Identifier: Apache-2.0 */
/* A page as it is told, part by part. */
#include "report/explain_page.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/cleanup.h"

void
explain_page_title(struct explain_page *page, const char *kind, const char *id,
                   const char *title)
{
    page->medium->title(page, kind, id, title);
}

void
explain_page_heading(struct explain_page *page, const char *heading)
{
    page->medium->heading(page, heading);
}

void
explain_page_paragraph(struct explain_page *page, const char *paragraph)
{
    page->medium->paragraph(page, paragraph);
}

void
explain_page_print(struct explain_page *page, const char *format, ...)
{
    AUTOFREE char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text = NULL;
        page->failed = true;
        return;
    }
    explain_page_paragraph(page, text);
}

void
explain_page_section(struct explain_page *page,
                     const struct explain_section *section)
{
    explain_page_heading(page, section->heading);
    for (size_t i = 0; section->paragraphs[i] != NULL; i++)
        explain_page_paragraph(page, section->paragraphs[i]);
}
