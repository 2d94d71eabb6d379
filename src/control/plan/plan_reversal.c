/* SPDX-License-Identifier: Apache-2.0 */
/* The change that brings back what a journalled one found. */
#include "control/plan/plan.h"
#include "control/plan/plan_effect.h"

static enum plan_action
action_of(const struct contact *present, const struct contact *restored)
{
    if (restored == NULL)
        return PLAN_DELETE;
    return present == NULL ? PLAN_CREATE : PLAN_UPDATE;
}

int
plan_add_reversal(struct plan *plan, const struct subscription *subscription,
                  const struct contact_reading *reading,
                  const struct contact *restored, int64_t reverts,
                  struct error *err)
{
    struct plan_change change = {
        .subscription = *subscription,
        .action = action_of(reading->contact, restored),
        .before = reading->contact,
        .after = restored,
        .image = reading->image,
        .version = reading->version,
        .reverts = reverts,
    };

    if (plan_effect(&change, reading->other_count, plan->arena) < 0)
        return error_set_memory(err);
    return plan_add_change(plan, &change, err);
}
