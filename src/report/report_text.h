/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the text report. */
#ifndef PIKET_REPORT_REPORT_TEXT_H
#define PIKET_REPORT_REPORT_TEXT_H

#include "report/pen.h"

/* The assessments, by consequence. */
void report_text_groups(struct pen *pen);

/* The controls of the view's frameworks, a line each. */
void report_text_frameworks(struct pen *pen);

/* How many subscriptions pass one control: "12 pass, 3 fail; not judged: …".
 */
void report_text_tally(struct pen *pen,
                       const struct framework_control *control);

/* Notes, counts, verdict, and what to do next. */
void report_text_conclusion(struct pen *pen);

#endif
