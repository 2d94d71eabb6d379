/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the text report. Their failures stick. */
#ifndef PIKET_REPORT_REPORT_TEXT_H
#define PIKET_REPORT_REPORT_TEXT_H

#include "base/buffer.h"
#include "control/run.h"
#include "report/column.h"
#include "report/report.h"

struct report_text {
    const struct report_view *view;
    struct buffer *target;
    struct buffer scratch; /* for one text at a time */
    struct column column;
    struct run_summary summary;
    bool rows_cut; /* some group has more rows than were shown */
    bool failed;   /* memory ran out beside target */
};

/* Never the only carrier of a meaning. */
enum report_text_style {
    REPORT_TEXT_ALARM,
    REPORT_TEXT_WARNING,
    REPORT_TEXT_GOOD,
    REPORT_TEXT_STRONG,
    REPORT_TEXT_FAINT,
};

/* Appends text of ours in a style, where the view has colour. */
void report_text_styled(struct report_text *text, enum report_text_style style,
                        const char *words);

/* Appends text of Azure's, made safe for a terminal. */
void report_text_foreign(struct report_text *text, const char *foreign);

/* Appends the tenant's name and the first digits of its id. */
void report_text_tenant(struct report_text *text,
                        const struct run_tenant *tenant);

enum { REPORT_TEXT_ID_LENGTH = 8 }; /* the first group of a UUID */

/* The assessments, by consequence. */
void report_text_groups(struct report_text *text);

/* Notes, counts, verdict, and what to do next. */
void report_text_conclusion(struct report_text *text);

#endif
