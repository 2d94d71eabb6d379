/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the subscriptions listed are read. */
#include "engine/selection.h"

#include <stdlib.h>
#include <string.h>

#include "azure/management_group.h"
#include "base/cleanup.h"
#include "base/text.h"

/* A subscription below one of the management groups. */
struct member {
    char *id;
    bool listed;
};

struct selection {
    const struct scope *scope;
    struct run *run;
    selection_ready *ready;
    void *data;
    size_t pending; /* groups */
    bool failed;    /* and told so */
    struct member *members;
    size_t member_count, member_capacity;
};

/* A management group that is being read. */
struct group {
    struct selection *selection;
    const struct scope_rule *rule;
    size_t subscriptions;
};

int
selection_new(struct selection **ret_selection, const struct scope *scope,
              struct run *run, struct error *err)
{
    static const struct scope everything = { { NULL, 0 },
                                             { NULL, 0 },
                                             { NULL, 0 } };
    struct selection *selection = calloc(1, sizeof(*selection));

    if (selection == NULL)
        return error_set_memory(err);
    selection->scope = scope != NULL ? scope : &everything;
    selection->run = run;
    *ret_selection = selection;
    return 0;
}

void
selection_free(struct selection *selection)
{
    if (selection == NULL)
        return;
    free(selection->members);
    free(selection);
}

static int
take_member(const char *id, void *data, struct error *err)
{
    struct group *group = data;
    struct selection *selection = group->selection;

    if (selection->member_count == selection->member_capacity) {
        const size_t capacity = selection->member_capacity == 0
                                    ? 256
                                    : 2 * selection->member_capacity;
        struct member *grown =
            reallocarray(selection->members, capacity, sizeof(*grown));
        if (grown == NULL)
            return error_set_memory(err);
        selection->members = grown;
        selection->member_capacity = capacity;
    }
    char *copy = arena_copy(selection->run->arena, id);
    if (copy == NULL)
        return error_set_memory(err);
    selection->members[selection->member_count++] =
        (struct member){ copy, false };
    group->subscriptions++;
    return 0;
}

static int
compare_members(const void *left, const void *right)
{
    return text_compare_ignoring_case(((const struct member *) left)->id,
                                      ((const struct member *) right)->id);
}

/* Sorts, and drops what several groups have. */
static void
sort_members(struct selection *selection)
{
    size_t kept = 0;

    if (selection->member_count > 1)
        qsort(selection->members, selection->member_count,
              sizeof(*selection->members), compare_members);
    for (size_t i = 0; i < selection->member_count; i++)
        if (kept == 0
            || compare_members(&selection->members[kept - 1],
                               &selection->members[i])
                   != 0)
            selection->members[kept++] = selection->members[i];
    selection->member_count = kept;
}

static struct member *
find_member(const struct selection *selection, const char *id)
{
    size_t low = 0, high = selection->member_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order =
            text_compare_ignoring_case(selection->members[middle].id, id);
        if (order == 0)
            return &selection->members[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void
explain_group(const struct scope_rule *rule, const struct arm_error *error,
              struct error *err)
{
    arm_error_to_error(error, err);
    error_wrap(err, "%s: management group '%s'", rule->origin, rule->text);
    if (error->http_status == 404 || error->http_status == 403)
        error_advise(err, "give its id, which is not its display name; "
                          "reading it needs the role Reader or Management "
                          "Group Reader on it");
}

static int
note_empty_group(const struct group *group, struct error *err)
{
    AUTOERROR sentence = ERROR_INIT;

    if (group->subscriptions > 0)
        return 0;
    error_set(&sentence, "%s: management group '%s' has no subscriptions",
              group->rule->origin, group->rule->text);
    return run_add_note(group->selection->run, error_message(&sentence), err);
}

static void
group_finished(const struct arm_error *error, void *data)
{
    const struct group *group = data;
    struct selection *selection = group->selection;
    AUTOERROR err = ERROR_INIT;
    int result = 0;

    selection->pending--;
    if (error != NULL) {
        explain_group(group->rule, error, &err);
        result = -1;
    } else {
        result = note_empty_group(group, &err);
    }
    if (selection->failed)
        return;
    if (result < 0) {
        selection->failed = true;
        selection->ready(&err, selection->data);
    } else if (selection->pending == 0) {
        sort_members(selection);
        selection->ready(NULL, selection->data);
    }
}

int
selection_start(struct selection *selection, struct arm *arm,
                selection_ready *ready, void *data, struct error *err)
{
    const struct scope_rules *groups = &selection->scope->groups;

    selection->ready = ready;
    selection->data = data;
    for (size_t i = 0; i < groups->count; i++) {
        struct group *group =
            arena_allocate(selection->run->arena, sizeof(*group));
        if (group == NULL)
            return error_set_memory(err);
        group->selection = selection;
        group->rule = &groups->items[i];
        if (management_group_list(arm, group->rule->text, take_member,
                                  group_finished, group, err)
            < 0)
            return -1;
        selection->pending++;
    }
    return 0;
}

bool
selection_pending(const struct selection *selection)
{
    return selection->pending > 0;
}

bool
selection_defers(const struct selection *selection)
{
    return scope_has_inclusions(selection->scope);
}

bool
selection_takes(const struct selection *selection,
                const struct subscription *subscription)
{
    const struct scope *scope = selection->scope;

    if (scope_excludes(scope, subscription))
        return false;
    return !scope_has_inclusions(scope) || scope_includes(scope, subscription)
           || find_member(selection, subscription->id) != NULL;
}

static int
add_warning(const char *sentence, void *data, struct error *err)
{
    return run_add_note(data, sentence, err);
}

static int
report_unlisted(struct selection *selection,
                const struct subscription *const *listed, size_t count,
                struct error *err)
{
    AUTOERROR sentence = ERROR_INIT;
    size_t unlisted = 0;

    for (size_t i = 0; i < count; i++) {
        struct member *member = find_member(selection, listed[i]->id);
        if (member != NULL)
            member->listed = true;
    }
    for (size_t i = 0; i < selection->member_count; i++)
        if (!selection->members[i].listed)
            unlisted++;
    if (unlisted == 0)
        return 0;
    selection->run->complete = false;
    error_set(&sentence,
              "%zu of the management groups' subscriptions are not visible "
              "to this identity and were not read",
              unlisted);
    return run_add_error(selection->run, error_message(&sentence), err);
}

int
selection_verify(struct selection *selection,
                 const struct subscription *const *listed, size_t count,
                 struct error *err)
{
    if (scope_verify(selection->scope, listed, count, add_warning,
                     selection->run, err)
        < 0)
        return -1;
    return report_unlisted(selection, listed, count, err);
}
