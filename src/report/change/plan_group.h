/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of a plan that do the same, together: a person reads kinds of
 * change, not subscriptions. */
#ifndef PIKET_REPORT_CHANGE_PLAN_GROUP_H
#define PIKET_REPORT_CHANGE_PLAN_GROUP_H

#include <stddef.h>

#include "base/error.h"
#include "control/plan/plan.h"

/* Of one action, with the same differences, drops, recipients and
 * cautions. */
struct plan_group {
    const size_t *indices; /* of the plan's changes, in their order */
    size_t count;
};

struct plan_groups {
    struct plan_group *items; /* by action, in the order in which they are
                                 shown; of those the largest first */
    size_t count;
    size_t *indices; /* of all, owned */
};

#define AUTOPLAN_GROUPS \
    __attribute__((cleanup(plan_groups_done))) struct plan_groups

/* The order in which actions are shown. */
enum { PLAN_GROUP_ACTIONS = 4 };
extern const enum plan_action plan_group_actions[PLAN_GROUP_ACTIONS];

int plan_groups_make(const struct plan *plan, struct plan_groups *ret_groups,
                     struct error *err);
void plan_groups_done(struct plan_groups *groups);

#endif
