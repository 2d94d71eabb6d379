/* SPDX-License-Identifier: Apache-2.0 */
/* What an id in the store is of, where a person may have meant either. */
#ifndef PIKET_STORE_RECORD_H
#define PIKET_STORE_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "store/store.h"

enum record_kind {
    RECORD_RUN,
    RECORD_OPERATION,
};

/* Finds the only run or operation whose id begins with text. That there is
 * none, or more than one of both together, is an error that offers some. The
 * id is in the arena. */
int record_find(struct store *store, const char *text, struct arena *arena,
                enum record_kind *ret_kind, const char **ret_id,
                struct error *err);

#endif
