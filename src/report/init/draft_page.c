/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a draft's file are written with. */
#include "report/init/draft_page.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/cleanup.h"

enum { DRAFT_PAGE_WIDTH = 79 };

const char *
draft_page_words(const struct draft_page *page, const char *message)
{
    return language_text(page->language, message);
}

const char *
draft_page_plural(const struct draft_page *page, const char *one,
                  const char *many, size_t count)
{
    return language_plural(page->language, one, many, count);
}

void
draft_page_comment(struct draft_page *page, const char *format, ...)
{
    static const struct column_shape shape = { "# ", "# ", DRAFT_PAGE_WIDTH };
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
    column_wrap(&page->column, text, &shape, page->target);
}

void
draft_page_share(const struct draft_page *page, size_t contacts,
                 struct buffer *row)
{
    const size_t all = page->draft->contacts;

    buffer_printf(row,
                  draft_page_plural(page, "%zu of %zu contact",
                                    "%zu of %zu contacts", all),
                  contacts, all);
}
