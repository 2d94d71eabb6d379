/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of delivery in the store: what was asked for, and what people have
 * confirmed. */
#ifndef PIKET_STORE_DELIVERY_STORE_H
#define PIKET_STORE_DELIVERY_STORE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/delivery_test.h"
#include "store/store.h"

/* Records a test before its alerts are raised: whole or not at all. */
int delivery_store_begin(struct store *store, const struct delivery_test *test,
                         struct error *err);

/* Fails where the test is not on record any more in the file at the store's
 * path: to be asked before each alert is raised. */
int delivery_store_check(struct store *store, const struct delivery_test *test,
                         struct error *err);

/* Records what became of each alert. */
int delivery_store_complete(struct store *store,
                            const struct delivery_test *test,
                            struct error *err);

/* Loads the test with this id, or with the only one that begins so; NULL: the
 * last. That there is none is an error. In the arena. */
int delivery_store_load(struct store *store, const char *id,
                        struct arena *arena, struct delivery_test *ret_test,
                        struct error *err);

/* Records that somebody saw the mail at the address; once more is later. */
int delivery_store_confirm(struct store *store, const char *id,
                           const char *address, int64_t confirmed_at,
                           struct error *err);

#endif
