/* SPDX-License-Identifier: Apache-2.0 */
/* Some of the subscriptions, spread over all of them, and what the caller may
 * do there. */
#ifndef PIKET_ENGINE_SAMPLE_H
#define PIKET_ENGINE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/subscription.h"

enum sample_action {
    SAMPLE_ACTION_READ,
    SAMPLE_ACTION_WRITE,
    SAMPLE_ACTION_DELETE,
    SAMPLE_ACTION_REGISTER,
    SAMPLE_ACTION_COUNT,
};

/* Texts live in the arena given to sample_new. */
struct sample_item {
    struct sample *sample;
    const struct subscription *subscription;
    bool allowed[SAMPLE_ACTION_COUNT];
    const char *permission_error; /* why that is not known; or NULL */
    const char *registration; /* ARM's word; NULL where it could not be read */
    const char *registration_error;
    bool registration_hidden; /* it takes a role that the caller lacks */
    unsigned pending;         /* answers */
};

struct sample {
    struct arm *arm;
    struct arena *arena;
    struct sample_item *items;
    size_t count;
    size_t started, finished;
    bool over;            /* all items are known, or memory ran out */
    bool stopped;         /* nothing more is sent */
    struct error failure; /* of our own: memory */
    void (*done)(void *data);
    void *data;
};

/* Both are borrowed. */
void sample_init(struct sample *sample, struct arm *arm, struct arena *arena);
void sample_done(struct sample *sample);

/* Reads the permissions and the registration of at most size of the count
 * subscriptions, which are borrowed; ahead items are under way at once. done
 * is called when all are known, from loop_run, or before this returns where
 * there are none. */
int sample_start(struct sample *sample,
                 const struct subscription *const *subscriptions, size_t count,
                 size_t size, struct error *err)
    __attribute__((nonnull(1, 2)));

/* Nothing more is sent, and done not called. */
void sample_stop(struct sample *sample);

/* Whether the state is the one in which Microsoft.Security serves. */
bool sample_item_registered(const struct sample_item *item);

#endif
