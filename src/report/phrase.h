/* SPDX-License-Identifier: Apache-2.0 */
/* Turns reasons into sentences: the only place where a finding gets words.
 * What came from Azure stands in them as it is; writers escape it. */
#ifndef PIKET_REPORT_PHRASE_H
#define PIKET_REPORT_PHRASE_H

#include "base/buffer.h"
#include "control/assessment.h"

/* Appends "no phone number is set". Returns 0, or -1 where target failed. */
int phrase_finding(const struct finding *finding, struct buffer *target);

/* Appends what would pass: "a phone number". */
int phrase_expected(const struct finding *finding, struct buffer *target);

/* Appends what to do: "set a phone number". Appends nothing for a finding
 * that needs nothing done. */
int phrase_recommendation(const struct finding *finding,
                          struct buffer *target);

/* Appends why a subscription has its status, in one line for a table: the
 * one cause where there is one ("no security contact"), else the failing
 * findings; for unknown, the error: "403 AuthorizationFailed: needs Security
 * Reader". */
int phrase_cause(const struct assessment *assessment, struct buffer *target);

#endif
