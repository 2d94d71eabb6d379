/* SPDX-License-Identifier: Apache-2.0 */
/* What the text writers of the past have in common. Failures stick. */
#ifndef PIKET_REPORT_HISTORY_HISTORY_PAGE_H
#define PIKET_REPORT_HISTORY_HISTORY_PAGE_H

#include <stdint.h>

#include "base/error.h"
#include "control/plan/operation.h"
#include "control/value/subscription.h"
#include "report/history/history_report.h"
#include "report/markup/terminal_writer.h"

struct history_page {
    struct terminal_writer terminal_writer;
    struct report_view shown; /* for the pen */
};

void history_page_begin(struct history_page *page,
                        const struct history_view *view,
                        struct buffer *target);

/* Returns 0, or -1 where anything has failed. */
int history_page_end(struct history_page *page, struct error *err);

/* Appends "HEADING   12   what it is" and a line break. */
void history_page_heading(struct history_page *page, const char *title,
                          size_t count, const char *explanation);

/* Appends that there are older ones, which a limit left out. */
void history_page_older(struct history_page *page);

/* Whether the row with this index is shown; says, at the first that is not,
 * how many of the count are left out. */
bool history_page_row(struct history_page *page, size_t row, size_t count);

/* Appends "  Name   4b2f0c1e", the name cut and filled to its column. */
void history_page_subscription(struct history_page *page,
                               const struct subscription *subscription);

/* Appends "2026-11-22 09:14:07". */
void history_page_time(struct history_page *page, int64_t milliseconds);

/* Appends "12 fixed, 1 refused": what is not 0, with commas between. */
void history_page_counts(struct history_page *page,
                         const struct history_operation *operation);

/* "fixed", or "restored", and so on, of so many changes. */
const char *history_page_outcome(const struct history_page *page,
                                 enum change_outcome outcome, size_t count,
                                 enum plan_kind kind);

#endif
