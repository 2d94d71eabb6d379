/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an applied plan's text. */
#ifndef PIKET_REPORT_CHANGE_OPERATION_TEXT_H
#define PIKET_REPORT_CHANGE_OPERATION_TEXT_H

#include "report/change/operation_report.h"
#include "report/markup/terminal_writer.h"

struct operation_page {
    struct terminal_writer terminal_writer;
    const struct operation_view *view;
    bool rows_cut; /* some group has more rows than were shown */
};

/* The changes, by what became of them. */
void operation_text_groups(struct operation_page *page);

/* Notes, counts, verdict, and what to do next. */
void operation_text_conclusion(struct operation_page *page);

#endif
