/* SPDX-License-Identifier: Apache-2.0 */
/* Assesses every subscription of a tenant. */
#include "engine/check.h"

#include <stdlib.h>
#include <string.h>

#include "azure/contact_reader.h"
#include "azure/subscription_list.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "engine/selection.h"

/* A subscription between the listing and its assessment. */
struct job {
    struct check *check;
    struct assessment assessment; /* .subscription from the start */
    bool left_out;                /* by the scope */
    bool judged;
};

struct check {
    struct session *session;
    struct loop *loop;
    struct run *run;
    struct contact_reader *reader;
    struct selection *selection;
    struct mute_index *mutes; /* or NULL */
    unsigned ahead; /* reads handed to the reader at once, at the most */
    check_progress *progress;
    void *progress_data;

    struct job **jobs; /* each in the run's arena; in the listing's order */
    size_t job_count, job_capacity;
    size_t started; /* jobs handed to the reader, or judged without */
    size_t judged;
    size_t left_out;
    size_t reading; /* under way */
    bool listing;   /* pages may still come */
    bool listed_any;
    bool settled; /* which subscriptions are in scope */
    bool interrupted;
    struct error failure; /* of our own: memory */
};

int
check_new(struct check **ret_check, struct session *session, struct loop *loop,
          struct run *run, unsigned concurrency, struct error *err)
{
    struct check *check = calloc(1, sizeof(*check));

    if (check == NULL)
        return error_set_memory(err);
    check->session = session;
    check->loop = loop;
    check->run = run;
    /* Enough that a connection never waits for the next URL. */
    check->ahead = 2 * concurrency;
    if (selection_new(&check->selection, NULL, run, err) < 0
        || contact_reader_new(&check->reader, session_arm(session), err) < 0) {
        check_free(check);
        return -1;
    }
    *ret_check = check;
    return 0;
}

void
check_free(struct check *check)
{
    if (check == NULL)
        return;
    /* After a failure of our own, answers may still be on their way here. */
    check_interrupt(check);
    contact_reader_free(check->reader);
    selection_free(check->selection);
    free(check->jobs);
    error_done(&check->failure);
    free(check);
}

void
check_set_progress(struct check *check, check_progress *progress, void *data)
{
    check->progress = progress;
    check->progress_data = data;
}

int
check_set_scope(struct check *check, const struct scope *scope,
                struct error *err)
{
    struct selection *selection;

    if (selection_new(&selection, scope, check->run, err) < 0)
        return -1;
    selection_free(check->selection);
    check->selection = selection;
    return 0;
}

void
check_set_mutes(struct check *check, struct mute_index *mutes)
{
    check->mutes = mutes;
}

/* The program's own failure ends the run; Azure's never does. */
static void
give_up(struct check *check, struct error *err)
{
    if (check->failure.message == NULL)
        error_move(&check->failure, err);
    check_interrupt(check);
}

static void
judge(struct job *job, const struct contact_reading *reading)
{
    struct check *check = job->check;
    const struct subscription subscription = job->assessment.subscription;
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(&subscription, reading, check->run->profile,
                        check->run->arena, &job->assessment, &err)
        < 0) {
        give_up(check, &err);
        return;
    }
    if (check->mutes != NULL)
        mute_index_apply(check->mutes, &job->assessment);
    if (!job->judged)
        check->judged++;
    job->judged = true;
    if (check->progress != NULL)
        check->progress(check->judged, check->job_count - check->left_out,
                        check->progress_data);
}

/* The reading of a subscription that there was no time for. */
static const struct contact_reading *
interrupted_reading(void)
{
    static const struct contact_error error = {
        0, ARM_CODE_INTERRUPTED, "interrupted before it was read", NULL
    };
    static const struct contact_reading reading = { .kind =
                                                        CONTACT_READING_FAILED,
                                                    .error = &error };

    return &reading;
}

static void start_reads(struct check *check);

static void
read_finished(const struct contact_reading *reading, void *data)
{
    struct job *job = data;
    struct check *check = job->check;

    check->reading--;
    judge(job, reading);
    start_reads(check);
}

static void
start_reads(struct check *check)
{
    AUTOERROR err = ERROR_INIT;

    if (!check->settled && selection_defers(check->selection))
        return;
    while (!check->interrupted && check->reading < check->ahead
           && check->started < check->job_count) {
        struct job *job = check->jobs[check->started++];
        if (job->left_out)
            continue;
        if (!subscription_applicable(&job->assessment.subscription)) {
            judge(job, NULL);
            continue;
        }
        check->reading++;
        if (contact_reader_read(check->reader, job->assessment.subscription.id,
                                check->run->arena, read_finished, job, &err)
            < 0) {
            check->reading--;
            give_up(check, &err);
        }
    }
    if (check->settled && check->reading == 0
        && (check->interrupted || check->started == check->job_count))
        loop_stop(check->loop);
}

/* Leaves the subscription out where it is not in scope. */
static void
decide(struct check *check, struct job *job)
{
    const struct subscription *subscription = &job->assessment.subscription;

    if (selection_takes(check->selection, subscription))
        return;
    job->left_out = true;
    check->left_out++;
    if (check->mutes != NULL)
        mute_index_see(check->mutes, subscription);
}

static void
decide_deferred(struct check *check)
{
    if (selection_defers(check->selection))
        for (size_t i = 0; i < check->job_count; i++)
            decide(check, check->jobs[i]);
    check->settled = true;
}

static int
verify_scope(struct check *check, struct error *err)
{
    AUTOFREE const struct subscription **listed =
        calloc(check->job_count + 1, sizeof(*listed));

    if (listed == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < check->job_count; i++)
        listed[i] = &check->jobs[i]->assessment.subscription;
    return selection_verify(check->selection, listed, check->job_count, err);
}

/* Once all subscriptions and management groups are listed, it is certain
 * what is in scope. A list that broke off cannot tell what is missing. */
static void
settle(struct check *check)
{
    AUTOERROR err = ERROR_INIT;

    if (check->interrupted || check->listing || check->settled
        || selection_pending(check->selection))
        return;
    decide_deferred(check);
    if (check->run->complete && verify_scope(check, &err) < 0)
        give_up(check, &err);
    start_reads(check);
}

static void
groups_finished(struct error *err, void *data)
{
    struct check *check = data;

    if (check->interrupted)
        return;
    if (err != NULL)
        give_up(check, err);
    else
        settle(check);
}

static int
subscription_found(const struct subscription *subscription, void *data,
                   struct error *err)
{
    struct check *check = data;
    struct job *job = arena_allocate(check->run->arena, sizeof(*job));

    if (check->job_count == check->job_capacity) {
        const size_t capacity =
            check->job_capacity == 0 ? 256 : 2 * check->job_capacity;
        struct job **grown =
            reallocarray(check->jobs, capacity, sizeof(struct job *));
        if (grown == NULL)
            return error_set_memory(err);
        check->jobs = grown;
        check->job_capacity = capacity;
    }
    if (job == NULL)
        return error_set_memory(err);
    job->check = check;
    job->assessment.subscription = *subscription;
    check->jobs[check->job_count++] = job;
    check->listed_any = true;
    if (!selection_defers(check->selection))
        decide(check, job);
    start_reads(check);
    return 0;
}

/* Why the listing ended early, as a run error; as the check's failure where
 * not even a first page came. */
static void
listing_broke_off(struct check *check, const struct arm_error *error)
{
    AUTOERROR err = ERROR_INIT;

    check->run->complete = false;
    if (check->interrupted)
        return;
    arm_error_to_error(error, &err);
    if (error->http_status != 0 && error->origin == ARM_ORIGIN_FOREIGN)
        error_advise(&err, "see whether a proxy answers in Azure's place, "
                           "and check --arm-endpoint");
    if (error->http_status == 403 || error->http_status == 401)
        error_advise(&err, "sign in as somebody who may list "
                           "subscriptions: Security Reader on the root "
                           "management group is enough");
    if (!check->listed_any) {
        error_wrap(&err, "list subscriptions");
        give_up(check, &err);
        return;
    }
    error_wrap(&err, "the list of subscriptions broke off after %zu",
               check->job_count);
    if (run_add_error(check->run, error_message(&err), &err) < 0)
        give_up(check, &err);
}

static void
listing_finished(const struct arm_error *error, size_t strange, void *data)
{
    struct check *check = data;
    AUTOERROR err = ERROR_INIT;

    check->listing = false;
    if (error != NULL)
        listing_broke_off(check, error);
    if (strange > 0) {
        check->run->complete = false;
        error_set(&err,
                  "%zu of the subscriptions listed have no usable id, or "
                  "stand there twice in different states",
                  strange);
        if (run_add_error(check->run, error_message(&err), &err) < 0)
            give_up(check, &err);
    }
    settle(check);
}

/* What an API version older than the newest cannot show. */
static int
note_limitations(struct check *check, struct error *err)
{
    const enum contact_version version = contact_reader_version(check->reader);
    AUTOERROR text = ERROR_INIT;

    if (version == CONTACT_VERSION_2023_12_01)
        return 0;
    error_set(&text,
              "this cloud serves security contacts no newer than %s, which "
              "shows neither whether a contact is enabled nor attack path "
              "notifications%s",
              contact_version_name(version),
              version == CONTACT_VERSION_2017_08_01
                  ? "; contacts of all names are read as one"
                  : "");
    return run_add_limitation(check->run, error_message(&text), err);
}

/* A subscription that was read in an older version than others cannot be
 * judged beside them: what that version does not show could be off. */
static void
judge_version(struct job *job)
{
    static const struct contact_error error = {
        200, ARM_CODE_VERSION_REFUSED,
        "answers only in an older API version than the others, which does "
        "not show all that matters",
        NULL
    };
    static const struct contact_reading reading = { .kind =
                                                        CONTACT_READING_FAILED,
                                                    .error = &error };

    if (job->judged && subscription_applicable(&job->assessment.subscription)
        && job->assessment.reading.kind == CONTACT_READING_DONE
        && job->assessment.reading.version
               > contact_reader_version(job->check->reader))
        judge(job, &reading);
}

/* Moves what was assessed into the run, and what was not as unknown. */
static int
collect(struct check *check, struct error *err)
{
    struct run *run = check->run;
    const struct http_statistics statistics =
        http_client_statistics(arm_client(session_arm(check->session)));

    run->interrupted = check->interrupted;
    run->requests = statistics.requests;
    run->retries = statistics.retries;
    run->assessments = arena_allocate_array(run->arena, check->job_count + 1,
                                            sizeof(*run->assessments));
    if (run->assessments == NULL)
        return error_set_memory(err);
    if (!check->settled)
        decide_deferred(check);
    run->excluded = check->left_out;
    for (size_t i = 0; i < check->job_count; i++) {
        struct job *job = check->jobs[i];
        if (job->left_out)
            continue;
        judge_version(job);
        if (!job->judged)
            judge(job, interrupted_reading());
        if (!job->judged)
            return error_set_memory(err);
        run->assessments[run->assessment_count++] = job->assessment;
    }
    run_sort(run);
    return note_limitations(check, err);
}

int
check_run(struct check *check, struct error *err)
{
    check->listing = true;
    check->run->complete = true;
    if (selection_start(check->selection, session_arm(check->session),
                        groups_finished, check, err)
            < 0
        || subscription_list(session_arm(check->session), check->run->arena,
                             subscription_found, listing_finished, check, err)
               < 0
        || loop_run(check->loop, err) < 0)
        return -1;
    const struct error *sign_in = session_sign_in_error(check->session);
    if (!check->listed_any && sign_in != NULL) {
        error_set(err, "%s", error_message(sign_in));
        if (sign_in->advice != NULL)
            error_advise(err, "%s", sign_in->advice);
        return -1;
    }
    if (check->failure.message != NULL) {
        error_move(err, &check->failure);
        return -1;
    }
    session_describe(check->session,
                     check->job_count > 0
                         ? check->jobs[0]->assessment.subscription.tenant_id
                         : "",
                     check->run);
    return collect(check, err);
}

void
check_interrupt(struct check *check)
{
    if (check->interrupted)
        return;
    check->interrupted = true;
    http_client_cancel(arm_client(session_arm(check->session)));
    loop_stop(check->loop);
}
