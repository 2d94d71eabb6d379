/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the text report. */
#ifndef PIKET_REPORT_RUN_REPORT_TEXT_H
#define PIKET_REPORT_RUN_REPORT_TEXT_H

#include "report/markup/terminal_writer.h"

/* The assessments, by consequence. */
void report_text_groups(struct terminal_writer *terminal_writer);

/* The controls of the view's frameworks, a line each. */
void report_text_frameworks(struct terminal_writer *terminal_writer);

/* How many subscriptions pass one control: "12 pass, 3 fail; not judged: …".
 */
void report_text_tally(struct terminal_writer *terminal_writer,
                       const struct framework_control *control);

/* Notes, counts, verdict, and what to do next. */
void report_text_conclusion(struct terminal_writer *terminal_writer);

#endif
