/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a run from having seen everything, beside the subscriptions that
 * are unknown themselves: for reports in which a run without findings would
 * look like one without faults. In English, for programs. */
#ifndef PIKET_REPORT_WORDING_REPORT_PROBLEM_H
#define PIKET_REPORT_WORDING_REPORT_PROBLEM_H

#include "base/buffer.h"
#include "control/run/run.h"

/* The id under which reports tell of it, beside those of requirements. */
#define REPORT_PROBLEM_ID "run-complete"

/* Takes one sentence; what came from Azure stands in it as it is. Returns 0,
 * or -1 where it cannot. */
typedef int report_problem_taker(const char *sentence, void *data);

/* Hands the sentences over, none where the run is complete. Returns 0, or -1
 * where memory ran out or the taker failed. */
int report_problem_each(const struct run *run, report_problem_taker *take,
                        void *data);

/* Appends all of them, joined by "; ". Returns 0, or -1 where target
 * failed. */
int report_problem_append(const struct run *run, struct buffer *target);

#endif
