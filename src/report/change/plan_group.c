/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of a plan that do the same, together. */
#include "report/change/plan_group.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

/* What reaches furthest first. */
const enum plan_action plan_group_actions[] = {
    PLAN_DELETE,
    PLAN_REGISTER,
    PLAN_CREATE,
    PLAN_UPDATE,
};

static int
compare_numbers(size_t left, size_t right)
{
    return left < right ? -1 : left > right;
}

/* NULL comes first. */
static int
compare_texts(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return (left != NULL) - (right != NULL);
    return strcmp(left, right);
}

static int
compare_lists(const struct plan_texts *left, const struct plan_texts *right)
{
    int order = compare_numbers(left->count, right->count);

    for (size_t i = 0; i < left->count && order == 0; i++)
        order = strcmp(left->items[i], right->items[i]);
    return order;
}

static int
compare_differences(const struct plan_change *left,
                    const struct plan_change *right)
{
    int order =
        compare_numbers(left->difference_count, right->difference_count);

    for (size_t i = 0; i < left->difference_count && order == 0; i++) {
        const struct plan_difference *one = &left->differences[i];
        const struct plan_difference *other = &right->differences[i];
        order = compare_numbers(one->field, other->field);
        if (order == 0)
            order = compare_texts(one->before, other->before);
        if (order == 0)
            order = compare_texts(one->after, other->after);
    }
    return order;
}

static int
compare_drops(const struct plan_change *left, const struct plan_change *right)
{
    int order = compare_numbers(left->drop_count, right->drop_count);

    for (size_t i = 0; i < left->drop_count && order == 0; i++) {
        order = compare_numbers(left->drops[i].reason, right->drops[i].reason);
        if (order == 0)
            order = strcmp(left->drops[i].email, right->drops[i].email);
    }
    return order;
}

static size_t
rank(enum plan_action action)
{
    size_t place = 0;

    while (place < ARRAY_LENGTH(plan_group_actions)
           && plan_group_actions[place] != action)
        place++;
    return place;
}

/* 0 where the two do the same. */
static int
compare_effects(const struct plan_change *left,
                const struct plan_change *right)
{
    int order = compare_numbers(rank(left->action), rank(right->action));

    if (order == 0)
        order = compare_numbers(left->cautions, right->cautions);
    if (order == 0)
        order = compare_differences(left, right);
    if (order == 0)
        order = compare_drops(left, right);
    if (order == 0)
        order = compare_lists(&left->starts, &right->starts);
    if (order == 0)
        order = compare_lists(&left->stops, &right->stops);
    return order;
}

static int
compare_changes(const void *left, const void *right, void *data)
{
    const struct plan *plan = data;
    const size_t left_index = *(const size_t *) left;
    const size_t right_index = *(const size_t *) right;
    const int order = compare_effects(&plan->changes[left_index],
                                      &plan->changes[right_index]);

    return order != 0 ? order : compare_numbers(left_index, right_index);
}

static int
compare_groups(const void *left, const void *right, void *data)
{
    const struct plan *plan = data;
    const struct plan_group *left_group = left;
    const struct plan_group *right_group = right;
    int order =
        compare_numbers(rank(plan->changes[left_group->indices[0]].action),
                        rank(plan->changes[right_group->indices[0]].action));

    if (order == 0)
        order = compare_numbers(right_group->count, left_group->count);
    if (order == 0)
        order =
            compare_numbers(left_group->indices[0], right_group->indices[0]);
    return order;
}

static void
collect(const struct plan *plan, struct plan_groups *groups)
{
    for (size_t i = 0; i < plan->change_count; i++) {
        const size_t index = groups->indices[i];
        struct plan_group *last = &groups->items[groups->count];
        if (i > 0
            && compare_effects(&plan->changes[groups->indices[i - 1]],
                               &plan->changes[index])
                   == 0) {
            last[-1].count++;
            continue;
        }
        last->indices = &groups->indices[i];
        last->count = 1;
        groups->count++;
    }
}

int
plan_groups_make(const struct plan *plan, struct plan_groups *ret_groups,
                 struct error *err)
{
    void *data = (void *) (uintptr_t) plan;
    struct plan_groups groups = {
        .items = calloc(plan->change_count + 1, sizeof(*groups.items)),
        .indices = calloc(plan->change_count + 1, sizeof(*groups.indices)),
    };

    if (groups.items == NULL || groups.indices == NULL) {
        plan_groups_done(&groups);
        return error_set_memory(err);
    }
    for (size_t i = 0; i < plan->change_count; i++)
        groups.indices[i] = i;
    qsort_r(groups.indices, plan->change_count, sizeof(*groups.indices),
            compare_changes, data);
    collect(plan, &groups);
    qsort_r(groups.items, groups.count, sizeof(*groups.items), compare_groups,
            data);
    *ret_groups = groups;
    return 0;
}

void
plan_groups_done(struct plan_groups *groups)
{
    free(groups->items);
    free(groups->indices);
    *groups = (struct plan_groups){ 0 };
}
