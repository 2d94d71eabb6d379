/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way: reads again what is there, journals it,
 * writes, reads back, journals what came of it. */
#ifndef PIKET_ENGINE_CHANGE_RUN_H
#define PIKET_ENGINE_CHANGE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/operation.h"
#include "control/plan.h"
#include "engine/apply.h"
#include "engine/tenant_access.h"
#include "http/loop.h"
#include "store/store.h"

struct change_run;

/* All borrowed, and the same for all changes of a plan. */
struct change_run_options {
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
     * thing that is called. data is that of change_run_start. */
    void (*ended)(const struct change_result *result, void *data);
    /* The journal, the backup or memory failed: no further request may be
     * sent. It ends all the same. */
    void (*broken)(struct error *err, void *data);
};

/* Begins the change; all else happens in loop_run. */
int change_run_start(struct change_run **ret_run,
                     const struct change_run_options *options,
                     const struct tenant_access *access,
                     const struct plan_change *planned, void *data,
                     struct error *err);

/* Ends a run that ended calls back for, or whose requests are cancelled after
 * change_run_abandon. NULL is allowed. */
void change_run_free(struct change_run *run);

/* Has it end as NOT_SENT, unless its request has been journalled. */
void change_run_withhold(struct change_run *run);

/* Nothing is called back any more; what it waits for is the caller's to
 * cancel. */
void change_run_abandon(struct change_run *run);

/* Whether anything was journalled, and so perhaps sent. */
bool change_run_sent(const struct change_run *run);

#endif
