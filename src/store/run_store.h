/* SPDX-License-Identifier: Apache-2.0 */
/* The runs in the store, each with all its assessments. */
#ifndef PIKET_STORE_RUN_STORE_H
#define PIKET_STORE_RUN_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/past/history.h"
#include "control/run/run.h"
#include "store/store.h"

/* Keeps a run that is over, whole or not at all. *ret_damaged, which may be
 * NULL, is whether an assessment of an earlier run was found damaged, which
 * this run does without. */
int run_store_save(struct store *store, const struct run *run,
                   bool *ret_damaged, struct error *err);

/* Loads a run by its id, or by the beginning of it that no other has; NULL
 * is the last one. A writer prints of it what it printed of the one that was
 * saved. The caller frees it. That there is none is an error which offers the
 * nearest; that something of it is damaged or missing is one, too. Where the
 * last is asked for, so is any damaged run, which may be that one. */
int run_store_load(struct store *store, const char *id, struct run **ret_run,
                   struct error *err);

/* The last run before the one with this id that is comparable: of the same
 * tenants, cloud and profile, and complete. *ret_run is NULL where there is
 * none. The caller frees it. */
int run_store_load_previous(struct store *store, const struct run *run,
                            struct run **ret_run, struct error *err);

/* The newest runs, newest first, at most limit (0: all), in the arena. What is
 * damaged is an error, or noted (store_collect_damage), here and below. */
int run_store_list(struct store *store, size_t limit, struct arena *arena,
                   struct history_run **ret_rows, size_t *ret_count,
                   struct error *err);

/* Newest first, in the arena. id is a UUID in lower case. */
int run_store_timeline(struct store *store, const char *subscription_id,
                       size_t limit, struct arena *arena,
                       struct history_assessment **ret_rows, size_t *ret_count,
                       struct error *err);

/* Removes all but the newest keep runs, damaged ones first. The journal
 * stays. */
int run_store_prune(struct store *store, size_t keep, size_t *ret_removed,
                    struct error *err);

#endif
