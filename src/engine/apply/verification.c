/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a contact until it shows what was intended. */
#include "engine/apply/verification.h"

#include "base/clock.h"
#include "engine/apply/change_error.h"
#include "engine/apply/change_residue.h"
#include "engine/apply/image_copy.h"

enum {
    /* A write was seen at once in every recording: a late one is waited for
     * at the pace of somebody who reloads a page. */
    VERIFICATION_PAUSE_FIRST = 250,
    VERIFICATION_PAUSE_CEILING = 5 * 1000,
    /* What a reversal was to clear, and Azure keeps, it keeps for good: a
     * thousand phone numbers are not waited for one by one. */
    VERIFICATION_KEPT = 5 * 1000,
};

static int read_contact(struct verification *verification, struct error *err);

static void
fail(struct verification *verification, struct error *err)
{
    verification->options.failed(err, verification->options.data);
}

static void
pause_over(void *data)
{
    struct verification *verification = data;
    AUTOERROR err = ERROR_INIT;

    verification->timer = NULL;
    if (read_contact(verification, &err) < 0)
        fail(verification, &err);
}

/* Whether there will be another read. */
static bool
wait_for_next(struct verification *verification, struct error *err)
{
    const int64_t left = verification->deadline - clock_monotonic();
    const int64_t pause =
        verification->pause < left ? verification->pause : left;

    if (left <= 0)
        return false;
    verification->pause *= 2;
    if (verification->pause > VERIFICATION_PAUSE_CEILING)
        verification->pause = VERIFICATION_PAUSE_CEILING;
    verification->timer = loop_timer_start(verification->options.loop, pause,
                                           pause_over, verification);
    if (verification->timer == NULL)
        error_set_memory(err);
    return true;
}

static int
judge(struct verification *verification, const struct contact_reading *reading,
      struct verification_result *result, struct error *err)
{
    struct arena *arena = verification->options.arena;

    if (reading->kind == CONTACT_READING_FAILED) {
        result->error = change_error_copy(arena, reading->error);
        return 0;
    }
    if (reading->image != NULL
        && image_copy(reading->image, arena, &result->image, err) < 0)
        return -1;
    return expected_state_judge(verification->options.expected_state, reading,
                                arena, &result->verdict, err);
}

/* Where a reversal has all but what Azure keeps. */
static void
shorten(struct verification *verification,
        const struct verification_result *result)
{
    const struct change_result kept = {
        .residue = result->verdict.residue,
        .residue_count = result->verdict.residue_count,
    };
    const int64_t deadline = verification->started + VERIFICATION_KEPT;

    if (verification->options.expected_state->exact && result->error == NULL
        && change_residue_is_kept(&kept) && deadline < verification->deadline)
        verification->deadline = deadline;
}

static void
read_ended(const struct contact_reading *reading, void *data)
{
    struct verification *verification = data;
    struct verification_result result = { .image = NULL };
    AUTOERROR err = ERROR_INIT;

    if (verification->cancelled)
        return;
    if (judge(verification, reading, &result, &err) == 0) {
        shorten(verification, &result);
        if (result.verdict.met || !wait_for_next(verification, &err)) {
            verification->options.done(&result, verification->options.data);
            return;
        }
        if (verification->timer != NULL)
            return;
    }
    fail(verification, &err);
}

static int
read_contact(struct verification *verification, struct error *err)
{
    const struct verification_options *options = &verification->options;

    arena_free(verification->scratch);
    verification->scratch = arena_new();
    if (verification->scratch == NULL)
        return error_set_memory(err);
    return contact_reader_read(
        options->reader, options->expected_state->subscription->id,
        verification->scratch, read_ended, verification, err);
}

int
verification_start(struct verification *verification,
                   const struct verification_options *options,
                   struct error *err)
{
    const int64_t now = clock_monotonic();

    *verification = (struct verification){
        .options = *options,
        .started = now,
        .deadline = now + options->timeout,
        .pause = VERIFICATION_PAUSE_FIRST,
    };
    return read_contact(verification, err);
}

void
verification_cancel(struct verification *verification)
{
    verification->cancelled = true;
    loop_timer_cancel(verification->options.loop, verification->timer);
    verification->timer = NULL;
}

void
verification_release(struct verification *verification)
{
    arena_free(verification->scratch);
    verification->scratch = NULL;
}
