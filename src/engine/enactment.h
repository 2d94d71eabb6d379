/* SPDX-License-Identifier: Apache-2.0 */
/* One change of a plan on its way: reads again what is there, journals it,
 * writes, reads back, journals what came of it. */
#ifndef PIKET_ENGINE_ENACTMENT_H
#define PIKET_ENGINE_ENACTMENT_H

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

struct enactment;

/* All borrowed, and the same for all changes of a plan. */
struct enactment_options {
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
     * thing that is called. data is that of enactment_start. */
    void (*ended)(const struct change_result *result, void *data);
    /* The journal, the backup or memory failed: no further request may be
     * sent. It ends all the same. */
    void (*broken)(struct error *err, void *data);
};

/* Begins the change; all else happens in loop_run. */
int enactment_start(struct enactment **ret_enactment,
                    const struct enactment_options *options,
                    const struct tenant_access *access,
                    const struct plan_change *planned, void *data,
                    struct error *err);

/* Releases one that ended calls back for, or whose requests are cancelled
 * after enactment_abandon. NULL is allowed. */
void enactment_free(struct enactment *enactment);

/* Has it end as NOT_SENT, unless its request has been journalled. */
void enactment_withhold(struct enactment *enactment);

/* Nothing is called back any more; what it waits for is the caller's to
 * cancel. */
void enactment_abandon(struct enactment *enactment);

/* Whether anything was journalled, and so perhaps sent. */
bool enactment_sent(const struct enactment *enactment);

#endif
