/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest set of changes by which a run's subscriptions comply. */
#include "control/plan/planned_contact.h"
#include "control/plan/plan.h"
#include "control/plan/plan_effect.h"
#include "control/plan/remedy.h"

/* A plan in the making. */
struct making {
    struct plan *plan;
    const struct run *run;
    const struct plan_options *options;
};

static int
obstruct(struct making *making, const struct assessment *assessment,
         enum plan_obstacle_reason reason, const char *argument,
         struct error *err)
{
    const struct contact_reading *reading = &assessment->reading;
    const struct plan_obstacle obstacle = {
        .subscription = assessment->subscription,
        .reason = reason,
        .argument = argument,
        .error = reason == PLAN_OBSTACLE_UNREADABLE ? reading->error : NULL,
    };

    return plan_add_obstacle(making->plan, &obstacle, err);
}

/* The first finding of this status; NULL where there is none. */
static const struct finding *
first_finding(const struct assessment *assessment, enum finding_status status)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].status == status)
            return &assessment->findings[i];
    return NULL;
}

/* What stands in the way whatever is to be changed; PLAN_OBSTACLE_COUNT where
 * nothing does. */
static enum plan_obstacle_reason
standing_obstacle(const struct making *making,
                  const struct assessment *assessment,
                  const char **ret_argument)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct contact_reading *reading = &assessment->reading;

    if (reading->kind == CONTACT_READING_FAILED) {
        *ret_argument = reading->error->code;
        return PLAN_OBSTACLE_UNREADABLE;
    }
    if (!plan_may_write(making->options, subscription->tenant_id)) {
        *ret_argument = subscription->tenant_id;
        return PLAN_OBSTACLE_TENANT;
    }
    /* ARM's contract for resource providers: there a PUT must not work. */
    if (subscription_state(subscription) == SUBSCRIPTION_STATE_WARNED) {
        *ret_argument = subscription->state;
        return PLAN_OBSTACLE_READ_ONLY;
    }
    if (reading->version == CONTACT_VERSION_2017_08_01) {
        *ret_argument = contact_version_name(reading->version);
        return PLAN_OBSTACLE_VERSION;
    }
    if (reading->kind == CONTACT_READING_UNREGISTERED
        && !making->options->register_provider)
        return PLAN_OBSTACLE_UNREGISTERED;
    return PLAN_OBSTACLE_COUNT;
}

/* Judges what would be as what is there was judged: what is muted there is
 * left as it is. */
static int
judge(const struct planned_contact *draft, const struct assessment *before,
      const struct profile *profile, struct arena *scratch,
      struct assessment *ret_after, struct error *err)
{
    const struct contact_reading reading = {
        .kind = CONTACT_READING_DONE,
        .version = draft->contact.version,
        .contact = &draft->contact,
    };

    if (assessment_make(&before->subscription, &reading, profile, scratch,
                        ret_after, err)
        < 0)
        return -1;
    for (size_t i = 0; i < before->finding_count; i++)
        if (before->findings[i].status == FINDING_MUTED
            && ret_after->findings[i].status == FINDING_FAIL)
            ret_after->findings[i].status = FINDING_MUTED;
    return 0;
}

/* Applies the remedy of one requirement that fails; one that was tried has
 * failed. */
static int
remedy(struct planned_contact *draft, const struct requirement *requirement,
       bool tried, struct error *err)
{
    const struct remedy *row = remedy_by_requirement(requirement->id);
    int result;

    if (row == NULL)
        return error_set(err, "requirement %s has no remedy", requirement->id);
    if (!tried)
        result = row->apply(draft);
    else if (row->unmet != NULL)
        result = row->unmet(draft);
    else
        result = planned_contact_obstruct(draft, PLAN_OBSTACLE_CONTRADICTION,
                                          requirement->id);
    return result < 0 ? error_set_memory(err) : 0;
}

/* Remedies one failing requirement after the other, and judges anew after
 * each: dropping an address may leave too few. Each remedy is tried once, so
 * that this ends. */
static int
complete_draft(struct planned_contact *draft, const struct assessment *before,
               const struct profile *profile, struct arena *scratch,
               struct error *err)
{
    bool tried[PROFILE_REQUIREMENTS_CEILING] = { false };

    while (draft->obstacle == PLAN_OBSTACLE_COUNT) {
        struct assessment after;
        if (judge(draft, before, profile, scratch, &after, err) < 0)
            return -1;
        const struct finding *unknown = first_finding(&after, FINDING_UNKNOWN);
        const struct finding *failing = first_finding(&after, FINDING_FAIL);
        if (failing == NULL && unknown == NULL)
            return 0;
        if (failing == NULL) {
            planned_contact_obstruct(draft, PLAN_OBSTACLE_UNKNOWN,
                                     unknown->requirement->id);
            return 0;
        }
        bool *was_tried = &tried[failing - after.findings];
        if (remedy(draft, failing->requirement, *was_tried, err) < 0)
            return -1;
        *was_tried = true;
    }
    return 0;
}

static int
list_failing(const struct assessment *assessment, struct arena *arena,
             struct plan_texts *ret_ids)
{
    const char **ids = arena_allocate_array(
        arena, assessment->finding_count + 1, sizeof(*ids));
    size_t count = 0;

    if (ids == NULL)
        return -1;
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].status == FINDING_FAIL)
            ids[count++] = assessment->findings[i].requirement->id;
    *ret_ids = (struct plan_texts){ ids, count };
    return 0;
}

static enum plan_action
action_of(const struct contact_reading *reading)
{
    if (reading->kind == CONTACT_READING_UNREGISTERED)
        return PLAN_REGISTER;
    return reading->contact == NULL ? PLAN_CREATE : PLAN_UPDATE;
}

static int
add_change(struct making *making, const struct assessment *assessment,
           const struct planned_contact *draft, struct error *err)
{
    const struct contact_reading *reading = &assessment->reading;
    struct arena *arena = making->plan->arena;
    struct contact *after = arena_allocate(arena, sizeof(*after));
    struct plan_change change = {
        .subscription = assessment->subscription,
        .action = action_of(reading),
        .before = reading->contact,
        .after = after,
        .image = reading->image,
        .version = reading->version,
        .drops = draft->drops,
        .drop_count = draft->drop_count,
    };

    if (after == NULL)
        return error_set_memory(err);
    *after = draft->contact;
    if (list_failing(assessment, arena, &change.requirements) < 0
        || plan_effect(&change, reading->other_count, arena) < 0)
        return error_set_memory(err);
    return plan_add_change(making->plan, &change, err);
}

static int
plan_subscription(struct making *making, const struct assessment *assessment,
                  struct arena *scratch, struct error *err)
{
    const struct profile *profile = making->run->profile;
    const char *argument = NULL;
    const enum plan_obstacle_reason standing =
        standing_obstacle(making, assessment, &argument);
    struct planned_contact draft = {
        .arena = making->plan->arena,
        .desired = making->options->desired,
        .thresholds = &profile->thresholds,
    };

    if (standing != PLAN_OBSTACLE_COUNT)
        return obstruct(making, assessment, standing, argument, err);
    if (planned_contact_begin(&draft, &assessment->reading) < 0
        || planned_contact_remove_emails(&draft) < 0)
        return error_set_memory(err);
    if (complete_draft(&draft, assessment, profile, scratch, err) < 0)
        return -1;
    if (draft.obstacle != PLAN_OBSTACLE_COUNT)
        return obstruct(making, assessment, draft.obstacle, draft.argument,
                        err);
    return add_change(making, assessment, &draft, err);
}

static int
plan_assessment(struct making *making, const struct assessment *assessment,
                struct error *err)
{
    switch (assessment->status) {
    case ASSESSMENT_COMPLIANT:
    case ASSESSMENT_MUTED:
    case ASSESSMENT_NOT_APPLICABLE:
        making->plan->compliant++;
        return 0;
    case ASSESSMENT_UNKNOWN:
        if (assessment->reading.kind != CONTACT_READING_FAILED) {
            const struct finding *unknown =
                first_finding(assessment, FINDING_UNKNOWN);
            return obstruct(making, assessment, PLAN_OBSTACLE_UNKNOWN,
                            unknown != NULL ? unknown->requirement->id : NULL,
                            err);
        }
        break;
    case ASSESSMENT_NON_COMPLIANT:
        break;
    }
    /* Findings are judged over and over, and not kept. */
    struct arena *scratch = arena_new();
    const int result =
        scratch != NULL ? plan_subscription(making, assessment, scratch, err)
                        : error_set_memory(err);
    arena_free(scratch);
    return result;
}

static int
plan_run(struct making *making, struct error *err)
{
    const struct run *run = making->run;
    struct plan *plan = making->plan;

    plan->cloud = run->cloud;
    plan->config = run->config;
    plan->profile = run->profile->name;
    plan->subscriptions = run->assessment_count;
    plan->complete = run->complete && !run->interrupted;
    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            plan->complete = false;
    for (size_t i = 0; i < run->assessment_count; i++)
        if (plan_assessment(making, &run->assessments[i], err) < 0)
            return -1;
    return 0;
}

int
plan_make(struct plan **ret_plan, const struct run *run,
          const struct plan_options *options, struct error *err)
{
    struct making making = { .run = run, .options = options };

    if (plan_new(&making.plan, PLAN_REMEDIATION, options->now, options->unique,
                 err)
        < 0)
        return -1;
    if (plan_run(&making, err) < 0) {
        plan_free(making.plan);
        return -1;
    }
    plan_sort(making.plan);
    *ret_plan = making.plan;
    return 0;
}
