/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way. Each step is a function that is called
 * when the one before has its answer:
 *
 *   reread_ended -> [register] -> reread_ended -> submit -> write_ended
 *   -> verified -> conclude
 *
 * Whatever happens on it leads to end(), once. */
#include "engine/apply/apply_change.h"

#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_snapshot.h"
#include "azure/contact/contact_writer.h"
#include "base/clock.h"
#include "engine/apply/change_error.h"
#include "engine/apply/change_residue.h"
#include "engine/apply/image_copy.h"
#include "engine/apply/expected_state.h"
#include "engine/apply/provider.h"
#include "engine/apply/verification.h"
#include "store/journal.h"

struct apply_change {
    const struct apply_change_options *options;
    const struct tenant_access *access;
    const struct plan_change *planned;
    void *data;
    struct expected_state expected_state;
    struct arena *scratch; /* of what is read before the request */
    struct provider provider;
    struct verification verification;
    struct change change; /* as journalled */
    struct change_result result;
    bool registered; /* the provider, by this very change */
    bool withheld;
    bool sent;
    bool abandoned;
};

static void
end(struct apply_change *apply_change, enum change_outcome outcome)
{
    apply_change->result.outcome = outcome;
    apply_change->options->ended(&apply_change->result, apply_change->data);
}

static void
end_failed(struct apply_change *apply_change, enum change_outcome outcome,
           const struct contact_error *error)
{
    apply_change->result.error = error;
    end(apply_change, outcome);
}

/* Something of our own failed: nothing further is sent by anybody. */
static void
end_broken(struct apply_change *apply_change, enum change_outcome outcome,
           const char *code, struct error *err)
{
    const struct contact_error *error = change_error_make(
        apply_change->options->arena, code, "%s", error_message(err));

    apply_change->options->broken(err, apply_change->data);
    end_failed(apply_change, outcome, error);
}

/* Journals the result of what was journalled before its request, and ends. */
static void
conclude(struct apply_change *apply_change, enum change_outcome outcome)
{
    AUTOERROR err = ERROR_INIT;

    apply_change->result.outcome = outcome;
    if (journal_complete(apply_change->options->store, &apply_change->change,
                         &apply_change->result, clock_now(), &err)
        < 0) {
        apply_change->result.unrecorded = outcome != CHANGE_NOT_SENT;
        apply_change->options->broken(&err, apply_change->data);
    }
    end(apply_change, outcome);
}

/* The same, after something of our own has failed. */
static void
conclude_broken(struct apply_change *apply_change, enum change_outcome outcome,
                struct error *err)
{
    apply_change->result.error =
        change_error_make(apply_change->options->arena, CHANGE_CODE_INTERNAL,
                          "%s", error_message(err));
    apply_change->options->broken(err, apply_change->data);
    conclude(apply_change, outcome);
}

/* Whether what is there is still what was there when the request was
 * journalled. */
static bool
is_unchanged(const struct apply_change *apply_change,
             const struct verification_result *result)
{
    AUTOERROR err = ERROR_INIT;
    bool equal = false;

    return result->image != NULL
           && contact_snapshot_equal(apply_change->change.before,
                                     result->image, &equal, &err)
                  == 0
           && equal;
}

/* The timeout is over: what does the last read say? */
static void
conclude_unmet(struct apply_change *apply_change,
               const struct verification_result *result)
{
    const struct expected_state_verdict *verdict = &result->verdict;
    struct change_result *ours = &apply_change->result;

    ours->residue = verdict->residue;
    ours->residue_count = verdict->residue_count;
    if (result->error != NULL) {
        ours->error = ours->error != NULL ? ours->error : result->error;
        conclude(apply_change, CHANGE_UNVERIFIED);
    } else if ((ours->error != NULL || !change_residue_is_kept(ours))
               && is_unchanged(apply_change, result)) {
        if (ours->error == NULL)
            ours->error = change_error_make(
                apply_change->options->arena, CHANGE_CODE_NOT_SHOWN,
                "Azure accepted the write, and %lld seconds later it does not "
                "show: what was there before still is",
                (long long) apply_change->options->verify_timeout / 1000);
        conclude(apply_change, CHANGE_UNVERIFIED);
    } else {
        if (ours->error == NULL)
            ours->error = verdict->error;
        conclude(apply_change, CHANGE_DIFFERENT);
    }
}

static void
verified(const struct verification_result *result, void *data)
{
    struct apply_change *apply_change = data;

    apply_change->result.after = result->image;
    if (result->verdict.met) {
        apply_change->result.error = NULL; /* of an answer that was lost */
        conclude(apply_change, CHANGE_DONE);
    } else {
        conclude_unmet(apply_change, result);
    }
}

static void
verification_broke(struct error *err, void *data)
{
    conclude_broken(data, CHANGE_UNVERIFIED, err);
}

static void
verify(struct apply_change *apply_change)
{
    const struct verification_options options = {
        .loop = apply_change->options->loop,
        .reader = apply_change->access->reader,
        .expected_state = &apply_change->expected_state,
        .timeout = apply_change->options->verify_timeout,
        .arena = apply_change->options->arena,
        .done = verified,
        .failed = verification_broke,
        .data = apply_change,
    };
    AUTOERROR err = ERROR_INIT;

    if (verification_start(&apply_change->verification, &options, &err) < 0)
        conclude_broken(apply_change, CHANGE_UNVERIFIED, &err);
}

static void
write_ended(const struct arm_error *error, const char *request_id, void *data)
{
    struct apply_change *apply_change = data;
    struct arena *arena = apply_change->options->arena;

    if (apply_change->abandoned)
        return;
    apply_change->result.request_id = arena_copy(arena, request_id);
    if (error != NULL)
        apply_change->result.error = change_error_from_arm(arena, error);
    if (error != NULL && arm_error_has_code(error, ARM_CODE_WITHHELD)) {
        apply_change->sent = false;
        conclude(apply_change, CHANGE_NOT_SENT);
    } else if (error != NULL && !arm_error_is_uncertain(error))
        conclude(apply_change, CHANGE_REFUSED);
    else
        verify(apply_change);
}

static int
send_request(struct apply_change *apply_change, struct error *err)
{
    struct arm *arm = session_arm(apply_change->access->session);
    const char *id = apply_change->planned->subscription.id;

    return apply_change->change.body != NULL
               ? contact_writer_put(arm, id, apply_change->change.version,
                                    apply_change->change.body, write_ended,
                                    apply_change, err)
               : contact_writer_delete(arm, id, apply_change->change.version,
                                       write_ended, apply_change, err);
}

/* Journals what is there, and only then has the request sent. */
static void
submit(struct apply_change *apply_change, const struct contact_snapshot *image)
{
    const struct apply_change_options *options = apply_change->options;
    AUTOERROR err = ERROR_INIT;

    apply_change->change = (struct change){
        .operation = options->operation,
        .subscription = apply_change->planned->subscription,
        .action = apply_change->planned->action == PLAN_REGISTER
                      ? PLAN_CREATE
                      : apply_change->planned->action,
        .version = apply_change->planned->version,
        .before = image,
        .body = apply_change->planned->body,
        .reverts = apply_change->planned->reverts,
        .journalled_at = clock_now(),
    };
    if (journal_record(options->store, &apply_change->change, &err) < 0) {
        end_broken(apply_change, CHANGE_NOT_SENT, CHANGE_CODE_NOT_JOURNALLED,
                   &err);
        return;
    }
    apply_change->sent = true;
    if ((options->backup != NULL
         && options->backup(&apply_change->change, options->backup_data, &err)
                < 0)
        || send_request(apply_change, &err) < 0)
        conclude_broken(apply_change, CHANGE_NOT_SENT, &err);
}

static void reread(struct apply_change *apply_change);

static void
provider_ended(const struct change_result *result, void *data)
{
    struct apply_change *apply_change = data;

    if (result->outcome == CHANGE_DONE) {
        apply_change->registered = true;
        reread(apply_change);
    } else {
        apply_change->result = *result;
        end(apply_change, result->outcome);
    }
}

static void
provider_broke(struct error *err, void *data)
{
    struct apply_change *apply_change = data;

    apply_change->options->broken(err, apply_change->data);
}

static void
register_provider(struct apply_change *apply_change)
{
    const struct provider_options options = {
        .arm = session_arm(apply_change->access->session),
        .store = apply_change->options->store,
        .operation = apply_change->options->operation,
        .subscription = &apply_change->planned->subscription,
        .arena = apply_change->options->arena,
        .ended = provider_ended,
        .broken = provider_broke,
        .data = apply_change,
    };

    apply_change->sent = true;
    provider_register(&apply_change->provider, &options);
}

static int
is_as_planned(const struct apply_change *apply_change,
              const struct contact_reading *reading, bool *ret_equal,
              struct error *err)
{
    if (apply_change->planned->image == NULL) {
        *ret_equal = reading->contact == NULL;
        return 0;
    }
    return contact_snapshot_equal(apply_change->planned->image, reading->image,
                                  ret_equal, err);
}

/* What is there decides: it may be as intended already, or somebody else may
 * have changed it since. */
static int
decide(struct apply_change *apply_change,
       const struct contact_reading *reading, struct error *err)
{
    struct arena *arena = apply_change->options->arena;
    struct expected_state_verdict verdict;
    bool equal = false;

    if (expected_state_judge(&apply_change->expected_state, reading, arena,
                             &verdict, err)
        < 0)
        return -1;
    if (verdict.met || reading->version != apply_change->planned->version) {
        if (image_copy(reading->image, arena, &apply_change->result.after, err)
            < 0)
            return -1;
        end_failed(apply_change,
                   verdict.met ? CHANGE_ALREADY : CHANGE_CONFLICT,
                   verdict.error);
        return 0;
    }
    if (is_as_planned(apply_change, reading, &equal, err) < 0)
        return -1;
    if (equal) {
        submit(apply_change, reading->image);
        return 0;
    }
    if (image_copy(reading->image, arena, &apply_change->result.after, err)
        < 0)
        return -1;
    end(apply_change, CHANGE_CONFLICT);
    return 0;
}

static void
decide_unregistered(struct apply_change *apply_change)
{
    if (apply_change->planned->action == PLAN_REGISTER
        && !apply_change->registered)
        register_provider(apply_change);
    else if (apply_change->planned->action == PLAN_DELETE)
        end(apply_change, CHANGE_ALREADY);
    else
        end_failed(apply_change,
                   apply_change->registered ? CHANGE_UNVERIFIED
                                            : CHANGE_CONFLICT,
                   change_error_make(apply_change->options->arena,
                                     CHANGE_CODE_UNREGISTERED,
                                     "Microsoft.Security is not registered"));
}

/* Azure refused, or nobody knows what there is: then nothing is sent. */
static enum change_outcome
outcome_of_unread(const struct contact_error *error)
{
    return strcmp(error->code, ARM_CODE_FOREIGN) == 0
                   || strcmp(error->code, ARM_CODE_NOT_UNDERSTOOD) == 0
               ? CHANGE_NOT_SENT
               : CHANGE_REFUSED;
}

static void
reread_ended(const struct contact_reading *reading, void *data)
{
    struct apply_change *apply_change = data;
    AUTOERROR err = ERROR_INIT;

    if (apply_change->abandoned)
        return;
    if (reading->kind == CONTACT_READING_FAILED)
        end_failed(
            apply_change, outcome_of_unread(reading->error),
            change_error_copy(apply_change->options->arena, reading->error));
    else if (apply_change->withheld)
        end(apply_change, CHANGE_NOT_SENT);
    else if (reading->kind == CONTACT_READING_UNREGISTERED)
        decide_unregistered(apply_change);
    else if (decide(apply_change, reading, &err) < 0)
        end_broken(apply_change, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

static int
start_reread(struct apply_change *apply_change, struct error *err)
{
    return contact_reader_read(
        apply_change->access->reader, apply_change->planned->subscription.id,
        apply_change->scratch, reread_ended, apply_change, err);
}

static void
reread(struct apply_change *apply_change)
{
    AUTOERROR err = ERROR_INIT;

    if (start_reread(apply_change, &err) < 0)
        end_broken(apply_change, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

int
apply_change_start(struct apply_change **ret_apply_change,
                   const struct apply_change_options *options,
                   const struct tenant_access *access,
                   const struct plan_change *planned, void *data,
                   struct error *err)
{
    struct apply_change *apply_change = calloc(1, sizeof(*apply_change));

    if (apply_change == NULL)
        return error_set_memory(err);
    apply_change->options = options;
    apply_change->access = access;
    apply_change->planned = planned;
    apply_change->data = data;
    apply_change->expected_state = (struct expected_state){
        .subscription = &planned->subscription,
        .version = planned->version,
        .body = planned->body,
        .exact = options->profile == NULL,
        .profile = options->profile,
        .mutes = options->mutes,
    };
    apply_change->scratch = arena_new();
    if (apply_change->scratch == NULL)
        error_set_memory(err);
    if (apply_change->scratch == NULL || start_reread(apply_change, err) < 0) {
        apply_change_free(apply_change);
        return -1;
    }
    *ret_apply_change = apply_change;
    return 0;
}

void
apply_change_free(struct apply_change *apply_change)
{
    if (apply_change == NULL)
        return;
    verification_release(&apply_change->verification);
    arena_free(apply_change->scratch);
    free(apply_change);
}

void
apply_change_withhold(struct apply_change *apply_change)
{
    apply_change->withheld = true;
}

void
apply_change_abandon(struct apply_change *apply_change)
{
    apply_change->abandoned = true;
    if (apply_change->verification.options.loop != NULL)
        verification_cancel(&apply_change->verification);
    provider_cancel(&apply_change->provider);
}

bool
apply_change_sent(const struct apply_change *apply_change)
{
    return apply_change->sent;
}
