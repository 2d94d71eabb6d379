/* SPDX-License-Identifier: Apache-2.0 */
/* The durable record of every change: written before the request, completed
 * after the read-back, never pruned. */
#ifndef PIKET_STORE_JOURNAL_H
#define PIKET_STORE_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/past/history.h"
#include "control/plan/operation.h"
#include "store/store.h"

/* Makes this process the only one that changes anything by this store, until
 * journal_unlock or its end, however it ends: the kernel lets go. Where
 * another one has it, waits so many milliseconds (0: not at all; -1: without
 * end), and calls waiting once before, with the other's process id, 0 where
 * it is not known. An unfinished change that is seen under the lock is of a
 * process that is no more. */
int journal_lock(struct store *store, int64_t milliseconds,
                 void (*waiting)(long process, void *data), void *data,
                 struct error *err);
void journal_unlock(struct store *store);

/* Records an operation as begun. Under the lock, as all that follows and
 * writes. */
int journal_begin(struct store *store, const struct operation *operation,
                  struct error *err);

/* Makes a change durable before its request is sent: when this returns 0, it
 * outlives a loss of power, and was read back from the file at the store's
 * path. Fails where that file, its log or the lock is not the one that was
 * opened, as journal_complete does. Sets change->id. */
int journal_record(struct store *store, struct change *change,
                   struct error *err);

/* Makes what became of a change durable. */
int journal_complete(struct store *store, const struct change *change,
                     const struct change_result *result, int64_t finished_at,
                     struct error *err);

/* Records that the operation has ended. */
int journal_end(struct store *store, const struct operation *operation,
                int64_t finished_at, struct error *err);

/* Fails where what has been recorded may be lost: the store's files, or its
 * lock, are not those that were opened. */
int journal_check(struct store *store, struct error *err);

/* Which changes; what is NULL or false does not matter. */
struct journal_filter {
    const char *operation;       /* id */
    const char *subscription_id; /* in lower case */
    bool pending;                /* only those */
};

/* In the order in which they were recorded, in the arena. Each is held against
 * its digest, and their number against what the operations say: what is
 * damaged is an error, or noted (store_collect_damage), whichever the filter
 * asks for: it may be one of these. */
int journal_changes(struct store *store, const struct journal_filter *filter,
                    struct arena *arena, struct change **ret_changes,
                    size_t *ret_count, struct error *err);

/* The same as another process would read it: from the files at the store's
 * path, which must be those that were opened. What is damaged is an error. */
int journal_reread(struct store *store, const struct journal_filter *filter,
                   struct arena *arena, struct change **ret_changes,
                   size_t *ret_count, struct error *err);

/* Newest first, at most limit (0: all), in the arena. counts are of each;
 * pending ones are in none of them. What is damaged is as above. */
int journal_operations(struct store *store, size_t limit, struct arena *arena,
                       struct history_operation **ret_rows, size_t *ret_count,
                       struct error *err);

/* The operation with this id, or with the only id that begins so; NULL: the
 * last remediation that has changed anything. That there is none is an
 * error. */
int journal_operation(struct store *store, const char *id, struct arena *arena,
                      struct history_operation *ret_row, struct error *err);

#endif
