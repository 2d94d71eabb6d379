/* SPDX-License-Identifier: Apache-2.0 */
/* Some of the subscriptions, and what the caller may do there. */
#include "engine/doctor/permission_sample.h"

#include "azure/resource/permission.h"
#include "azure/resource/registration.h"
#include "base/cleanup.h"
#include "base/text.h"

/* Items under way at once: enough for the client's connections, and a small
 * queue however large the sample is. */
enum { PERMISSION_SAMPLE_AHEAD = 64 };

static const char *const actions[PERMISSION_SAMPLE_ACTION_COUNT] = {
    [PERMISSION_SAMPLE_ACTION_READ] =
        "Microsoft.Security/securityContacts/read",
    [PERMISSION_SAMPLE_ACTION_WRITE] =
        "Microsoft.Security/securityContacts/write",
    [PERMISSION_SAMPLE_ACTION_DELETE] =
        "Microsoft.Security/securityContacts/delete",
    [PERMISSION_SAMPLE_ACTION_REGISTER] = "Microsoft.Security/register/action",
};

void
permission_sample_init(struct permission_sample *sample, struct arm *arm,
                       struct arena *arena)
{
    *sample = (struct permission_sample){ .arm = arm, .arena = arena };
}

void
permission_sample_done(struct permission_sample *sample)
{
    error_done(&sample->failure);
}

void
permission_sample_stop(struct permission_sample *sample)
{
    sample->stopped = true;
}

bool
permission_sample_item_registered(const struct permission_sample_item *item)
{
    return text_equal_ignoring_case(item->registration, "Registered");
}

static void
conclude(struct permission_sample *sample)
{
    if (sample->over || sample->stopped)
        return;
    sample->over = true;
    sample->done(sample->data);
}

static void
give_up(struct permission_sample *sample, struct error *err)
{
    if (sample->failure.message == NULL)
        error_move(&sample->failure, err);
    conclude(sample);
}

static const char *
explain(const struct permission_sample *sample, const struct arm_error *error)
{
    AUTOERROR err = ERROR_INIT;

    arm_error_to_error(error, &err);
    return arena_copy(sample->arena, error_message(&err));
}

static void start_items(struct permission_sample *sample);

static void
answer_taken(struct permission_sample_item *item, bool kept)
{
    struct permission_sample *sample = item->sample;
    AUTOERROR err = ERROR_INIT;

    if (!kept) {
        error_set_memory(&err);
        give_up(sample, &err);
        return;
    }
    if (--item->pending > 0)
        return;
    sample->finished++;
    start_items(sample);
    if (sample->finished == sample->count)
        conclude(sample);
}

static void
permissions_read(const bool *allowed, const struct arm_error *error,
                 void *data)
{
    struct permission_sample_item *item = data;

    if (error != NULL)
        item->permission_error = explain(item->sample, error);
    for (size_t i = 0; error == NULL && i < PERMISSION_SAMPLE_ACTION_COUNT;
         i++)
        item->allowed[i] = allowed[i];
    answer_taken(item, error == NULL || item->permission_error != NULL);
}

static void
registration_known(const char *state, const struct arm_error *error,
                   void *data)
{
    struct permission_sample_item *item = data;

    item->registration_hidden = error != NULL && error->http_status == 403;
    if (error != NULL)
        item->registration_error = explain(item->sample, error);
    else
        item->registration = arena_copy(item->sample->arena, state);
    answer_taken(item, item->registration != NULL
                           || item->registration_error != NULL);
}

static int
start_item(struct permission_sample_item *item, struct error *err)
{
    struct arm *arm = item->sample->arm;
    const char *id = item->subscription->id;

    item->pending = 2;
    if (permission_read(arm, id, actions, PERMISSION_SAMPLE_ACTION_COUNT,
                        permissions_read, item, err)
        < 0)
        return -1;
    return registration_read(arm, id, registration_known, item, err);
}

static void
start_items(struct permission_sample *sample)
{
    AUTOERROR err = ERROR_INIT;

    while (!sample->stopped && !sample->over && sample->started < sample->count
           && sample->started - sample->finished < PERMISSION_SAMPLE_AHEAD)
        if (start_item(&sample->items[sample->started++], &err) < 0)
            give_up(sample, &err);
}

int
permission_sample_start(struct permission_sample *sample,
                        const struct subscription *const *subscriptions,
                        size_t count, size_t size, struct error *err)
{
    sample->count = size < count ? size : count;
    sample->items = arena_allocate_array(sample->arena, sample->count + 1,
                                         sizeof(*sample->items));
    if (sample->items == NULL)
        return error_set_memory(err);
    /* From the middle of equal parts: the first ones listed, and the last,
     * have no more say than the others. */
    for (size_t i = 0; i < sample->count; i++) {
        const size_t place = (size_t) (((double) i + 0.5) * (double) count
                                       / (double) sample->count);
        sample->items[i] = (struct permission_sample_item){
            .sample = sample,
            .subscription = subscriptions[place < count ? place : count - 1],
        };
    }
    start_items(sample);
    if (sample->count == 0)
        conclude(sample);
    return 0;
}
