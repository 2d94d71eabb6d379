/* SPDX-License-Identifier: Apache-2.0 */
/* How many subscriptions pass and fail, as columns of a table. */
#ifndef PIKET_REPORT_HTML_REPORT_HTML_TALLY_H
#define PIKET_REPORT_HTML_REPORT_HTML_TALLY_H

#include <stddef.h>

#include "control/run/run.h"
#include "report/markup/html.h"

/* Of a requirement or control; all 0 where the run does not judge it. */
struct report_html_tally {
    size_t counts[FINDING_NOT_APPLICABLE + 1];
};

/* One for each row of requirement_table, for the caller to free; NULL where
 * memory ran out. */
struct report_html_tally *report_html_tally(const struct run *run);

/* Appends the heads of the columns, and the cells of a row: worst first. */
void report_html_tally_heads(struct html *html);
void report_html_tally_cells(struct html *html,
                             const struct report_html_tally *tally);

/* How many subscriptions have a finding on it. */
size_t report_html_tally_total(const struct report_html_tally *tally);

#endif
