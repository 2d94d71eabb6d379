/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the text report write with. */
#include "report/markup/terminal_writer.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

/* Sober, and readable on dark and light. */
static const char *const styles[] = {
    [TERMINAL_WRITER_ALARM] = "\033[1;31m",
    [TERMINAL_WRITER_WARNING] = "\033[1;33m",
    [TERMINAL_WRITER_GOOD] = "\033[1;32m",
    [TERMINAL_WRITER_STRONG] = "\033[1m",
    [TERMINAL_WRITER_FAINT] = "\033[2m",
};

const char *
terminal_writer_words(const struct terminal_writer *terminal_writer,
                      const char *message)
{
    return language_text(terminal_writer->view->language, message);
}

const char *
terminal_writer_plural(const struct terminal_writer *terminal_writer,
                       const char *one, const char *many, size_t count)
{
    return language_plural(terminal_writer->view->language, one, many, count);
}

void
terminal_writer_styled(struct terminal_writer *terminal_writer,
                       enum terminal_writer_style style, const char *words)
{
    if (terminal_writer->view->colour)
        buffer_append_text(terminal_writer->target, styles[style]);
    buffer_append_text(terminal_writer->target, words);
    if (terminal_writer->view->colour)
        buffer_append_text(terminal_writer->target, "\033[0m");
}

void
terminal_writer_foreign(struct terminal_writer *terminal_writer,
                        const char *foreign)
{
    text_append_printable(terminal_writer->target, foreign);
}

void
terminal_writer_tenant(struct terminal_writer *terminal_writer,
                       const struct run_tenant *tenant)
{
    const char *separator = "";

    if (tenant->display_name != NULL && *tenant->display_name != '\0') {
        terminal_writer_foreign(terminal_writer, tenant->display_name);
        separator = " ";
    }
    if (*tenant->id != '\0') {
        char first[TERMINAL_WRITER_ID_LENGTH + 1];
        (void) snprintf(first, sizeof(first), "%s", tenant->id);
        buffer_append_text(terminal_writer->target, separator);
        terminal_writer_foreign(terminal_writer, first);
    } else if (*separator == '\0')
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, "unknown tenant"));
}

size_t
terminal_writer_id_length(const char *left, const char *right)
{
    static const size_t ends[] = { TERMINAL_WRITER_ID_LENGTH, 13, 18, 23 };

    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++)
        if (strncmp(left, right, ends[i]) != 0)
            return ends[i];
    return strlen(left);
}
