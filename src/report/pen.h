/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the text report write with. Failures stick. */
#ifndef PIKET_REPORT_PEN_H
#define PIKET_REPORT_PEN_H

#include "base/buffer.h"
#include "control/run.h"
#include "report/column.h"
#include "report/report.h"

struct pen {
    const struct report_view *view;
    struct buffer *target;
    struct buffer scratch; /* for one text at a time */
    struct column column;
    struct run_summary summary;
    bool rows_cut; /* some group has more rows than were shown */
    bool failed;   /* memory ran out beside target */
};

/* Never the only carrier of a meaning. */
enum pen_style {
    PEN_ALARM,
    PEN_WARNING,
    PEN_GOOD,
    PEN_STRONG,
    PEN_FAINT,
};

/* A sentence of ours in the view's language. */
const char *pen_words(const struct pen *pen, const char *message)
    __attribute__((format_arg(2)));

/* The same for so many things. */
const char *pen_plural(const struct pen *pen, const char *one,
                       const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));

/* Appends words, already in the view's language, in a style, where the view
 * has colour. */
void pen_styled(struct pen *pen, enum pen_style style, const char *words);

/* Appends text of Azure's, made safe for a terminal. */
void pen_foreign(struct pen *pen, const char *foreign);

/* Appends the tenant's name and the first digits of its id. */
void pen_tenant(struct pen *pen, const struct run_tenant *tenant);

enum { PEN_ID_LENGTH = 8 }; /* the first group of a UUID */

/* Up to which group of the UUID two ids have to be written to differ: at
 * least PEN_ID_LENGTH. */
size_t pen_id_length(const char *left, const char *right);

#endif
