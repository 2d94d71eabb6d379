/* SPDX-License-Identifier: Apache-2.0 */
/* The registration of Microsoft.Security in a subscription: a change in its
 * own right, which is journalled before it is sent, and not undone. */
#ifndef PIKET_ENGINE_PROVIDER_H
#define PIKET_ENGINE_PROVIDER_H

#include <stdbool.h>

#include "azure/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/operation.h"
#include "http/loop.h"
#include "store/store.h"

/* All borrowed. */
struct provider_options {
    struct loop *loop;
    struct arm *arm;
    struct store *store;
    const char *operation;
    const struct subscription *subscription;
    struct arena *arena; /* of the result */
    /* The last thing that is called. DONE: it is registered. */
    void (*ended)(const struct change_result *result, void *data);
    /* The journal or memory failed; ended follows. */
    void (*broken)(struct error *err, void *data);
    void *data;
};

/* Embedded in what waits for it. */
struct provider {
    struct provider_options options;
    struct change change; /* as journalled */
    struct change_result result;
    struct loop_timer *timer;
    unsigned reads;
    bool cancelled;
};

/* Journals, asks ARM to register the provider, and reads its state until it
 * is registered: that takes seconds, and now and then minutes. ended is
 * called exactly once, unless provider_cancel was; it may be called before
 * this returns. */
void provider_register(struct provider *provider,
                       const struct provider_options *options);

/* Nothing is called any more; a request that is under way ends by itself. */
void provider_cancel(struct provider *provider);

#endif
