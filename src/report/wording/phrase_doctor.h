/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the lines of a diagnosis into sentences: the only place where they
 * get words. What came from outside stands in them as it is.
 *
 * Each function returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_WORDING_PHRASE_DOCTOR_H
#define PIKET_REPORT_WORDING_PHRASE_DOCTOR_H

#include "base/buffer.h"
#include "control/doctor/doctor_report.h"
#include "report/language/language.h"

/* Appends what was found; in several lines, where there is more to tell. */
int phrase_doctor(const struct doctor_report_line *line,
                  const struct language *language, struct buffer *target);

/* Appends what to do, nothing where nothing needs doing: the advice of the
 * room that failed, which knows best and speaks English, or that of the
 * reason. */
int phrase_doctor_advice(const struct doctor_report_line *line,
                         const struct language *language,
                         struct buffer *target);

/* Appends the command that mends it, or nothing. It is made of our words and
 * of ids that were checked, never of names: somebody will run it. */
int phrase_doctor_command(const struct doctor_report_line *line,
                          struct buffer *target);

#endif
