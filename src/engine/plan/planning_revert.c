/* SPDX-License-Identifier: Apache-2.0 */
/* The inverse of changes that were made. */
#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_snapshot.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "engine/plan/planning.h"
#include "engine/plan/planning_body.h"

/* A reversal in the making. */
struct reverting {
    struct plan *plan;
    const struct run *run;
    const struct plan_options *options;
    const struct assessment **by_id; /* those of the run; owned */
};

/* What was done to one subscription. */
struct history {
    const struct change *first, *last; /* of those to its contact that were
                                          made, or may have been */
    bool registered;
    struct subscription subscription; /* as journalled */
};

static bool
may_have_been_made(const struct change *change)
{
    switch (change->result.outcome) {
    case CHANGE_PENDING:
    case CHANGE_DONE:
    case CHANGE_DIFFERENT:
    case CHANGE_UNVERIFIED:
        return true;
    default:
        return false;
    }
}

static int
compare_assessments(const void *left, const void *right)
{
    const struct assessment *const *left_assessment = left;
    const struct assessment *const *right_assessment = right;

    return strcmp((*left_assessment)->subscription.id,
                  (*right_assessment)->subscription.id);
}

/* Those of one subscription together, in the order of the journal. */
static int
compare_changes(const void *left, const void *right)
{
    const struct change *const *left_change = left;
    const struct change *const *right_change = right;
    const int order = strcmp((*left_change)->subscription.id,
                             (*right_change)->subscription.id);

    if (order != 0)
        return order;
    return *left_change < *right_change ? -1 : *left_change > *right_change;
}

static const struct assessment *
find_assessment(const struct reverting *reverting, const char *id)
{
    const struct assessment key = { .subscription.id = id };
    const struct assessment *wanted = &key;
    const struct assessment **found =
        bsearch(&wanted, reverting->by_id, reverting->run->assessment_count,
                sizeof(*reverting->by_id), compare_assessments);

    return found != NULL ? *found : NULL;
}

static int
obstruct(struct reverting *reverting, const struct subscription *subscription,
         enum plan_obstacle_reason reason, const char *argument,
         struct error *err)
{
    const struct plan_obstacle obstacle = { .subscription = *subscription,
                                            .reason = reason,
                                            .argument = argument };

    return plan_add_obstacle(reverting->plan, &obstacle, err);
}

/* Documents of two versions are never equal: their members differ. */
static int
equals_image(const struct contact_snapshot *left,
             const struct contact_snapshot *right, bool *ret_equal,
             struct error *err)
{
    *ret_equal = false;
    if (left->version != right->version)
        return 0;
    return contact_snapshot_equal(left, right, ret_equal, err);
}

/* Whether what is there is what the last change left: what was read after it,
 * or, where nobody could see what became of it, what it was to write. */
static int
is_as_left(const struct change *last, const struct contact_snapshot *present,
           struct arena *arena, bool *ret_left, struct error *err)
{
    const bool seen = last->result.outcome == CHANGE_DONE
                      || last->result.outcome == CHANGE_DIFFERENT;
    struct change_residue *residue;
    size_t count;

    *ret_left = false;
    if (last->result.after != NULL
        && equals_image(last->result.after, present, ret_left, err) < 0)
        return -1;
    if (*ret_left || (seen && last->result.after != NULL))
        return 0;
    if (contact_snapshot_residue(last->body, present, false, arena, &residue,
                                 &count, err)
        < 0)
        return -1;
    *ret_left = count == 0;
    return 0;
}

static int
write_body(struct plan *plan, struct plan_change *change,
           const struct contact_snapshot *before, struct error *err)
{
    AUTOBUFFER body = BUFFER_INIT(PLANNING_BODY_CEILING);

    if (change->action == PLAN_DELETE)
        return 0;
    struct contact_reading shown;
    if (contact_snapshot_restore(before, &body, err) < 0
        || contact_snapshot_decode_body(buffer_text(&body), before->version,
                                        plan->arena, &shown, err)
               < 0)
        return -1;
    change->body = arena_copy(plan->arena, buffer_text(&body));
    return change->body != NULL ? 0 : error_set_memory(err);
}

static int
add_reversal(struct reverting *reverting, const struct assessment *assessment,
             const struct history *history, const struct contact *restored,
             struct error *err)
{
    struct plan *plan = reverting->plan;

    if (plan_add_reversal(plan, &assessment->subscription,
                          &assessment->reading, restored, history->first->id,
                          err)
        < 0)
        return -1;
    return write_body(plan, &plan->changes[plan->change_count - 1],
                      history->first->before, err);
}

/* What stands in the way whatever was there before; PLAN_OBSTACLE_COUNT where
 * nothing does. */
static enum plan_obstacle_reason
standing_obstacle(const struct reverting *reverting,
                  const struct assessment *assessment,
                  const char **ret_argument)
{
    const struct subscription *subscription = &assessment->subscription;

    if (!plan_may_write(reverting->options, subscription->tenant_id)) {
        *ret_argument = subscription->tenant_id;
        return PLAN_OBSTACLE_TENANT;
    }
    if (!subscription_applicable(subscription)) {
        *ret_argument = subscription->state;
        return PLAN_OBSTACLE_READ_ONLY;
    }
    if (assessment->reading.version == CONTACT_VERSION_2017_08_01) {
        *ret_argument = contact_version_name(assessment->reading.version);
        return PLAN_OBSTACLE_VERSION;
    }
    return PLAN_OBSTACLE_COUNT;
}

/* Compares what is there with what was, and with what the last change
 * left. */
static int
revert_contact(struct reverting *reverting,
               const struct assessment *assessment,
               const struct history *history, struct error *err)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct contact_snapshot *before = history->first->before;
    const struct contact_snapshot *present = assessment->reading.image;
    struct arena *arena = reverting->plan->arena;
    struct contact_reading restored;
    bool same, left;

    if (before == NULL || present == NULL)
        return error_set(err, "what was read of it has not been kept");
    if (equals_image(before, present, &same, err) < 0)
        return -1;
    if (same) {
        reverting->plan->compliant++;
        return 0;
    }
    if (before->version != present->version)
        return obstruct(reverting, subscription, PLAN_OBSTACLE_VERSION,
                        contact_version_name(before->version), err);
    if (is_as_left(history->last, present, arena, &left, err) < 0
        || contact_snapshot_decode(before, arena, &restored, err) < 0)
        return -1;
    if (!left)
        return obstruct(reverting, subscription, PLAN_OBSTACLE_CONFLICT, NULL,
                        err);
    /* ARM's contract for resource providers: a DELETE works there. */
    if (restored.contact != NULL
        && subscription_state(subscription) == SUBSCRIPTION_STATE_WARNED)
        return obstruct(reverting, subscription, PLAN_OBSTACLE_READ_ONLY,
                        subscription->state, err);
    return add_reversal(reverting, assessment, history, restored.contact, err);
}

/* Nobody unregistered it but others. There is no contact then, which is as
 * it was where there was none before. */
static int
revert_unregistered(struct reverting *reverting,
                    const struct assessment *assessment,
                    const struct history *history, struct error *err)
{
    struct contact_reading restored;

    if (contact_snapshot_decode(history->first->before, reverting->plan->arena,
                                &restored, err)
        < 0)
        return -1;
    if (restored.contact != NULL)
        return obstruct(reverting, &assessment->subscription,
                        PLAN_OBSTACLE_UNREGISTERED, NULL, err);
    reverting->plan->compliant++;
    return 0;
}

static int
revert_history(struct reverting *reverting, const struct history *history,
               struct error *err)
{
    const struct assessment *assessment =
        find_assessment(reverting, history->subscription.id);
    const char *argument = NULL;

    if (assessment == NULL)
        return obstruct(reverting, &history->subscription, PLAN_OBSTACLE_GONE,
                        NULL, err);
    const struct contact_reading *reading = &assessment->reading;
    const enum plan_obstacle_reason standing =
        standing_obstacle(reverting, assessment, &argument);
    if (standing != PLAN_OBSTACLE_COUNT)
        return obstruct(reverting, &assessment->subscription, standing,
                        argument, err);
    if (reading->kind == CONTACT_READING_FAILED) {
        const struct plan_obstacle obstacle = {
            .subscription = assessment->subscription,
            .reason = PLAN_OBSTACLE_UNREADABLE,
            .argument = reading->error->code,
            .error = reading->error,
        };
        return plan_add_obstacle(reverting->plan, &obstacle, err);
    }
    if (reading->kind == CONTACT_READING_UNREGISTERED)
        return revert_unregistered(reverting, assessment, history, err);
    return revert_contact(reverting, assessment, history, err);
}

/* The changes of one subscription. */
static struct history
history_of(const struct change *const *changes, size_t count)
{
    struct history history = { .subscription = changes[0]->subscription };

    for (size_t i = 0; i < count; i++) {
        if (!may_have_been_made(changes[i]))
            continue;
        if (changes[i]->action == PLAN_REGISTER) {
            history.registered = true;
            continue;
        }
        if (history.first == NULL)
            history.first = changes[i];
        history.last = changes[i];
    }
    return history;
}

static int
revert_subscription(struct reverting *reverting,
                    const struct change *const *changes, size_t count,
                    struct error *err)
{
    const struct history history = history_of(changes, count);

    if (history.first == NULL && !history.registered)
        return 0;
    reverting->plan->subscriptions++;
    if (history.registered
        && obstruct(reverting, &history.subscription, PLAN_OBSTACLE_NOT_UNDONE,
                    NULL, err)
               < 0)
        return -1;
    if (history.first == NULL)
        return 0;
    if (revert_history(reverting, &history, err) < 0)
        return error_wrap(err, "subscription %s", history.subscription.id);
    return 0;
}

static int
revert_all(struct reverting *reverting, const struct change **changes,
           size_t count, struct error *err)
{
    qsort(changes, count, sizeof(*changes), compare_changes);
    for (size_t first = 0, end; first < count; first = end) {
        end = first + 1;
        while (end < count
               && strcmp(changes[end]->subscription.id,
                         changes[first]->subscription.id)
                      == 0)
            end++;
        if (revert_subscription(reverting, &changes[first], end - first, err)
            < 0)
            return -1;
    }
    plan_sort(reverting->plan);
    return 0;
}

/* Indexes the run by id, and the changes by subscription. */
static int
revert(struct reverting *reverting, const struct change *changes, size_t count,
       struct error *err)
{
    const struct run *run = reverting->run;
    AUTOFREE const struct assessment **by_id =
        calloc(run->assessment_count + 1, sizeof(*by_id));
    AUTOFREE const struct change **ordered =
        calloc(count + 1, sizeof(*ordered));

    if (by_id == NULL || ordered == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < run->assessment_count; i++)
        by_id[i] = &run->assessments[i];
    qsort(by_id, run->assessment_count, sizeof(*by_id), compare_assessments);
    for (size_t i = 0; i < count; i++)
        ordered[i] = &changes[i];
    reverting->by_id = by_id;
    return revert_all(reverting, ordered, count, err);
}

int
planning_revert(struct plan **ret_plan, const struct run *run,
                const struct change *changes, size_t change_count,
                const struct plan_options *options, struct error *err)
{
    struct reverting reverting = { .run = run, .options = options };
    struct plan *plan;

    if (plan_new(&plan, PLAN_REVERSAL, options->now, options->unique, err) < 0)
        return -1;
    plan->cloud = run->cloud;
    plan->config = run->config;
    plan->profile = run->profile->name;
    plan->complete = run->complete && !run->interrupted;
    plan->reverts = change_count > 0 ? changes[0].operation : NULL;
    reverting.plan = plan;
    if (revert(&reverting, changes, change_count, err) < 0) {
        plan_free(plan);
        return error_wrap(err, "plan");
    }
    *ret_plan = plan;
    return 0;
}
