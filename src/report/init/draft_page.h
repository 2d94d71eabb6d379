/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a draft's file are written with. Failures stick. */
#ifndef PIKET_REPORT_INIT_DRAFT_PAGE_H
#define PIKET_REPORT_INIT_DRAFT_PAGE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "control/config/config_draft.h"
#include "report/markup/column.h"
#include "report/language/language.h"

struct draft_page {
    const struct config_draft *draft;
    const struct language *language; /* of the comments */
    struct buffer *target;
    struct column column;
    bool failed; /* memory ran out beside target */
};

/* A sentence of ours in the page's language. */
const char *draft_page_words(const struct draft_page *page,
                             const char *message)
    __attribute__((format_arg(2)));

/* The same for so many things. */
const char *draft_page_plural(const struct draft_page *page, const char *one,
                              const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));

/* Appends a comment of as many lines as it takes. The format is already in
 * the page's language; texts of Azure's among the arguments have been through
 * yaml_text_append_comment. */
void draft_page_comment(struct draft_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends "2 of 3 contacts". */
void draft_page_share(const struct draft_page *page, size_t contacts,
                      struct buffer *row);

#endif
