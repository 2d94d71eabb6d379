/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the contacts of one tenant's subscriptions, and judges them. */
#include "engine/check/contact_scan.h"

#include <stdlib.h>

#include "azure/contact/contact_reader.h"
#include "base/cleanup.h"

/* A subscription on the way to its assessment. */
struct job {
    struct contact_scan *contact_scan;
    struct assessment assessment; /* .subscription from the start */
    bool judged;
};

struct contact_scan {
    struct contact_scan_options options;
    struct contact_reader *reader;
    unsigned ahead;    /* reads handed to the reader at once, at the most */
    struct job **jobs; /* each in the run's arena */
    size_t count, capacity;
    size_t started; /* handed to the reader, or judged without */
    size_t judged;
    size_t reading; /* under way */
    bool interrupted;
};

int
contact_scan_new(struct contact_scan **ret_contact_scan,
                 const struct contact_scan_options *options, struct error *err)
{
    struct contact_scan *contact_scan = calloc(1, sizeof(*contact_scan));

    if (contact_scan == NULL)
        return error_set_memory(err);
    contact_scan->options = *options;
    /* Enough that a connection never waits for the next URL. */
    contact_scan->ahead = 2 * options->concurrency;
    if (contact_reader_new(&contact_scan->reader, options->arm, err) < 0) {
        free(contact_scan);
        return -1;
    }
    if (options->images)
        contact_reader_keep_images(contact_scan->reader);
    *ret_contact_scan = contact_scan;
    return 0;
}

void
contact_scan_free(struct contact_scan *contact_scan)
{
    if (contact_scan == NULL)
        return;
    contact_reader_free(contact_scan->reader);
    free(contact_scan->jobs);
    free(contact_scan);
}

/* A failure of our own ends the run; Azure's never does. */
static void
fail(struct contact_scan *contact_scan, struct error *err)
{
    contact_scan->interrupted = true;
    contact_scan->options.failed(err, contact_scan->options.data);
}

static int
judge(struct job *job, const struct contact_reading *reading,
      struct error *err)
{
    struct contact_scan *contact_scan = job->contact_scan;
    const struct run *run = contact_scan->options.run;
    const struct subscription subscription = job->assessment.subscription;

    if (assessment_make(&subscription, reading, run->profile, run->arena,
                        &job->assessment, err)
        < 0)
        return -1;
    if (contact_scan->options.mutes != NULL)
        mute_index_apply(contact_scan->options.mutes, &job->assessment);
    if (!job->judged)
        contact_scan->judged++;
    job->judged = true;
    return 0;
}

static int
judge_unread(struct job *job, const struct contact_error *error,
             struct error *err)
{
    const struct contact_reading reading = { .kind = CONTACT_READING_FAILED,
                                             .error = error };

    return judge(job, &reading, err);
}

static void start_reads(struct contact_scan *contact_scan);

static void
read_finished(const struct contact_reading *reading, void *data)
{
    struct job *job = data;
    struct contact_scan *contact_scan = job->contact_scan;
    AUTOERROR err = ERROR_INIT;

    contact_scan->reading--;
    if (judge(job, reading, &err) < 0)
        fail(contact_scan, &err);
    start_reads(contact_scan);
    contact_scan->options.changed(contact_scan->options.data);
}

static int
start_job(struct job *job, struct error *err)
{
    struct contact_scan *contact_scan = job->contact_scan;
    const struct subscription *subscription = &job->assessment.subscription;

    if (job->judged)
        return 0;
    if (!subscription_applicable(subscription))
        return judge(job, NULL, err);
    if (contact_reader_read(contact_scan->reader, subscription->id,
                            contact_scan->options.run->arena, read_finished,
                            job, err)
        < 0)
        return -1;
    contact_scan->reading++;
    return 0;
}

static void
start_reads(struct contact_scan *contact_scan)
{
    AUTOERROR err = ERROR_INIT;

    while (!contact_scan->interrupted
           && contact_scan->reading < contact_scan->ahead
           && contact_scan->started < contact_scan->count)
        if (start_job(contact_scan->jobs[contact_scan->started++], &err) < 0)
            fail(contact_scan, &err);
}

static struct job *
add_job(struct contact_scan *contact_scan,
        const struct subscription *subscription, struct error *err)
{
    struct job *job =
        arena_allocate(contact_scan->options.run->arena, sizeof(*job));

    if (contact_scan->count == contact_scan->capacity) {
        const size_t capacity =
            contact_scan->capacity == 0 ? 256 : 2 * contact_scan->capacity;
        struct job **grown =
            reallocarray(contact_scan->jobs, capacity, sizeof(struct job *));
        if (grown != NULL) {
            contact_scan->jobs = grown;
            contact_scan->capacity = capacity;
        }
    }
    if (job == NULL || contact_scan->count == contact_scan->capacity) {
        error_set_memory(err);
        return NULL;
    }
    job->contact_scan = contact_scan;
    job->assessment.subscription = *subscription;
    contact_scan->jobs[contact_scan->count++] = job;
    return job;
}

int
contact_scan_take(struct contact_scan *contact_scan,
                  const struct subscription *subscription, struct error *err)
{
    if (add_job(contact_scan, subscription, err) == NULL)
        return -1;
    start_reads(contact_scan);
    return 0;
}

int
contact_scan_take_unread(struct contact_scan *contact_scan,
                         const struct subscription *subscription,
                         const struct contact_error *error, struct error *err)
{
    struct job *job = add_job(contact_scan, subscription, err);

    return job != NULL ? judge_unread(job, error, err) : -1;
}

bool
contact_scan_idle(const struct contact_scan *contact_scan)
{
    return contact_scan->reading == 0
           && contact_scan->judged == contact_scan->count;
}

size_t
contact_scan_taken(const struct contact_scan *contact_scan)
{
    return contact_scan->count;
}

size_t
contact_scan_judged(const struct contact_scan *contact_scan)
{
    return contact_scan->judged;
}

void
contact_scan_interrupt(struct contact_scan *contact_scan)
{
    contact_scan->interrupted = true;
}

/* A subscription that was read in an older version than others cannot be
 * judged beside them: what that version does not show could be off. */
static bool
is_outdated(const struct job *job)
{
    return subscription_applicable(&job->assessment.subscription)
           && job->assessment.reading.kind == CONTACT_READING_DONE
           && job->assessment.reading.version
                  > contact_reader_version(job->contact_scan->reader);
}

static int
conclude(struct job *job, struct error *err)
{
    static const struct contact_error outdated = {
        200, ARM_CODE_VERSION_REFUSED,
        "answers only in an older API version than the others, which does "
        "not show all that matters",
        NULL
    };
    static const struct contact_error interrupted = {
        0, ARM_CODE_INTERRUPTED, "interrupted before it was read", NULL
    };

    if (!job->judged)
        return judge_unread(job, &interrupted, err);
    return is_outdated(job) ? judge_unread(job, &outdated, err) : 0;
}

/* What an API version older than the newest cannot show. */
static int
note_limitations(const struct contact_scan *contact_scan, struct error *err)
{
    const enum contact_version version =
        contact_reader_version(contact_scan->reader);
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
    return run_add_limitation(contact_scan->options.run, error_message(&text),
                              err);
}

int
contact_scan_collect(struct contact_scan *contact_scan, struct error *err)
{
    struct run *run = contact_scan->options.run;

    for (size_t i = 0; i < contact_scan->count; i++) {
        struct job *job = contact_scan->jobs[i];
        if (conclude(job, err) < 0)
            return -1;
        run->assessments[run->assessment_count++] = job->assessment;
    }
    return note_limitations(contact_scan, err);
}
