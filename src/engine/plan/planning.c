/* SPDX-License-Identifier: Apache-2.0 */
/* Makes plans of remediation whole: with the JSON that is to be written. */
#include "engine/plan/planning.h"

#include "base/buffer.h"
#include "engine/plan/planning_body.h"

static int
write_body(struct plan *plan, struct plan_change *change, struct error *err)
{
    AUTOBUFFER body = BUFFER_INIT(PLANNING_BODY_CEILING);

    if (planning_body_revise(change, &body, err) < 0)
        return -1;
    change->body = arena_copy(plan->arena, buffer_text(&body));
    return change->body != NULL ? 0 : error_set_memory(err);
}

int
planning_remediate(struct plan **ret_plan, const struct run *run,
                   const struct plan_options *options, struct error *err)
{
    struct plan *plan;

    if (plan_make(&plan, run, options, err) < 0)
        return error_wrap(err, "plan");
    for (size_t i = 0; i < plan->change_count; i++) {
        struct plan_change *change = &plan->changes[i];
        if (write_body(plan, change, err) < 0) {
            (void) error_wrap(err, "plan: subscription %s",
                              change->subscription.id);
            plan_free(plan);
            return -1;
        }
    }
    *ret_plan = plan;
    return 0;
}
