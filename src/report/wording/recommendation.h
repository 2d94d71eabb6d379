/* SPDX-License-Identifier: Apache-2.0 */
/* What to do about a subscription: one cause gives one recommendation,
 * however many findings it has. */
#ifndef PIKET_REPORT_WORDING_RECOMMENDATION_H
#define PIKET_REPORT_WORDING_RECOMMENDATION_H

#include "control/run/assessment.h"
#include "report/language/language.h"

/* Takes one sentence. Returns 0, or -1 where it cannot. */
typedef int recommendation_taker(const char *sentence, void *data);

/* Hands each sentence over once, in the order of the findings; what came from
 * Azure stands in it as it is. Returns 0, or -1 where memory ran out or the
 * taker failed. */
int recommendation_each(const struct assessment *assessment,
                        const struct language *language,
                        recommendation_taker *take, void *data);

#endif
