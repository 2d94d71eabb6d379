/* SPDX-License-Identifier: Apache-2.0 */
/* The registration of Microsoft.Security in a subscription: a change in its
 * own right, which is journalled before it is sent, and not undone. */
#ifndef PIKET_ENGINE_APPLY_PROVIDER_H
#define PIKET_ENGINE_APPLY_PROVIDER_H

#include "azure/arm/arm.h"
#include "azure/resource/registration.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/plan/operation.h"
#include "store/store.h"

/* All borrowed. */
struct provider_options {
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
    struct registration *registration; /* while it is under way */
};

/* Journals, has ARM register the provider, and waits until it is. ended is
 * called exactly once, unless provider_cancel was; it may be called before
 * this returns. */
void provider_register(struct provider *provider,
                       const struct provider_options *options);

/* Nothing is called any more. */
void provider_cancel(struct provider *provider);

#endif
