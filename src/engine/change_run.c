/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way. Each step is a function that is called
 * when the one before has its answer:
 *
 *   reread_ended -> [register] -> reread_ended -> submit -> write_ended
 *   -> verified -> conclude
 *
 * Whatever happens on it leads to end(), once. */
#include "engine/change_run.h"

#include <stdlib.h>

#include "azure/contact_image.h"
#include "azure/contact_writer.h"
#include "base/clock.h"
#include "engine/change_error.h"
#include "engine/image_copy.h"
#include "engine/intention.h"
#include "engine/provider.h"
#include "engine/verification.h"
#include "store/journal.h"

struct change_run {
    const struct change_run_options *options;
    const struct tenant_access *access;
    const struct plan_change *planned;
    void *data;
    struct intention intention;
    struct arena *scratch; /* of what is read before the request */
    struct provider provider;
    struct verification verification;
    struct change change; /* as journalled */
    struct change_result result;
    bool registered; /* the provider, by this run */
    bool withheld;
    bool sent;
    bool abandoned;
};

static void
end(struct change_run *run, enum change_outcome outcome)
{
    run->result.outcome = outcome;
    run->options->ended(&run->result, run->data);
}

static void
end_failed(struct change_run *run, enum change_outcome outcome,
           const struct contact_error *error)
{
    run->result.error = error;
    end(run, outcome);
}

/* Something of our own failed: nothing further is sent by anybody. */
static void
end_broken(struct change_run *run, enum change_outcome outcome,
           const char *code, struct error *err)
{
    const struct contact_error *error =
        change_error_make(run->options->arena, code, "%s", error_message(err));

    run->options->broken(err, run->data);
    end_failed(run, outcome, error);
}

/* Journals the result of what was journalled before its request, and ends. */
static void
conclude(struct change_run *run, enum change_outcome outcome)
{
    AUTOERROR err = ERROR_INIT;

    run->result.outcome = outcome;
    if (journal_complete(run->options->store, &run->change, &run->result,
                         clock_now(), &err)
        < 0)
        run->options->broken(&err, run->data);
    end(run, outcome);
}

/* The same, after something of our own has failed. */
static void
conclude_broken(struct change_run *run, enum change_outcome outcome,
                struct error *err)
{
    run->result.error = change_error_make(
        run->options->arena, CHANGE_CODE_INTERNAL, "%s", error_message(err));
    run->options->broken(err, run->data);
    conclude(run, outcome);
}

/* Whether what is there is still what was there when the request was
 * journalled. */
static bool
is_unchanged(const struct change_run *run,
             const struct verification_result *result)
{
    AUTOERROR err = ERROR_INIT;
    bool equal = false;

    return result->image != NULL
           && contact_image_equal(run->change.before, result->image, &equal,
                                  &err)
                  == 0
           && equal;
}

/* The timeout is over: what does the last read say? */
static void
conclude_unmet(struct change_run *run,
               const struct verification_result *result)
{
    const struct intention_verdict *verdict = &result->verdict;
    struct change_result *ours = &run->result;

    ours->residue = verdict->residue;
    ours->residue_count = verdict->residue_count;
    if (result->error != NULL) {
        ours->error = ours->error != NULL ? ours->error : result->error;
        conclude(run, CHANGE_UNVERIFIED);
    } else if (is_unchanged(run, result)) {
        if (ours->error == NULL)
            ours->error = change_error_make(
                run->options->arena, CHANGE_CODE_NOT_SHOWN,
                "Azure accepted the write, and %lld seconds later it does not "
                "show: what was there before still is",
                (long long) run->options->verify_timeout / 1000);
        conclude(run, CHANGE_UNVERIFIED);
    } else {
        if (ours->error == NULL)
            ours->error = verdict->error;
        conclude(run, CHANGE_DIFFERENT);
    }
}

static void
verified(const struct verification_result *result, void *data)
{
    struct change_run *run = data;

    run->result.after = result->image;
    if (result->verdict.met) {
        run->result.error = NULL; /* of an answer that was lost */
        conclude(run, CHANGE_DONE);
    } else {
        conclude_unmet(run, result);
    }
}

static void
verification_broke(struct error *err, void *data)
{
    conclude_broken(data, CHANGE_UNVERIFIED, err);
}

static void
verify(struct change_run *run)
{
    const struct verification_options options = {
        .loop = run->options->loop,
        .reader = run->access->reader,
        .intention = &run->intention,
        .timeout = run->options->verify_timeout,
        .arena = run->options->arena,
        .done = verified,
        .failed = verification_broke,
        .data = run,
    };
    AUTOERROR err = ERROR_INIT;

    if (verification_start(&run->verification, &options, &err) < 0)
        conclude_broken(run, CHANGE_UNVERIFIED, &err);
}

static void
write_ended(const struct arm_error *error, const char *request_id, void *data)
{
    struct change_run *run = data;
    struct arena *arena = run->options->arena;

    if (run->abandoned)
        return;
    run->result.request_id = arena_copy(arena, request_id);
    if (error != NULL)
        run->result.error = change_error_from_arm(arena, error);
    if (error != NULL && !arm_error_is_uncertain(error))
        conclude(run, CHANGE_REFUSED);
    else
        verify(run);
}

static int
send_request(struct change_run *run, struct error *err)
{
    struct arm *arm = session_arm(run->access->session);
    const char *id = run->planned->subscription.id;

    return run->change.body != NULL
               ? contact_writer_put(arm, id, run->change.version,
                                    run->change.body, write_ended, run, err)
               : contact_writer_delete(arm, id, run->change.version,
                                       write_ended, run, err);
}

/* Journals what is there, and only then has the request sent. */
static void
submit(struct change_run *run, const struct contact_image *image)
{
    const struct change_run_options *options = run->options;
    AUTOERROR err = ERROR_INIT;

    run->change = (struct change){
        .operation = options->operation,
        .subscription = run->planned->subscription,
        .action = run->planned->action == PLAN_REGISTER ? PLAN_CREATE
                                                        : run->planned->action,
        .version = run->planned->version,
        .before = image,
        .body = run->planned->body,
        .reverts = run->planned->reverts,
        .journalled_at = clock_now(),
    };
    if (journal_record(options->store, &run->change, &err) < 0) {
        end_broken(run, CHANGE_NOT_SENT, CHANGE_CODE_NOT_JOURNALLED, &err);
        return;
    }
    run->sent = true;
    if ((options->backup != NULL
         && options->backup(&run->change, options->backup_data, &err) < 0)
        || send_request(run, &err) < 0)
        conclude_broken(run, CHANGE_NOT_SENT, &err);
}

static void reread(struct change_run *run);

static void
provider_ended(const struct change_result *result, void *data)
{
    struct change_run *run = data;

    if (result->outcome == CHANGE_DONE) {
        run->registered = true;
        reread(run);
    } else {
        run->result = *result;
        end(run, result->outcome);
    }
}

static void
provider_broke(struct error *err, void *data)
{
    struct change_run *run = data;

    run->options->broken(err, run->data);
}

static void
register_provider(struct change_run *run)
{
    const struct provider_options options = {
        .arm = session_arm(run->access->session),
        .store = run->options->store,
        .operation = run->options->operation,
        .subscription = &run->planned->subscription,
        .arena = run->options->arena,
        .ended = provider_ended,
        .broken = provider_broke,
        .data = run,
    };

    run->sent = true;
    provider_register(&run->provider, &options);
}

static int
is_as_planned(const struct change_run *run,
              const struct contact_reading *reading, bool *ret_equal,
              struct error *err)
{
    if (run->planned->image == NULL) {
        *ret_equal = reading->contact == NULL;
        return 0;
    }
    return contact_image_equal(run->planned->image, reading->image, ret_equal,
                               err);
}

/* What is there decides: it may be as intended already, or somebody else may
 * have changed it since. */
static int
decide(struct change_run *run, const struct contact_reading *reading,
       struct error *err)
{
    struct arena *arena = run->options->arena;
    struct intention_verdict verdict;
    bool equal = false;

    if (intention_judge(&run->intention, reading, arena, &verdict, err) < 0)
        return -1;
    if (verdict.met || reading->version != run->planned->version) {
        if (image_copy(reading->image, arena, &run->result.after, err) < 0)
            return -1;
        end_failed(run, verdict.met ? CHANGE_ALREADY : CHANGE_CONFLICT,
                   verdict.error);
        return 0;
    }
    if (is_as_planned(run, reading, &equal, err) < 0)
        return -1;
    if (equal) {
        submit(run, reading->image);
        return 0;
    }
    if (image_copy(reading->image, arena, &run->result.after, err) < 0)
        return -1;
    end(run, CHANGE_CONFLICT);
    return 0;
}

static void
decide_unregistered(struct change_run *run)
{
    if (run->planned->action == PLAN_REGISTER && !run->registered)
        register_provider(run);
    else if (run->planned->action == PLAN_DELETE)
        end(run, CHANGE_ALREADY);
    else
        end_failed(run, run->registered ? CHANGE_UNVERIFIED : CHANGE_CONFLICT,
                   change_error_make(run->options->arena,
                                     CHANGE_CODE_UNREGISTERED,
                                     "Microsoft.Security is not registered"));
}

static void
reread_ended(const struct contact_reading *reading, void *data)
{
    struct change_run *run = data;
    AUTOERROR err = ERROR_INIT;

    if (run->abandoned)
        return;
    if (reading->kind == CONTACT_READING_FAILED)
        end_failed(run, CHANGE_REFUSED,
                   change_error_copy(run->options->arena, reading->error));
    else if (run->withheld)
        end(run, CHANGE_NOT_SENT);
    else if (reading->kind == CONTACT_READING_UNREGISTERED)
        decide_unregistered(run);
    else if (decide(run, reading, &err) < 0)
        end_broken(run, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

static int
start_reread(struct change_run *run, struct error *err)
{
    return contact_reader_read(run->access->reader,
                               run->planned->subscription.id, run->scratch,
                               reread_ended, run, err);
}

static void
reread(struct change_run *run)
{
    AUTOERROR err = ERROR_INIT;

    if (start_reread(run, &err) < 0)
        end_broken(run, CHANGE_NOT_SENT, CHANGE_CODE_INTERNAL, &err);
}

int
change_run_start(struct change_run **ret_run,
                 const struct change_run_options *options,
                 const struct tenant_access *access,
                 const struct plan_change *planned, void *data,
                 struct error *err)
{
    struct change_run *run = calloc(1, sizeof(*run));

    if (run == NULL)
        return error_set_memory(err);
    run->options = options;
    run->access = access;
    run->planned = planned;
    run->data = data;
    run->intention = (struct intention){
        .subscription = &planned->subscription,
        .version = planned->version,
        .body = planned->body,
        .exact = options->profile == NULL,
        .profile = options->profile,
        .mutes = options->mutes,
    };
    run->scratch = arena_new();
    if (run->scratch == NULL)
        error_set_memory(err);
    if (run->scratch == NULL || start_reread(run, err) < 0) {
        change_run_free(run);
        return -1;
    }
    *ret_run = run;
    return 0;
}

void
change_run_free(struct change_run *run)
{
    if (run == NULL)
        return;
    verification_release(&run->verification);
    arena_free(run->scratch);
    free(run);
}

void
change_run_withhold(struct change_run *run)
{
    run->withheld = true;
}

void
change_run_abandon(struct change_run *run)
{
    run->abandoned = true;
    if (run->verification.options.loop != NULL)
        verification_cancel(&run->verification);
    provider_cancel(&run->provider);
}

bool
change_run_sent(const struct change_run *run)
{
    return run->sent;
}
