/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the lines of a diagnosis into sentences: the only place where they
 * get words. What came from outside stands in them as it is.
 *
 * Each function returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_PHRASE_DIAGNOSIS_H
#define PIKET_REPORT_PHRASE_DIAGNOSIS_H

#include "base/buffer.h"
#include "control/diagnosis.h"
#include "report/language.h"

/* Appends what was found; in several lines, where there is more to tell. */
int phrase_diagnosis(const struct diagnosis_line *line,
                     const struct language *language, struct buffer *target);

/* Appends what to do, nothing where nothing needs doing: the advice of the
 * room that failed, which knows best and speaks English, or that of the
 * reason. */
int phrase_diagnosis_advice(const struct diagnosis_line *line,
                            const struct language *language,
                            struct buffer *target);

/* Appends the command that mends it, or nothing. It is made of our words and
 * of ids that were checked, never of names: somebody will run it. */
int phrase_diagnosis_command(const struct diagnosis_line *line,
                             struct buffer *target);

#endif
