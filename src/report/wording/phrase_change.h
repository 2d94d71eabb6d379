/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a change, in words. What came from Azure stands in them as
 * it is; writers escape it. What a program reads is English: language NULL.
 *
 * Each function returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_WORDING_PHRASE_CHANGE_H
#define PIKET_REPORT_WORDING_PHRASE_CHANGE_H

#include "base/buffer.h"
#include "control/plan/operation.h"
#include "report/language/language.h"
#include "report/wording/phrase_error.h"

/* What ARM's error codes mean for somebody who wants to write. */
extern const struct phrase_error phrase_change_errors[];
extern const size_t phrase_change_errors_length;

/* NULL where the error is not in the table. */
const struct phrase_error *phrase_change_error_of(
    const struct contact_error *error);

/* "fixed" or "restored" for CHANGE_DONE, by what the plan is for; else
 * change_outcome_name. Programs rely on them. */
const char *phrase_change_outcome(enum change_outcome outcome,
                                  enum plan_kind kind);

/* Appends what was done, or why it was not, in one line for a table:
 * "changed: emails, phone", "403 AuthorizationFailed: needs Security Admin".
 * Appends nothing where the outcome says it all. */
int phrase_change(const struct plan_change *change,
                  const struct change_result *result,
                  const struct language *language, struct buffer *target);

/* Appends "phone: "+31 20 1234567" was written, "" came back". */
int phrase_change_residue(const struct change_residue *residue,
                          const struct language *language,
                          struct buffer *target);

#endif
