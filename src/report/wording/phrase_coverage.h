/* SPDX-License-Identifier: Apache-2.0 */
/* Whether all subscriptions were seen, in a sentence. What came from Azure
 * stands in it as it is; writers escape it.
 *
 * Each function returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_WORDING_PHRASE_COVERAGE_H
#define PIKET_REPORT_WORDING_PHRASE_COVERAGE_H

#include "base/buffer.h"
#include "control/run/coverage.h"
#include "report/language/language.h"

/* The sources as one word for programs: "root-management-group",
 * "management-groups", "expected-file"; several are joined by "+". Appends
 * nothing where there is none. */
int phrase_coverage_source(const struct coverage *coverage,
                           struct buffer *target);

/* Appends "300 of 1800 expected subscriptions are not visible to this identity
 * (root management group)", or that it is not known, why, and what makes it
 * known. Appends nothing where nobody has asked. */
int phrase_coverage(const struct coverage *coverage,
                    const struct language *language, struct buffer *target);

/* Appends only why it is not known, and what makes it known. */
int phrase_coverage_reason(const struct coverage *coverage,
                           const struct language *language,
                           struct buffer *target);

#endif
