/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON that a change of a plan is to write. */
#ifndef PIKET_ENGINE_PLAN_PLANNING_BODY_H
#define PIKET_ENGINE_PLAN_PLANNING_BODY_H

#include "base/buffer.h"
#include "base/error.h"
#include "control/plan/plan.h"

/* Far more than any contact: what was read is bounded likewise. */
enum { PLANNING_BODY_CEILING = 16 * 1024 * 1024 };

/* Appends what a remediation's change writes, from its image and what it
 * wants: its own body is not looked at. */
int planning_body_revise(const struct plan_change *change,
                         struct buffer *target, struct error *err);

#endif
