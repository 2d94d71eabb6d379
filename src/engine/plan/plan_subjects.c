/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the subscriptions of a plan are what it calls them. */
#include "engine/plan/plan_subjects.h"

#include <stdlib.h>
#include <string.h>

#include "azure/resource/subscription_list.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"

struct subjects {
    const struct plan *plan;
    struct session *const *sessions;
    size_t session_count;
    const struct plan_change **by_id; /* owned */
    struct arena *arena;              /* of what is listed */
    struct loop *loop;
    size_t under_way; /* lists */
    bool looping;
    struct error failure; /* the first one */
};

static int
compare_changes(const void *left, const void *right)
{
    const struct plan_change *const *left_change = left;
    const struct plan_change *const *right_change = right;

    return text_compare_ignoring_case((*left_change)->subscription.id,
                                      (*right_change)->subscription.id);
}

static const struct subscription *
find_planned(const struct subjects *subjects, const char *id)
{
    const struct plan_change key = { .subscription.id = id };
    const struct plan_change *wanted = &key;
    const struct plan_change **found =
        bsearch(&wanted, subjects->by_id, subjects->plan->change_count,
                sizeof(*subjects->by_id), compare_changes);

    return found != NULL ? &(*found)->subscription : NULL;
}

static void
fail(struct subjects *subjects, struct error *err)
{
    if (subjects->failure.message == NULL)
        error_move(&subjects->failure, err);
}

static int
compare(const struct subscription *planned, const struct subscription *listed,
        struct error *err)
{
    if (!text_equal_ignoring_case(planned->tenant_id, listed->tenant_id))
        error_set(err,
                  "subscription %s belongs to tenant %s, and the plan says "
                  "%s",
                  listed->id,
                  *listed->tenant_id != '\0' ? listed->tenant_id : "?",
                  planned->tenant_id);
    else if (strcmp(planned->name, listed->name) != 0)
        error_set(err,
                  "subscription %s is called '%s', and the plan says '%s'",
                  listed->id, listed->name, planned->name);
    else
        return 0;
    return error_advise(err, "make the plan anew, with --save-plan, and have "
                             "it approved again");
}

static int
take_subscription(const struct subscription *listed, void *data,
                  struct error *err)
{
    struct subjects *subjects = data;
    const struct subscription *planned = find_planned(subjects, listed->id);
    AUTOERROR wrong = ERROR_INIT;

    (void) err;
    if (planned != NULL && compare(planned, listed, &wrong) < 0)
        fail(subjects, &wrong);
    return 0;
}

static void
list_ended(const struct arm_error *error, size_t strange, void *data)
{
    struct subjects *subjects = data;
    AUTOERROR err = ERROR_INIT;

    /* What has no usable id is not in a plan, either. */
    (void) strange;
    if (error != NULL) {
        arm_error_to_error(error, &err);
        error_wrap(&err, "list subscriptions");
        fail(subjects, &err);
    }
    if (--subjects->under_way == 0 && subjects->looping)
        loop_stop(subjects->loop);
}

static int
list_all(struct subjects *subjects, struct error *err)
{
    int result = 0;

    for (size_t i = 0; result == 0 && i < subjects->session_count; i++) {
        subjects->under_way++;
        result = subscription_list(session_arm(subjects->sessions[i]),
                                   subjects->arena, take_subscription,
                                   list_ended, subjects, err);
        if (result < 0)
            subjects->under_way--;
    }
    subjects->looping = true;
    /* Those that were begun come to their end in any case. */
    if (subjects->under_way > 0) {
        AUTOERROR broken = ERROR_INIT;
        if (loop_run(subjects->loop, &broken) < 0)
            fail(subjects, &broken);
    }
    if (result == 0 && subjects->failure.message != NULL) {
        error_move(err, &subjects->failure);
        result = -1;
    }
    return result;
}

static void
subjects_done(struct subjects *subjects)
{
    /* After a failure of our own, pages may still be on their way here. */
    for (size_t i = 0; subjects->under_way > 0 && i < subjects->session_count;
         i++)
        http_client_cancel(arm_client(session_arm(subjects->sessions[i])));
    free(subjects->by_id);
    arena_free(subjects->arena);
    error_done(&subjects->failure);
}

int
plan_subjects_verify(const struct plan *plan, const char *name,
                     struct session *const *sessions, size_t session_count,
                     struct loop *loop, struct error *err)
{
    CLEANUP(subjects_done)
    struct subjects subjects = { .plan = plan,
                                 .sessions = sessions,
                                 .session_count = session_count,
                                 .loop = loop };

    subjects.by_id = calloc(plan->change_count + 1, sizeof(*subjects.by_id));
    subjects.arena = arena_new();
    if (subjects.by_id == NULL || subjects.arena == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < plan->change_count; i++)
        subjects.by_id[i] = &plan->changes[i];
    qsort(subjects.by_id, plan->change_count, sizeof(*subjects.by_id),
          compare_changes);
    if (list_all(&subjects, err) < 0)
        return error_wrap(err, "%s", name);
    return 0;
}
