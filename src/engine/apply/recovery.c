/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what became of changes whose process was killed. */
#include "engine/apply/recovery.h"

#include <stdbool.h>
#include <stdlib.h>

#include "azure/contact/contact_snapshot.h"
#include "azure/resource/registration.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "engine/apply/change_error.h"
#include "engine/apply/expected_state.h"
#include "engine/session/tenant_access.h"
#include "store/journal.h"

/* ARM gives a resource provider 60 seconds: so long a request whose process
 * is gone may still come to be. */
enum { RECOVERY_FLIGHT = 60 * 1000 };

struct recovery {
    struct store *store;
    struct loop *loop;
    struct tenant_access_list accesses;
    struct arena *arena;
    struct item *items; /* one for each that is asked about */
    size_t count;
    size_t under_way;
    size_t settled;
    size_t left;
    bool abandoned;
    struct error failure; /* of our own */
};

/* An unfinished change. */
struct item {
    struct recovery *recovery;
    struct change change;
    struct tenant_access access;
};

static void
fail(struct recovery *recovery, struct error *err)
{
    if (recovery->failure.message == NULL)
        error_move(&recovery->failure, err);
    recovery->abandoned = true;
    loop_stop(recovery->loop);
}

static void
item_ended(struct recovery *recovery)
{
    if (--recovery->under_way == 0)
        loop_stop(recovery->loop);
}

static void
settle(struct item *item, struct change_result *result)
{
    struct recovery *recovery = item->recovery;
    AUTOERROR err = ERROR_INIT;

    result->settled = true;
    if (journal_complete(recovery->store, &item->change, result, clock_now(),
                         &err)
        < 0) {
        fail(recovery, &err);
        return;
    }
    recovery->settled++;
    item_ended(recovery);
}

static void
leave(struct item *item)
{
    item->recovery->left++;
    item_ended(item->recovery);
}

/* What is there is what was there before: the request was not sent, or it
 * may still be on its way. */
static void
settle_unchanged(struct item *item, struct change_result *result)
{
    result->outcome = CHANGE_NOT_SENT;
    if (clock_now() - item->change.journalled_at < RECOVERY_FLIGHT) {
        result->outcome = CHANGE_UNVERIFIED;
        result->error = change_error_make(
            item->recovery->arena, CHANGE_CODE_NOT_SHOWN,
            "its process was killed less than a minute before, and what was "
            "there before still is: the request may yet arrive");
    }
    settle(item, result);
}

static int
judge(struct item *item, const struct contact_reading *reading,
      struct error *err)
{
    const struct change *change = &item->change;
    struct arena *arena = item->recovery->arena;
    const struct expected_state expected_state = {
        .subscription = &change->subscription,
        .version = change->version,
        .body = change->body,
        .exact = change->reverts != 0,
    };
    struct change_result result = { .after = reading->image };
    struct expected_state_verdict verdict;
    bool unchanged = false;

    if (expected_state_judge(&expected_state, reading, arena, &verdict, err)
        < 0)
        return -1;
    if (verdict.met) {
        result.outcome = CHANGE_DONE;
        settle(item, &result);
        return 0;
    }
    if (verdict.error == NULL && change->before != NULL
        && contact_snapshot_equal(change->before, reading->image, &unchanged,
                                  err)
               < 0)
        return -1;
    if (unchanged) {
        settle_unchanged(item, &result);
        return 0;
    }
    result.outcome =
        verdict.error != NULL ? CHANGE_UNVERIFIED : CHANGE_DIFFERENT;
    result.residue = verdict.residue;
    result.residue_count = verdict.residue_count;
    result.error = verdict.error;
    settle(item, &result);
    return 0;
}

static void
contact_read(const struct contact_reading *reading, void *data)
{
    struct item *item = data;
    AUTOERROR err = ERROR_INIT;

    if (item->recovery->abandoned)
        return;
    if (reading->kind == CONTACT_READING_FAILED)
        leave(item);
    else if (judge(item, reading, &err) < 0)
        fail(item->recovery, &err);
}

static void
registration_known(const char *state, const struct arm_error *error,
                   void *data)
{
    struct item *item = data;
    struct change_result result = { .outcome = CHANGE_UNVERIFIED };

    if (item->recovery->abandoned)
        return;
    if (error != NULL) {
        leave(item);
    } else if (text_equal_ignoring_case(state, "NotRegistered")) {
        settle_unchanged(item, &result);
    } else {
        /* Registering, too, is what was asked for: it ends by itself. */
        if (registration_is_complete(state)
            || text_equal_ignoring_case(state, "Registering"))
            result.outcome = CHANGE_DONE;
        settle(item, &result);
    }
}

static int
ask(struct recovery *recovery, struct item *item, struct error *err)
{
    const struct change *change = &item->change;
    const char *id = change->subscription.id;

    if (change->action == PLAN_REGISTER)
        return registration_read(session_arm(item->access.session), id,
                                 registration_known, item, err);
    return contact_reader_read(item->access.reader, id, recovery->arena,
                               contact_read, item, err);
}

/* The session by which a change was made, or could have been: NULL where
 * none of these is of its tenant and endpoint. */
static int
find_access(const struct recovery *recovery, const struct change *change,
            const struct tenant_access **ret_access, struct error *err)
{
    const struct tenant_access *access = tenant_access_find(
        &recovery->accesses, change->subscription.tenant_id);
    struct history_operation row;

    *ret_access = NULL;
    if (access == NULL)
        return 0;
    if (journal_operation(recovery->store, change->operation, recovery->arena,
                          &row, err)
        < 0)
        return -1;
    if (text_equal_ignoring_case(row.operation.endpoint,
                                 session_endpoint(access->session)))
        *ret_access = access;
    return 0;
}

static int
collect(struct recovery *recovery, struct error *err)
{
    const struct journal_filter pending = { .pending = true };
    struct change *changes;
    size_t count;

    if (journal_changes(recovery->store, &pending, recovery->arena, &changes,
                        &count, err)
        < 0)
        return -1;
    recovery->items = calloc(count + 1, sizeof(*recovery->items));
    if (recovery->items == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct tenant_access *access;
        if (find_access(recovery, &changes[i], &access, err) < 0)
            return -1;
        if (access == NULL)
            recovery->left++;
        else
            recovery->items[recovery->count++] =
                (struct item){ recovery, changes[i], *access };
    }
    return 0;
}

static int
settle_all(struct recovery *recovery, struct error *err)
{
    for (size_t i = 0; i < recovery->count; i++) {
        if (ask(recovery, &recovery->items[i], err) < 0)
            return -1;
        recovery->under_way++;
    }
    if (recovery->under_way > 0 && loop_run(recovery->loop, err) < 0)
        return -1;
    if (recovery->failure.message == NULL)
        return 0;
    error_move(err, &recovery->failure);
    return -1;
}

static void
recovery_done(struct recovery *recovery)
{
    /* After a failure of our own, answers may still be on their way here. */
    recovery->abandoned = true;
    if (recovery->under_way > 0)
        tenant_access_list_cancel(&recovery->accesses);
    tenant_access_list_done(&recovery->accesses);
    free(recovery->items);
    arena_free(recovery->arena);
    error_done(&recovery->failure);
}

int
recovery_run(struct store *store, struct session *const *sessions,
             size_t session_count, struct loop *loop, size_t *ret_settled,
             size_t *ret_left, struct error *err)
{
    CLEANUP(recovery_done)
    struct recovery recovery = { .store = store, .loop = loop };

    recovery.arena = arena_new();
    if (recovery.arena == NULL)
        return error_set_memory(err);
    if (tenant_access_list_init(&recovery.accesses, sessions, session_count,
                                err)
            < 0
        || collect(&recovery, err) < 0 || settle_all(&recovery, err) < 0)
        return error_wrap(err, "settle unfinished changes");
    *ret_settled = recovery.settled;
    *ret_left = recovery.left;
    return 0;
}
