/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the subscriptions of a plan that comes from a file are what the file
 * calls them: whoever approves it reads names and tenants, and ids are what is
 * written to. */
#ifndef PIKET_ENGINE_PLAN_PLAN_SUBJECTS_H
#define PIKET_ENGINE_PLAN_PLAN_SUBJECTS_H

#include <stddef.h>

#include "base/error.h"
#include "control/plan/plan.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"

/* Lists what each session sees, with the loop, and holds it against the plan,
 * whose file is named so: fails where a subscription of the plan has another
 * name or tenant, or a list cannot be read to its end. One that is in no list
 * is left to whoever reads its contact again. */
int plan_subjects_verify(const struct plan *plan, const char *name,
                         struct session *const *sessions, size_t session_count,
                         struct loop *loop, struct error *err);

#endif
