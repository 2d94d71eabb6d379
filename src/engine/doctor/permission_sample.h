/* SPDX-License-Identifier: Apache-2.0 */
/* Some of the subscriptions, spread over all of them, and what the caller may
 * do there. */
#ifndef PIKET_ENGINE_DOCTOR_PERMISSION_SAMPLE_H
#define PIKET_ENGINE_DOCTOR_PERMISSION_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/value/subscription.h"

enum permission_sample_action {
    PERMISSION_SAMPLE_ACTION_READ,
    PERMISSION_SAMPLE_ACTION_WRITE,
    PERMISSION_SAMPLE_ACTION_DELETE,
    PERMISSION_SAMPLE_ACTION_REGISTER,
    PERMISSION_SAMPLE_ACTION_COUNT,
};

/* Texts live in the arena given to sample_new. */
struct permission_sample_item {
    struct permission_sample *sample;
    const struct subscription *subscription;
    bool allowed[PERMISSION_SAMPLE_ACTION_COUNT];
    const char *permission_error; /* why that is not known; or NULL */
    const char *registration; /* ARM's word; NULL where it could not be read */
    const char *registration_error;
    bool registration_hidden; /* it takes a role that the caller lacks */
    unsigned pending;         /* answers */
};

struct permission_sample {
    struct arm *arm;
    struct arena *arena;
    struct permission_sample_item *items;
    size_t count;
    size_t started, finished;
    bool over;            /* all items are known, or memory ran out */
    bool stopped;         /* nothing more is sent */
    struct error failure; /* of our own: memory */
    void (*done)(void *data);
    void *data;
};

/* Both are borrowed. */
void permission_sample_init(struct permission_sample *sample, struct arm *arm,
                            struct arena *arena);
void permission_sample_done(struct permission_sample *sample);

/* Reads the permissions and the registration of at most size of the count
 * subscriptions, which are borrowed; ahead items are under way at once. done
 * is called when all are known, from loop_run, or before this returns where
 * there are none. */
int permission_sample_start(struct permission_sample *sample,
                            const struct subscription *const *subscriptions,
                            size_t count, size_t size, struct error *err)
    __attribute__((nonnull(1, 2)));

/* Nothing more is sent, and done not called. */
void permission_sample_stop(struct permission_sample *sample);

/* Whether the state is the one in which Microsoft.Security serves. */
bool permission_sample_item_registered(
    const struct permission_sample_item *item);

#endif
