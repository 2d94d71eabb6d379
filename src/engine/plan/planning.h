/* SPDX-License-Identifier: Apache-2.0 */
/* Makes plans whole: with the JSON that is to be written, from a run, from
 * the journal, or from a backup. */
#ifndef PIKET_ENGINE_PLAN_PLANNING_H
#define PIKET_ENGINE_PLAN_PLANNING_H

#include <stddef.h>

#include "base/error.h"
#include "control/plan/operation.h"
#include "control/plan/plan.h"
#include "control/run/run.h"

/* plan_make with the bodies. */
int planning_remediate(struct plan **ret_plan, const struct run *run,
                       const struct plan_options *options, struct error *err);

/* Holds a plan that comes from a file against itself: the digest says that it
 * is whole, and nothing about who wrote it. What is shown of each change must
 * be what was read, and what will be written; and no subscription stands in
 * it twice. name is the file's. */
int planning_verify(const struct plan *plan, const char *name,
                    struct error *err);

/* The inverse of changes, as the journal or a backup has them, of which only
 * those that were done or may have been are taken back, each subscription's
 * to the oldest before-image. The run has read the same subscriptions anew,
 * with images. Where what is there is not what the last change left, it is a
 * conflict; where it is as before already, there is nothing to do. */
int planning_revert(struct plan **ret_plan, const struct run *run,
                    const struct change *changes, size_t change_count,
                    const struct plan_options *options, struct error *err);

#endif
