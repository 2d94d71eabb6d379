/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a plan's text. */
#ifndef PIKET_REPORT_CHANGE_PLAN_TEXT_H
#define PIKET_REPORT_CHANGE_PLAN_TEXT_H

#include "report/markup/terminal_writer.h"
#include "report/change/plan_group.h"
#include "report/change/plan_report.h"

struct plan_page {
    struct terminal_writer terminal_writer;
    const struct plan_view *view;
    struct plan_groups groups;
    size_t name_width; /* of the subscriptions' columns */
    size_t id_width;
    bool rows_cut; /* some list is longer than what was shown */
};

/* Finds the widths of the columns for all subscriptions, shown or not: a
 * column that jumps with --rows would be no column. */
void plan_text_find_widths(struct plan_page *page);

/* The name of a subscription and the first digits of its id, behind this
 * margin. */
void plan_text_subscription(struct plan_page *page, size_t margin,
                            const struct subscription *subscription,
                            struct buffer *target);

/* "CREATE   25        a security contact where there is none". */
struct plan_heading {
    const char *title;
    const char *explanation;
    enum terminal_writer_style style;
};
void plan_text_heading(struct plan_page *page,
                       const struct plan_heading *heading, size_t count);

/* "... 3 more: --rows all", where fewer than count were shown. */
void plan_text_more(struct plan_page *page, size_t margin, size_t shown,
                    size_t count);

/* What Azure, or a person, wrote, made safe, in the scratch buffer: one line,
 * cut where nobody would read on. */
const char *plan_text_printable(struct plan_page *page, const char *foreign);

/* The changes, those that do the same together. */
void plan_text_changes(struct plan_page *page);

/* Who starts and who stops receiving alerts, in how many subscriptions; where
 * one kind of change is all, it has said so. */
void plan_text_recipients(struct plan_page *page);

/* What could not be planned, cautions, counts, verdict, what to do next. */
void plan_text_conclusion(struct plan_page *page);

#endif
