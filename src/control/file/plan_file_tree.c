/* SPDX-License-Identifier: Apache-2.0 */
/* A plan as a tree. */
#include "base/cleanup.h"
#include "control/file/plan_file.h"
#include "control/file/plan_file_part.h"

static json_t *
changes_tree(const struct plan *plan)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < plan->change_count; i++)
        if (json_array_append_new(list, plan_file_change(&plan->changes[i]))
            < 0)
            return NULL;
    return take_pointer(list);
}

static json_t *
obstacle_tree(const struct plan_obstacle *obstacle)
{
    return json_pack("{s:o, s:s, s:s?, s:o}", "subscription",
                     plan_file_subscription(&obstacle->subscription), "reason",
                     plan_obstacle_reason_name(obstacle->reason), "argument",
                     obstacle->argument, "error",
                     plan_file_contact_error(obstacle->error));
}

static json_t *
obstacles_tree(const struct plan *plan)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < plan->obstacle_count; i++)
        if (json_array_append_new(list, obstacle_tree(&plan->obstacles[i]))
            < 0)
            return NULL;
    return take_pointer(list);
}

json_t *
plan_file_tree(const struct plan_file *file)
{
    const struct plan *plan = file->plan;

    return json_pack(
        "{s:s, s:s, s:I, s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:I, s:I, s:b, "
        "s:o, s:o}",
        "id", plan->id, "kind", plan_kind_name(plan->kind), "createdAt",
        (json_int_t) plan->created_at, "cloud", plan->cloud, "endpoint",
        file->endpoint, "config", plan->config, "reverts", plan->reverts,
        "tenants", plan_file_texts(file->tenants.items, file->tenants.count),
        "profile", plan_file_profile(file->profile), "subscriptions",
        (json_int_t) plan->subscriptions, "compliant",
        (json_int_t) plan->compliant, "complete", plan->complete, "changes",
        changes_tree(plan), "obstacles", obstacles_tree(plan));
}
