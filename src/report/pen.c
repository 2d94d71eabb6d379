/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the text report write with. */
#include "report/pen.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

/* Sober, and readable on dark and light. */
static const char *const styles[] = {
    [PEN_ALARM] = "\033[1;31m", [PEN_WARNING] = "\033[1;33m",
    [PEN_GOOD] = "\033[1;32m",  [PEN_STRONG] = "\033[1m",
    [PEN_FAINT] = "\033[2m",
};

const char *
pen_words(const struct pen *pen, const char *message)
{
    return language_text(pen->view->language, message);
}

const char *
pen_plural(const struct pen *pen, const char *one, const char *many,
           size_t count)
{
    return language_plural(pen->view->language, one, many, count);
}

void
pen_styled(struct pen *pen, enum pen_style style, const char *words)
{
    if (pen->view->colour)
        buffer_append_text(pen->target, styles[style]);
    buffer_append_text(pen->target, words);
    if (pen->view->colour)
        buffer_append_text(pen->target, "\033[0m");
}

void
pen_foreign(struct pen *pen, const char *foreign)
{
    text_append_printable(pen->target, foreign);
}

void
pen_tenant(struct pen *pen, const struct run_tenant *tenant)
{
    const char *separator = "";

    if (tenant->display_name != NULL && *tenant->display_name != '\0') {
        pen_foreign(pen, tenant->display_name);
        separator = " ";
    }
    if (*tenant->id != '\0') {
        char first[PEN_ID_LENGTH + 1];
        (void) snprintf(first, sizeof(first), "%s", tenant->id);
        buffer_append_text(pen->target, separator);
        pen_foreign(pen, first);
    } else if (*separator == '\0')
        buffer_append_text(pen->target, pen_words(pen, "unknown tenant"));
}

size_t
pen_id_length(const char *left, const char *right)
{
    static const size_t ends[] = { PEN_ID_LENGTH, 13, 18, 23 };

    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++)
        if (strncmp(left, right, ends[i]) != 0)
            return ends[i];
    return strlen(left);
}
