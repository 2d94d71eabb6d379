/* SPDX-License-Identifier: Apache-2.0 */
/* Whole sentences with places for facts, so that a translation may put them
 * in another order. */
#ifndef PIKET_REPORT_WORDING_SENTENCE_H
#define PIKET_REPORT_WORDING_SENTENCE_H

#include "base/buffer.h"
#include "control/doctor/doctor_report.h"
#include "report/language/language.h"

/* Looks a sentence up in the language, and appends it with the facts of a
 * line in their places:
 *
 *   {name}           the fact: a number, a text, several joined by ", ", or
 *                    counts such as "57 Enabled, 1 Disabled"
 *   {name;}          several, each on a line of its own
 *   {name!}          a text that is a word of ours, looked up as well
 *   {name|one|many}  the word for 1, or for another number
 *   [ … ]            only where each fact named between is there; not nested
 *
 * A fact that is not there leaves its place empty. What came from outside
 * stands in it as it is, but for
 * its line breaks, which become blanks in all facts but "error": writers
 * escape it. Returns 0, or -1 where
 * target failed. */
int sentence_append(const char *sentence,
                    const struct doctor_report_line *line,
                    const struct language *language, struct buffer *target);

#endif
