/* SPDX-License-Identifier: Apache-2.0 */
/* Turns reasons into sentences: the only place where a finding gets words.
 * What came from Azure stands in them as it is; writers escape it. What a
 * program reads is English: language NULL.
 *
 * Each function returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_WORDING_PHRASE_H
#define PIKET_REPORT_WORDING_PHRASE_H

#include "base/buffer.h"
#include "control/run/assessment.h"
#include "report/language/language.h"

/* Appends "no phone number is set". */
int phrase_finding(const struct finding *finding,
                   const struct language *language, struct buffer *target);

/* Appends the same in the words of a table: "phone number missing". */
int phrase_brief(const struct finding *finding,
                 const struct language *language, struct buffer *target);

/* Appends what would pass: "a phone number". Appends nothing for a finding
 * that passes, or to which nothing could be done. */
int phrase_expected(const struct finding *finding,
                    const struct language *language, struct buffer *target);

/* Appends what to do: "set a phone number". Appends nothing for a finding
 * that does not fail. */
int phrase_recommendation(const struct finding *finding,
                          const struct language *language,
                          struct buffer *target);

/* Appends why a subscription has its status, in one line for a table: the
 * one cause where there is one ("no security contact"), else why nobody is
 * mailed and what fails; for one that could not be read, the error: "403
 * AuthorizationFailed: needs Security Reader"; for one that complies, the
 * addresses. */
int phrase_cause(const struct assessment *assessment,
                 const struct language *language, struct buffer *target);

#endif
