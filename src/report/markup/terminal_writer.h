/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the text report write with. Failures stick. */
#ifndef PIKET_REPORT_MARKUP_TERMINAL_WRITER_H
#define PIKET_REPORT_MARKUP_TERMINAL_WRITER_H

#include "base/buffer.h"
#include "control/run/run.h"
#include "report/markup/column.h"
#include "report/view/report.h"

struct terminal_writer {
    const struct report_view *view;
    struct buffer *target;
    struct buffer scratch; /* for one text at a time */
    struct column column;
    struct run_summary summary;
    bool rows_cut; /* some group has more rows than were shown */
    bool failed;   /* memory ran out beside target */
};

/* Never the only carrier of a meaning. */
enum terminal_writer_style {
    TERMINAL_WRITER_ALARM,
    TERMINAL_WRITER_WARNING,
    TERMINAL_WRITER_GOOD,
    TERMINAL_WRITER_STRONG,
    TERMINAL_WRITER_FAINT,
};

/* A sentence of ours in the view's language. */
const char *terminal_writer_words(
    const struct terminal_writer *terminal_writer, const char *message)
    __attribute__((format_arg(2)));

/* The same for so many things. */
const char *terminal_writer_plural(
    const struct terminal_writer *terminal_writer, const char *one,
    const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));

/* Appends words, already in the view's language, in a style, where the view
 * has colour. */
void terminal_writer_styled(struct terminal_writer *terminal_writer,
                            enum terminal_writer_style style,
                            const char *words);

/* Appends text of Azure's, made safe for a terminal. */
void terminal_writer_foreign(struct terminal_writer *terminal_writer,
                             const char *foreign);

/* Appends the tenant's name and the first digits of its id. */
void terminal_writer_tenant(struct terminal_writer *terminal_writer,
                            const struct run_tenant *tenant);

enum { TERMINAL_WRITER_ID_LENGTH = 8 }; /* the first group of a UUID */

/* Up to which group of the UUID two ids have to be written to differ: at
 * least PEN_ID_LENGTH. */
size_t terminal_writer_id_length(const char *left, const char *right);

#endif
