/* SPDX-License-Identifier: Apache-2.0 */
/* A run's verdict in words. */
#ifndef PIKET_REPORT_REPORT_VERDICT_H
#define PIKET_REPORT_REPORT_VERDICT_H

#include "control/run.h"

/* "INCOMPLETE AND NON-COMPLIANT", N_: writers look it up in their
 * language. */
const char *report_verdict_words(const struct run *run,
                                 const struct run_summary *summary);

#endif
