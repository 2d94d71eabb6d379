/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way: reads again what is there, journals it,
 * writes, reads back, journals what came of it. */
#ifndef PIKET_ENGINE_APPLY_APPLY_CHANGE_H
#define PIKET_ENGINE_APPLY_APPLY_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/plan/operation.h"
#include "control/plan/plan.h"
#include "control/requirement/profile.h"
#include "control/run/mute_index.h"
#include "engine/session/tenant_access.h"
#include "net/loop/loop.h"
#include "store/store.h"

/* Called with each before-image once it is journalled, and before its request
 * is sent: --backup. Returns -1 with an error to refuse the request. */
typedef int apply_backup(const struct change *change, void *data,
                         struct error *err);

struct apply_change;

/* All borrowed, and the same for all changes of a plan. */
struct apply_change_options {
    struct loop *loop;
    struct store *store;           /* whose journal is locked */
    const char *operation;         /* its id */
    const struct profile *profile; /* to be passed; NULL in a reversal */
    struct mute_index *mutes;      /* or NULL */
    int64_t verify_timeout;        /* milliseconds */
    struct arena *arena;           /* of the results */
    apply_backup *backup;          /* or NULL */
    void *backup_data;
    /* It has ended with this result, whose texts live in the arena; the last
     * thing that is called. data is that of apply_change_start. */
    void (*ended)(const struct change_result *result, void *data);
    /* The journal, the backup or memory failed: no further request may be
     * sent. It ends all the same. */
    void (*broken)(struct error *err, void *data);
};

/* Begins the change; all else happens in loop_run. */
int apply_change_start(struct apply_change **ret_apply_change,
                       const struct apply_change_options *options,
                       const struct tenant_access *access,
                       const struct plan_change *planned, void *data,
                       struct error *err);

/* Releases one that ended calls back for, or whose requests are cancelled
 * after apply_change_abandon. NULL is allowed. */
void apply_change_free(struct apply_change *apply_change);

/* Has it end as NOT_SENT, unless its request has been journalled. */
void apply_change_withhold(struct apply_change *apply_change);

/* Nothing is called back any more; what it waits for is the caller's to
 * cancel. */
void apply_change_abandon(struct apply_change *apply_change);

/* Whether anything was journalled, and so perhaps sent. */
bool apply_change_sent(const struct apply_change *apply_change);

#endif
