/* SPDX-License-Identifier: Apache-2.0 */
/* Changes that were made, as the journal or a backup has them: what revert
 * takes back. */
#ifndef PIKET_CLI_FLOW_REVERT_SOURCE_H
#define PIKET_CLI_FLOW_REVERT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/plan/operation.h"
#include "control/value/scope.h"
#include "store/store.h"

struct revert_source {
    struct operation operation;
    struct change *changes;
    size_t count;
    bool unproved; /* the backup as a whole; the journal's changes say it
                      themselves */
};

/* The operation of this id, or the last remediation that changed anything
 * (NULL), with its changes, in the arena. */
int revert_source_load(struct store *store, const char *id,
                       struct arena *arena,
                       struct revert_source *ret_revert_source,
                       struct error *err);

/* Those of a file that --backup wrote. writes: they are taken back by it. */
int revert_source_read(const char *path, bool writes, struct arena *arena,
                       struct revert_source *ret_revert_source,
                       struct error *err);

/* Keeps the changes of subscriptions that are in the scope, which knows them
 * by the names that they had. A name that none has is an error. */
int revert_source_narrow(struct revert_source *revert_source,
                         const struct scope *scope, struct error *err);

/* Fails where some of it was recorded without a digest, by an older piket:
 * nobody would notice what has changed in it since. */
int revert_source_require_proof(const struct revert_source *revert_source,
                                struct error *err);

/* The scope that holds their subscriptions alone, by id. */
int revert_source_scope(const struct revert_source *revert_source,
                        struct arena *arena, struct scope *ret_scope,
                        struct error *err);

#endif
