/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan says of a subscription, in words. What came from Azure stands
 * in them as it is; writers escape it. What a program reads is English:
 * language NULL.
 *
 * Each function that appends returns 0, or -1 where target failed. */
#ifndef PIKET_REPORT_WORDING_PHRASE_PLAN_H
#define PIKET_REPORT_WORDING_PHRASE_PLAN_H

#include "base/buffer.h"
#include "control/plan/plan.h"
#include "report/language/language.h"

/* Appends why nothing is planned, in one line for a table: "it needs an
 * address, and none is given". */
int phrase_obstacle(const struct plan_obstacle *obstacle,
                    const struct language *language, struct buffer *target);

/* What to do about it: "give addresses: --email"; English, to be looked up.
 * NULL where there is nothing to do. */
const char *phrase_obstacle_advice(const struct plan_obstacle *obstacle);

/* Appends why an address goes: "not a valid address". */
int phrase_drop(enum plan_drop_reason reason, const struct language *language,
                struct buffer *target);

/* Appends what a caution warns of, as a sentence. */
int phrase_caution(enum plan_caution caution, const struct language *language,
                   struct buffer *target);

#endif
