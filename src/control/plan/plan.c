/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that would make an estate compliant, or bring back what was. */
#include "control/plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

static const char *const kind_names[] = {
    [PLAN_REMEDIATION] = "remediation",
    [PLAN_REVERSAL] = "reversal",
};

static const char *const action_names[] = {
    [PLAN_CREATE] = "create",
    [PLAN_UPDATE] = "update",
    [PLAN_DELETE] = "delete",
    [PLAN_REGISTER] = "register",
};

static const char *const drop_reason_names[] = {
    [PLAN_DROP_INVALID] = "invalid",
    [PLAN_DROP_DOMAIN] = "domain",
    [PLAN_DROP_REMOVED] = "removed",
    [PLAN_DROP_REPLACED] = "replaced",
};

static const char *const obstacle_reason_names[PLAN_OBSTACLE_COUNT] = {
    [PLAN_OBSTACLE_UNREADABLE] = "unreadable",
    [PLAN_OBSTACLE_UNKNOWN] = "unknown",
    [PLAN_OBSTACLE_NO_EMAIL] = "no-email",
    [PLAN_OBSTACLE_EMAIL_FEW] = "email-few",
    [PLAN_OBSTACLE_EMAIL_DOMAIN] = "email-domain",
    [PLAN_OBSTACLE_NO_PHONE] = "no-phone",
    [PLAN_OBSTACLE_UNREGISTERED] = "unregistered",
    [PLAN_OBSTACLE_READ_ONLY] = "read-only",
    [PLAN_OBSTACLE_VERSION] = "version",
    [PLAN_OBSTACLE_TENANT] = "tenant",
    [PLAN_OBSTACLE_CONTRADICTION] = "contradiction",
    [PLAN_OBSTACLE_CONFLICT] = "conflict",
    [PLAN_OBSTACLE_NOT_UNDONE] = "not-undone",
    [PLAN_OBSTACLE_GONE] = "gone",
};

const char *
plan_kind_name(enum plan_kind kind)
{
    return kind_names[kind];
}

const char *
plan_action_name(enum plan_action action)
{
    return action_names[action];
}

const char *
plan_drop_reason_name(enum plan_drop_reason reason)
{
    return drop_reason_names[reason];
}

const char *
plan_obstacle_reason_name(enum plan_obstacle_reason reason)
{
    return obstacle_reason_names[reason];
}

bool
plan_may_write(const struct plan_options *options, const char *tenant)
{
    for (size_t i = 0; i < options->tenant_count; i++)
        if (text_equal_ignoring_case(options->tenants[i], tenant))
            return true;
    return false;
}

char *
plan_make_id(struct arena *arena, int64_t created_at, uint16_t unique)
{
    char time[CLOCK_TEXT_SIZE];

    return arena_printf(arena, "%s-%04x", clock_format(created_at, time),
                        unique);
}

int
plan_new(struct plan **ret_plan, enum plan_kind kind, int64_t created_at,
         uint16_t unique, struct error *err)
{
    struct arena *arena = arena_new();

    if (arena == NULL)
        return error_set_memory(err);
    struct plan *plan = arena_allocate(arena, sizeof(*plan));
    char *id = plan_make_id(arena, created_at, unique);
    if (plan == NULL || id == NULL) {
        arena_free(arena);
        return error_set_memory(err);
    }
    plan->arena = arena;
    plan->kind = kind;
    plan->id = id;
    plan->created_at = created_at;
    *ret_plan = plan;
    return 0;
}

/* The plan lies in its own arena. */
void
plan_free(struct plan *plan)
{
    if (plan != NULL)
        arena_free(plan->arena);
}

/* Makes room for one more of count items: the array doubles whenever count
 * reaches a power of two. NULL where memory runs out. */
static void *
grow(struct arena *arena, void *items, size_t count, size_t size)
{
    if (count > 0 && (count & (count - 1)) != 0)
        return items;
    void *larger =
        arena_allocate_array(arena, count > 0 ? 2 * count : 1, size);
    if (larger != NULL && count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

int
plan_add_change(struct plan *plan, const struct plan_change *change,
                struct error *err)
{
    struct plan_change *grown =
        grow(plan->arena, plan->changes, plan->change_count, sizeof(*grown));

    if (grown == NULL)
        return error_set_memory(err);
    grown[plan->change_count++] = *change;
    plan->changes = grown;
    return 0;
}

int
plan_add_obstacle(struct plan *plan, const struct plan_obstacle *obstacle,
                  struct error *err)
{
    struct plan_obstacle *grown = grow(plan->arena, plan->obstacles,
                                       plan->obstacle_count, sizeof(*grown));

    if (grown == NULL)
        return error_set_memory(err);
    grown[plan->obstacle_count++] = *obstacle;
    plan->obstacles = grown;
    return 0;
}

static int
compare_changes(const void *left, const void *right)
{
    const struct plan_change *left_change = left;
    const struct plan_change *right_change = right;

    return subscription_compare(&left_change->subscription,
                                &right_change->subscription);
}

static int
compare_obstacles(const void *left, const void *right)
{
    const struct plan_obstacle *left_obstacle = left;
    const struct plan_obstacle *right_obstacle = right;

    return subscription_compare(&left_obstacle->subscription,
                                &right_obstacle->subscription);
}

void
plan_sort(struct plan *plan)
{
    if (plan->change_count > 0)
        qsort(plan->changes, plan->change_count, sizeof(plan->changes[0]),
              compare_changes);
    if (plan->obstacle_count > 0)
        qsort(plan->obstacles, plan->obstacle_count,
              sizeof(plan->obstacles[0]), compare_obstacles);
}
