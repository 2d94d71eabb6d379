/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out a plan: which change begins when, and what stops them. The
 * steps of each are engine/enactment's. */
#include "engine/apply/apply.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "engine/apply/change_error.h"
#include "engine/apply/change_residue.h"
#include "engine/apply/apply_change.h"
#include "engine/session/tenant_access.h"
#include "store/journal.h"
#include "store/store.h"

/* A change of the plan, by its index. */
struct place {
    struct apply *apply;
    size_t index;
    struct apply_change *apply_change; /* while it is under way */
    bool sent; /* it has ended, and something was sent */
};

struct apply {
    struct apply_options options;
    struct apply_change_options each;
    struct tenant_access_list accesses;
    struct arena *arena;
    struct operation_report report;
    struct place *places; /* one for each change */
    size_t begun, under_way, ended;
    size_t sent; /* of those that have ended */
    size_t failures;
    bool proved; /* one was DONE */
    bool looping;
    struct error failure; /* of our own */
};

static size_t
planned(const struct apply *apply)
{
    return apply->options.plan->change_count;
}

static bool
is_stopped(const struct apply *apply)
{
    return apply->report.stopped != NULL || apply->report.interrupted;
}

/* Nothing begins any more, and what has not sent anything does not. */
static void
withhold(struct apply *apply)
{
    for (size_t i = 0; i < apply->begun; i++)
        if (apply->places[i].apply_change != NULL)
            apply_change_withhold(apply->places[i].apply_change);
}

static void
stop(struct apply *apply, const char *sentence)
{
    if (apply->report.stopped == NULL)
        apply->report.stopped = sentence != NULL ? sentence : "out of memory";
    withhold(apply);
}

/* The first failure of our own says why all ends. */
static void
break_off(struct apply *apply, struct error *err)
{
    const char *advice = err->advice;

    if (apply->failure.message != NULL)
        return;
    error_move(&apply->failure, err);
    stop(apply, arena_printf(
                    apply->arena, "%s; no further change was sent%s%s",
                    error_message(&apply->failure), advice != NULL ? ": " : "",
                    advice != NULL ? advice : ""));
}

static void
change_broken(struct error *err, void *data)
{
    break_off(((struct place *) data)->apply, err);
}

/* A reversal that Azure keeps a member of is announced by its plan
 * (PLAN_CAUTION_PHONE), and says nothing about the others. */
static bool
is_foreseen(const struct apply *apply, const struct change_result *result)
{
    return apply->options.plan->kind == PLAN_REVERSAL
           && result->outcome == CHANGE_DIFFERENT
           && change_residue_is_kept(result);
}

static bool
is_failure(const struct apply *apply, const struct change_result *result)
{
    switch (result->outcome) {
    case CHANGE_REFUSED:
    case CHANGE_UNVERIFIED:
        return true;
    case CHANGE_NOT_SENT:
        /* What came when it was read again could not be used. */
        return result->error != NULL && result->error->http_status != 0;
    case CHANGE_DIFFERENT:
        return !is_foreseen(apply, result);
    default:
        return false;
    }
}

static void
brake(struct apply *apply, const struct subscription *subscription, bool sent)
{
    apply->failures++;
    if (sent && !apply->proved)
        stop(apply,
             arena_printf(apply->arena,
                          "the first change, of %s (%s), goes alone, and it "
                          "could not be proved: no other was sent",
                          subscription->name, subscription->id));
    else if (apply->failures == apply->options.stop_after)
        stop(apply,
             arena_printf(apply->arena,
                          "%zu changes failed, after which no further one "
                          "begins (--stop-after)",
                          apply->failures));
}

static void
take_result(struct apply *apply, size_t index,
            const struct change_result *result, bool sent)
{
    apply->report.results[index] = *result;
    apply->places[index].sent = sent && result->outcome != CHANGE_NOT_SENT;
    apply->ended++;
    apply->sent += sent;
    apply->proved |=
        result->outcome == CHANGE_DONE || is_foreseen(apply, result);
    if (is_failure(apply, result))
        brake(apply, &apply->options.plan->changes[index].subscription, sent);
    if (apply->options.progress != NULL)
        apply->options.progress(apply->ended, planned(apply),
                                apply->options.data);
}

static void begin_changes(struct apply *apply);

static void
change_ended(const struct change_result *result, void *data)
{
    struct place *place = data;
    struct apply *apply = place->apply;

    take_result(apply, place->index, result,
                apply_change_sent(place->apply_change));
    apply_change_free(take_pointer(place->apply_change));
    apply->under_way--;
    begin_changes(apply);
    if (apply->under_way == 0 && apply->looping)
        loop_stop(apply->options.loop);
}

static void
begin_change(struct apply *apply, struct place *place)
{
    const struct plan_change *change =
        &apply->options.plan->changes[place->index];
    const char *tenant = change->subscription.tenant_id;
    const struct tenant_access *access =
        tenant_access_find(&apply->accesses, tenant);
    AUTOERROR err = ERROR_INIT;

    if (access == NULL) {
        const struct change_result refused = {
            .outcome = CHANGE_REFUSED,
            .error = change_error_make(apply->arena, CHANGE_CODE_NO_SESSION,
                                       "nobody is signed in to its tenant %s",
                                       tenant),
        };
        take_result(apply, place->index, &refused, false);
        return;
    }
    if (apply_change_start(&place->apply_change, &apply->each, access, change,
                           place, &err)
        < 0) {
        break_off(apply, &err);
        return;
    }
    /* What the report shows if it never ends. */
    apply->report.results[place->index].outcome = CHANGE_PENDING;
    apply->under_way++;
}

static bool
may_begin(const struct apply *apply)
{
    const struct apply_options *options = &apply->options;
    const size_t width = apply->proved ? options->concurrency : 1;

    return !is_stopped(apply) && apply->begun < planned(apply)
           && apply->under_way < width
           && (options->limit == 0
               || apply->sent + apply->under_way < options->limit);
}

static void
begin_changes(struct apply *apply)
{
    while (may_begin(apply))
        begin_change(apply, &apply->places[apply->begun++]);
}

int
apply_new(struct apply **ret_apply, const struct apply_options *options,
          struct error *err)
{
    struct apply *apply = calloc(1, sizeof(*apply));
    const size_t count = options->plan->change_count;

    if (apply == NULL)
        return error_set_memory(err);
    apply->options = *options;
    apply->arena = arena_new();
    apply->places = calloc(count + 1, sizeof(*apply->places));
    apply->report.results = calloc(count + 1, sizeof(struct change_result));
    if (apply->arena == NULL || apply->places == NULL
        || apply->report.results == NULL)
        error_set_memory(err);
    if (apply->arena == NULL || apply->places == NULL
        || apply->report.results == NULL
        || tenant_access_list_init(&apply->accesses, options->sessions,
                                   options->session_count, err)
               < 0) {
        apply_free(apply);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        apply->places[i] = (struct place){ .apply = apply, .index = i };
        apply->report.results[i].outcome = CHANGE_NOT_SENT;
    }
    apply->report.operation = options->operation;
    apply->report.plan = options->plan;
    apply->each = (struct apply_change_options){
        .loop = options->loop,
        .store = options->store,
        .operation = options->operation.id,
        .profile =
            options->plan->kind == PLAN_REMEDIATION ? options->profile : NULL,
        .mutes = options->mutes,
        .verify_timeout = options->verify_timeout,
        .arena = apply->arena,
        .backup = options->backup,
        .backup_data = options->data,
        .ended = change_ended,
        .broken = change_broken,
    };
    *ret_apply = apply;
    return 0;
}

void
apply_free(struct apply *apply)
{
    if (apply == NULL)
        return;
    /* After a failure of our own, answers may still be on their way here. */
    for (size_t i = 0; apply->places != NULL && i < apply->begun; i++)
        if (apply->places[i].apply_change != NULL)
            apply_change_abandon(apply->places[i].apply_change);
    if (apply->under_way > 0)
        tenant_access_list_cancel(&apply->accesses);
    for (size_t i = 0; apply->places != NULL && i < apply->begun; i++)
        apply_change_free(apply->places[i].apply_change);
    tenant_access_list_done(&apply->accesses);
    free(apply->places);
    free(apply->report.results);
    arena_free(apply->arena);
    error_done(&apply->failure);
    free(apply);
}

static int
loop_until_ended(struct apply *apply, struct error *err)
{
    int result = 0;

    begin_changes(apply);
    apply->looping = true;
    if (apply->under_way > 0)
        result = loop_run(apply->options.loop, err);
    apply->looping = false;
    return result;
}

/* That a limit was reached is no failure, and yet something is left. */
static void
note_limit(struct apply *apply)
{
    if (!is_stopped(apply) && apply->begun < planned(apply))
        stop(apply, arena_printf(apply->arena,
                                 "--limit %zu is reached: of the planned "
                                 "changes %zu were left",
                                 apply->options.limit,
                                 planned(apply) - apply->begun));
}

/* Whether the last record of this change says what came of it; where the
 * provider was registered, and no more, that record is of the registration. */
static bool
is_recorded(const struct change *changes, size_t count,
            const struct plan_change *planned)
{
    for (size_t i = count; i-- > 0;)
        if (strcmp(changes[i].subscription.id, planned->subscription.id) == 0)
            return changes[i].result.outcome != CHANGE_PENDING;
    return false;
}

/* Whatever SQLite has said so far: only what can be read back from the files
 * as they are now is on record. */
static void
note_unrecorded(struct apply *apply)
{
    const struct journal_filter ours = {
        .operation = apply->report.operation.id,
    };
    struct change *changes = NULL;
    size_t count = 0;
    AUTOERROR lost = ERROR_INIT;

    if (journal_reread(apply->options.store, &ours, apply->arena, &changes,
                       &count, &lost)
        < 0) {
        count = 0;
        break_off(apply, &lost);
    }
    for (size_t i = 0; i < planned(apply); i++) {
        if (!apply->places[i].sent
            || is_recorded(changes, count, &apply->options.plan->changes[i]))
            continue;
        apply->report.results[i].unrecorded = true;
        error_set(&lost, "%s: does not hold every change that was sent",
                  store_path(apply->options.store));
        error_advise(&lost, "what is missing there is listed on stderr: keep "
                            "that");
        break_off(apply, &lost);
    }
}

/* Asked before each try of each request that changes something. */
static int
may_send(void *data, struct error *reason)
{
    struct apply *apply = data;
    AUTOERROR gone = ERROR_INIT;

    if (journal_check(apply->options.store, &gone) == 0)
        return 0;
    (void) error_set(reason, "%s", error_message(&gone));
    break_off(apply, &gone);
    return -1;
}

static void
guard_requests(struct apply *apply, http_permit *permit)
{
    for (size_t i = 0; i < apply->options.session_count; i++)
        arm_set_permit(session_arm(apply->options.sessions[i]), permit, apply);
}

int
apply_run(struct apply *apply, struct error *err)
{
    struct operation *operation = &apply->report.operation;

    if (journal_begin(apply->options.store, operation, err) < 0)
        return -1;
    guard_requests(apply, may_send);
    const int ended = loop_until_ended(apply, err);
    guard_requests(apply, NULL);
    if (ended < 0)
        return -1;
    note_limit(apply);
    if (apply->failure.message != NULL && apply->sent == 0) {
        error_move(err, &apply->failure);
        return -1;
    }
    operation->finished_at = clock_now();
    AUTOERROR late = ERROR_INIT;
    if (journal_end(apply->options.store, operation, operation->finished_at,
                    &late)
        < 0)
        break_off(apply, &late);
    note_unrecorded(apply);
    return 0;
}

void
apply_interrupt(struct apply *apply)
{
    apply->report.interrupted = true;
    withhold(apply);
}

const struct operation_report *
apply_report(const struct apply *apply)
{
    return &apply->report;
}
