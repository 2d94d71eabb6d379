/* SPDX-License-Identifier: Apache-2.0 */
/* Where runs and the journal of changes are kept: one SQLite database, which
 * several processes may use at once. */
#ifndef PIKET_STORE_STORE_H
#define PIKET_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct store;

enum store_access {
    STORE_READ,  /* must exist; nothing is written, not even a migration */
    STORE_ALTER, /* must exist, and is migrated: for what adds to, or takes
                    from, something that is there */
    STORE_WRITE, /* made where it does not exist, and migrated */
};

/* Opens the database at the path. Its file is of mode 0600 and of this user
 * alone, its folder made with mode 0700; what somebody else may have written
 * is an error. Damage, a newer schema, a full or read-only disk and a lock
 * that does not go away are errors, too, with what to do next. */
int store_open(struct store **ret_store, const char *path,
               enum store_access access, struct error *err);

/* NULL is allowed. */
void store_close(struct store *store);

/* What is not as piket wrote it: a sentence for each, in an arena. */
struct store_damage {
    struct arena *arena; /* borrowed */
    const char **texts;
    size_t count, room;
    bool journal_told, runs_told; /* what there is of these is noted */
};

/* From here on, what lists runs, operations, changes or assessments leaves
 * out what is damaged, and notes it here, instead of failing. NULL: it fails.
 * Borrowed. */
void store_collect_damage(struct store *store, struct store_damage *damage);

/* Borrowed. */
const char *store_path(const struct store *store);

/* $XDG_STATE_HOME/piket/piket.db, which the caller frees. Fails where neither
 * that nor a home folder is known. */
int store_default_path(char **ret_path, struct error *err);

#endif
