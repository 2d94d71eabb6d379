/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a run as a whole. */
#ifndef PIKET_REPORT_WORDING_PHRASE_RUN_H
#define PIKET_REPORT_WORDING_PHRASE_RUN_H

#include "base/buffer.h"
#include "control/run/run.h"
#include "report/language/language.h"

/* "NON-COMPLIANT", "INCOMPLETE AND NON-COMPLIANT" and so on. */
const char *phrase_verdict(const struct run *run,
                           const struct run_summary *summary,
                           const struct language *language);

/* Appends "137 subscriptions: 45 compliant, 77 non-compliant, 12 unknown, 1
 * not applicable (disabled); 3 left out by the scope". Returns 0, or -1 where
 * target failed. */
int phrase_counts(const struct run *run, const struct run_summary *summary,
                  const struct language *language, struct buffer *target);

#endif
