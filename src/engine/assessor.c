/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the contacts of one tenant's subscriptions, and judges them. */
#include "engine/assessor.h"

#include <stdlib.h>

#include "azure/contact_reader.h"
#include "base/cleanup.h"

/* A subscription on the way to its assessment. */
struct job {
    struct assessor *assessor;
    struct assessment assessment; /* .subscription from the start */
    bool judged;
};

struct assessor {
    struct assessor_options options;
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
assessor_new(struct assessor **ret_assessor,
             const struct assessor_options *options, struct error *err)
{
    struct assessor *assessor = calloc(1, sizeof(*assessor));

    if (assessor == NULL)
        return error_set_memory(err);
    assessor->options = *options;
    /* Enough that a connection never waits for the next URL. */
    assessor->ahead = 2 * options->concurrency;
    if (contact_reader_new(&assessor->reader, options->arm, err) < 0) {
        free(assessor);
        return -1;
    }
    if (options->images)
        contact_reader_keep_images(assessor->reader);
    *ret_assessor = assessor;
    return 0;
}

void
assessor_free(struct assessor *assessor)
{
    if (assessor == NULL)
        return;
    contact_reader_free(assessor->reader);
    free(assessor->jobs);
    free(assessor);
}

/* A failure of our own ends the run; Azure's never does. */
static void
fail(struct assessor *assessor, struct error *err)
{
    assessor->interrupted = true;
    assessor->options.failed(err, assessor->options.data);
}

static int
judge(struct job *job, const struct contact_reading *reading,
      struct error *err)
{
    struct assessor *assessor = job->assessor;
    const struct run *run = assessor->options.run;
    const struct subscription subscription = job->assessment.subscription;

    if (assessment_make(&subscription, reading, run->profile, run->arena,
                        &job->assessment, err)
        < 0)
        return -1;
    if (assessor->options.mutes != NULL)
        mute_index_apply(assessor->options.mutes, &job->assessment);
    if (!job->judged)
        assessor->judged++;
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

static void start_reads(struct assessor *assessor);

static void
read_finished(const struct contact_reading *reading, void *data)
{
    struct job *job = data;
    struct assessor *assessor = job->assessor;
    AUTOERROR err = ERROR_INIT;

    assessor->reading--;
    if (judge(job, reading, &err) < 0)
        fail(assessor, &err);
    start_reads(assessor);
    assessor->options.changed(assessor->options.data);
}

static int
start_job(struct job *job, struct error *err)
{
    struct assessor *assessor = job->assessor;
    const struct subscription *subscription = &job->assessment.subscription;

    if (job->judged)
        return 0;
    if (!subscription_applicable(subscription))
        return judge(job, NULL, err);
    if (contact_reader_read(assessor->reader, subscription->id,
                            assessor->options.run->arena, read_finished, job,
                            err)
        < 0)
        return -1;
    assessor->reading++;
    return 0;
}

static void
start_reads(struct assessor *assessor)
{
    AUTOERROR err = ERROR_INIT;

    while (!assessor->interrupted && assessor->reading < assessor->ahead
           && assessor->started < assessor->count)
        if (start_job(assessor->jobs[assessor->started++], &err) < 0)
            fail(assessor, &err);
}

static struct job *
add_job(struct assessor *assessor, const struct subscription *subscription,
        struct error *err)
{
    struct job *job =
        arena_allocate(assessor->options.run->arena, sizeof(*job));

    if (assessor->count == assessor->capacity) {
        const size_t capacity =
            assessor->capacity == 0 ? 256 : 2 * assessor->capacity;
        struct job **grown =
            reallocarray(assessor->jobs, capacity, sizeof(struct job *));
        if (grown != NULL) {
            assessor->jobs = grown;
            assessor->capacity = capacity;
        }
    }
    if (job == NULL || assessor->count == assessor->capacity) {
        error_set_memory(err);
        return NULL;
    }
    job->assessor = assessor;
    job->assessment.subscription = *subscription;
    assessor->jobs[assessor->count++] = job;
    return job;
}

int
assessor_take(struct assessor *assessor,
              const struct subscription *subscription, struct error *err)
{
    if (add_job(assessor, subscription, err) == NULL)
        return -1;
    start_reads(assessor);
    return 0;
}

int
assessor_take_unread(struct assessor *assessor,
                     const struct subscription *subscription,
                     const struct contact_error *error, struct error *err)
{
    struct job *job = add_job(assessor, subscription, err);

    return job != NULL ? judge_unread(job, error, err) : -1;
}

bool
assessor_idle(const struct assessor *assessor)
{
    return assessor->reading == 0 && assessor->judged == assessor->count;
}

size_t
assessor_taken(const struct assessor *assessor)
{
    return assessor->count;
}

size_t
assessor_judged(const struct assessor *assessor)
{
    return assessor->judged;
}

void
assessor_interrupt(struct assessor *assessor)
{
    assessor->interrupted = true;
}

/* A subscription that was read in an older version than others cannot be
 * judged beside them: what that version does not show could be off. */
static bool
is_outdated(const struct job *job)
{
    return subscription_applicable(&job->assessment.subscription)
           && job->assessment.reading.kind == CONTACT_READING_DONE
           && job->assessment.reading.version
                  > contact_reader_version(job->assessor->reader);
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
note_limitations(const struct assessor *assessor, struct error *err)
{
    const enum contact_version version =
        contact_reader_version(assessor->reader);
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
    return run_add_limitation(assessor->options.run, error_message(&text),
                              err);
}

int
assessor_collect(struct assessor *assessor, struct error *err)
{
    struct run *run = assessor->options.run;

    for (size_t i = 0; i < assessor->count; i++) {
        struct job *job = assessor->jobs[i];
        if (conclude(job, err) < 0)
            return -1;
        run->assessments[run->assessment_count++] = job->assessment;
    }
    return note_limitations(assessor, err);
}
