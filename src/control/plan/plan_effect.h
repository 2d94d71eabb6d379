/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from the contact that is there and the one that would be. */
#ifndef PIKET_CONTROL_PLAN_PLAN_EFFECT_H
#define PIKET_CONTROL_PLAN_PLAN_EFFECT_H

#include "base/arena.h"
#include "control/plan/plan.h"

/* Fills in differences, starts, stops and cautions of a change that has its
 * action, before and after. others: contacts of other names, which are left
 * alone. Returns 0, or -1 where memory runs out. */
int plan_effect(struct plan_change *change, size_t others,
                struct arena *arena);

#endif
