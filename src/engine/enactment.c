/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way. Each step is a function that is called
 * when the one before has its answer:
 *
 *   reread_ended -> [register] -> reread_ended -> submit -> write_ended
 *   -> verified -> conclude
 *
 * Whatever happens on it leads to end(), once. */
#include "engine/enactment.h"

#include <stdlib.h>
#include <string.h>

#include "azure/contact_image.h"
#include "azure/contact_writer.h"
#include "base/clock.h"
#include "engine/change_error.h"
#include "engine/change_residue.h"
#include "engine/image_copy.h"
#include "engine/intention.h"
#include "engine/provider.h"
#include "engine/verification.h"
#include "store/journal.h"

struct enactment {
    const struct enactment_options *options;
    const struct tenant_access *access;
    const struct plan_change *planned;
    void *data;
    struct intention intention;
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
end(struct enactment *enactment, enum change_outcome outcome)
{
    enactment->result.outcome = outcome;
    enactment->options->ended(&enactment->result, enactment->data);
}

static void
end_failed(struct enactment *enactment, enum change_outcome outcome,
           const struct contact_error *error)
{
    enactment->result.error = error;
    end(enactment, outcome);
}

/* Something of our own failed: nothing further is sent by anybody. */
static void
end_broken(struct enactment *enactment, enum change_outcome outcome,
           const char *code, struct error *err)
{
    const struct contact_error *error = change_error_make(
        enactment->options->arena, code, "%s", error_message(err));

    enactment->options->broken(err, enactment->data);
    end_failed(enactment, outcome, error);
}

/* Journals the result of what was journalled before its request, and ends. */
static void
conclude(struct enactment *enactment, enum change_outcome outcome)
{
    AUTOERROR err = ERROR_INIT;

    enactment->result.outcome = outcome;
    if (journal_complete(enactment->options->store, &enactment->change,
                         &enactment->result, clock_now(), &err)
        < 0) {
        enactment->result.unrecorded = true;
        enactment->options->broken(&err, enactment->data);
    }
    end(enactment, outcome);
}

/* The same, after something of our own has failed. */
static void
conclude_broken(struct enactment *enactment, enum change_outcome outcome,
                struct error *err)
{
    enactment->result.error =
        change_error_make(enactment->options->arena, CHANGE_CODE_INTERNAL,
                          "%s", error_message(err));
    enactment->options->broken(err, enactment->data);
    conclude(enactment, outcome);
}

/* Whether what is there is still what was there when the request was
 * journalled. */
static bool
is_unchanged(const struct enactment *enactment,
             const struct verification_result *result)
{
    AUTOERROR err = ERROR_INIT;
    bool equal = false;

    return result->image != NULL
           && contact_image_equal(enactment->change.before, result->image,
                                  &equal, &err)
                  == 0
           && equal;
}

/* The timeout is over: what does the last read say? */
static void
conclude_unmet(struct enactment *enactment,
               const struct verification_result *result)
{
    const struct intention_verdict *verdict = &result->verdict;
    struct change_result *ours = &enactment->result;

    ours->residue = verdict->residue;
    ours->residue_count = verdict->residue_count;
    if (result->error != NULL) {
        ours->error = ours->error != NULL ? ours->error : result->error;
        conclude(enactment, CHANGE_UNVERIFIED);
    } else if ((ours->error != NULL || !change_residue_is_kept(ours))
               && is_unchanged(enactment, result)) {
        if (ours->error == NULL)
            ours->error = change_error_make(
                enactment->options->arena, CHANGE_CODE_NOT_SHOWN,
                "Azure accepted the write, and %lld seconds later it does not "
                "show: what was there before still is",
                (long long) enactment->options->verify_timeout / 1000);
        conclude(enactment, CHANGE_UNVERIFIED);
    } else {
        if (ours->error == NULL)
            ours->error = verdict->error;
        conclude(enactment, CHANGE_DIFFERENT);
    }
}

static void
verified(const struct verification_result *result, void *data)
{
    struct enactment *enactment = data;

    enactment->result.after = result->image;
    if (result->verdict.met) {
        enactment->result.error = NULL; /* of an answer that was lost */
        conclude(enactment, CHANGE_DONE);
    } else {
        conclude_unmet(enactment, result);
    }
}

static void
verification_broke(struct error *err, void *data)
{
    conclude_broken(data, CHANGE_UNVERIFIED, err);
}

static void
verify(struct enactment *enactment)
{
    const struct verification_options options = {
        .loop = enactment->options->loop,
        .reader = enactment->access->reader,
        .intention = &enactment->intention,
        .timeout = enactment->options->verify_timeout,
        .arena = enactment->options->arena,
        .done = verified,
        .failed = verification_broke,
        .data = enactment,
    };
    AUTOERROR err = ERROR_INIT;

    if (verification_start(&enactment->verification, &options, &err) < 0)
        conclude_broken(enactment, CHANGE_UNVERIFIED, &err);
}

static void
write_ended(const struct arm_error *error, const char *request_id, void *data)
{
    struct enactment *enactment = data;
    struct arena *arena = enactment->options->arena;

    if (enactment->abandoned)
        return;
    enactment->result.request_id = arena_copy(arena, request_id);
    if (error != NULL)
        enactment->result.error = change_error_from_arm(arena, error);
    if (error != NULL && arm_error_has_code(error, ARM_CODE_WITHHELD)) {
        enactment->sent = false;
        conclude(enactment, CHANGE_NOT_SENT);
    } else if (error != NULL && !arm_error_is_uncertain(error))
        conclude(enactment, CHANGE_REFUSED);
    else
        verify(enactment);
}

static int
send_request(struct enactment *enactment, struct error *err)
{
    struct arm *arm = session_arm(enactment->access->session);
    const char *id = enactment->planned->subscription.id;

    return enactment->change.body != NULL
               ? contact_writer_put(arm, id, enactment->change.version,
                                    enactment->change.body, write_ended,
                                    enactment, err)
               : contact_writer_delete(arm, id, enactment->change.version,
                                       write_ended, enactment, err);
}

/* Journals what is there, and only then has the request sent. */
static void
submit(struct enactment *enactment, const struct contact_image *image)
{
    const struct enactment_options *options = enactment->options;
    AUTOERROR err = ERROR_INIT;

    enactment->change = (struct change){
        .operation = options->operation,
        .subscription = enactment->planned->subscription,
        .action = enactment->planned->action == PLAN_REGISTER
                      ? PLAN_CREATE
                      : enactment->planned->action,
        .version = enactment->planned->version,
        .before = image,
        .body = enactment->planned->body,
        .reverts = enactment->planned->reverts,
        .journalled_at = clock_now(),
    };
    if (journal_record(options->store, &enactment->change, &err) < 0) {
        end_broken(enactment, CHANGE_NOT_SENT, CHANGE_CODE_NOT_JOURNALLED,
                   &err);
        return;
    }
    enactment->sent = true;
    if ((options->backup != NULL
         && options->backup(&enactment->change, options->backup_data, &err)
                < 0)
        || send_request(enactment, &err) < 0)
        conclude_broken(enactment, CHANGE_NOT_SENT, &err);
}

static void reread(struct enactment *enactment);

static void
provider_ended(const struct change_result *result, void *data)
{
    struct enactment *enactment = data;

    if (result->outcome == CHANGE_DONE) {
        enactment->registered = true;
        reread(enactment);
    } else {
        enactment->result = *result;
        end(enactment, result->outcome);
    }
}

static void
provider_broke(struct error *err, void *data)
{
    struct enactment *enactment = data;

    enactment->options->broken(err, enactment->data);
}

static void
register_provider(struct enactment *enactment)
{
    const struct provider_options options = {
        .arm = session_arm(enactment->access->session),
        .store = enactment->options->store,
        .operation = enactment->options->operation,
        .subscription = &enactment->planned->subscription,
        .arena = enactment->options->arena,
        .ended = provider_ended,
        .broken = provider_broke,
        .data = enactment,
    };

    enactment->sent = true;
    provider_register(&enactment->provider, &options);
}

static int
is_as_planned(const struct enactment *enactment,
              const struct contact_reading *reading, bool *ret_equal,
              struct error *err)
{
    if (enactment->planned->image == NULL) {
        *ret_equal = reading->contact == NULL;
        return 0;
    }
    return contact_image_equal(enactment->planned->image, reading->image,
                               ret_equal, err);
}

/* What is there decides: it may be as intended already, or somebody else may
 * have changed it since. */
static int
decide(struct enactment *enactment, const struct contact_reading *reading,
       struct error *err)
{
    struct arena *arena = enactment->options->arena;
    struct intention_verdict verdict;
    bool equal = false;

    if (intention_judge(&enactment->intention, reading, arena, &verdict, err)
        < 0)
        return -1;
    if (verdict.met || reading->version != enactment->planned->version) {
        if (image_copy(reading->image, arena, &enactment->result.after, err)
            < 0)
            return -1;
        end_failed(enactment, verdict.met ? CHANGE_ALREADY : CHANGE_CONFLICT,
                   verdict.error);
        return 0;
    }
    if (is_as_planned(enactment, reading, &equal, err) < 0)
        return -1;
    if (equal) {
        submit(enactment, reading->image);
        return 0;
    }
    if (image_copy(reading->image, arena, &enactment->result.after, err) < 0)
        return -1;
    end(enactment, CHANGE_CONFLICT);
    return 0;
}

static void
decide_unregistered(struct enactment *enactment)
{
    if (enactment->planned->action == PLAN_REGISTER && !enactment->registered)
        register_provider(enactment);
    else if (enactment->planned->action == PLAN_DELETE)
        end(enactment, CHANGE_ALREADY);
    else
        end_failed(enactment,
                   enactment->registered ? CHANGE_UNVERIFIED : CHANGE_CONFLICT,
                   change_error_make(enactment->options->arena,
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
    struct enactment *enactment = data;
    AUTOERROR err = ERROR_INIT;

    if (enactment->abandoned)
        return;
    if (reading->kind == CONTACT_READING_FAILED)
        end_failed(
            enactment, outcome_of_unread(reading->error),
            change_error_copy(enactment->options->arena, reading->error));
    else if (enactment->withheld)
        end(enactment, CHANGE_NOT_SENT);
    else if (reading->kind == CONTACT_READING_UNREGISTERED)
        decide_unregistered(enactment);
    else if (decide(enactment, reading, &err) < 0)
        end_broken(enactment, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

static int
start_reread(struct enactment *enactment, struct error *err)
{
    return contact_reader_read(
        enactment->access->reader, enactment->planned->subscription.id,
        enactment->scratch, reread_ended, enactment, err);
}

static void
reread(struct enactment *enactment)
{
    AUTOERROR err = ERROR_INIT;

    if (start_reread(enactment, &err) < 0)
        end_broken(enactment, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

int
enactment_start(struct enactment **ret_enactment,
                const struct enactment_options *options,
                const struct tenant_access *access,
                const struct plan_change *planned, void *data,
                struct error *err)
{
    struct enactment *enactment = calloc(1, sizeof(*enactment));

    if (enactment == NULL)
        return error_set_memory(err);
    enactment->options = options;
    enactment->access = access;
    enactment->planned = planned;
    enactment->data = data;
    enactment->intention = (struct intention){
        .subscription = &planned->subscription,
        .version = planned->version,
        .body = planned->body,
        .exact = options->profile == NULL,
        .profile = options->profile,
        .mutes = options->mutes,
    };
    enactment->scratch = arena_new();
    if (enactment->scratch == NULL)
        error_set_memory(err);
    if (enactment->scratch == NULL || start_reread(enactment, err) < 0) {
        enactment_free(enactment);
        return -1;
    }
    *ret_enactment = enactment;
    return 0;
}

void
enactment_free(struct enactment *enactment)
{
    if (enactment == NULL)
        return;
    verification_release(&enactment->verification);
    arena_free(enactment->scratch);
    free(enactment);
}

void
enactment_withhold(struct enactment *enactment)
{
    enactment->withheld = true;
}

void
enactment_abandon(struct enactment *enactment)
{
    enactment->abandoned = true;
    if (enactment->verification.options.loop != NULL)
        verification_cancel(&enactment->verification);
    provider_cancel(&enactment->provider);
}

bool
enactment_sent(const struct enactment *enactment)
{
    return enactment->sent;
}
