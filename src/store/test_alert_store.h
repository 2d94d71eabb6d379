/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of delivery in the store: what was asked for, and what people have
 * confirmed. */
#ifndef PIKET_STORE_TEST_ALERT_STORE_H
#define PIKET_STORE_TEST_ALERT_STORE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/past/test_alert.h"
#include "store/store.h"

/* Records a test before its alerts are raised: whole or not at all. */
int test_alert_store_begin(struct store *store, const struct test_alert *test,
                           struct error *err);

/* Fails where the test is not on record any more in the file at the store's
 * path: to be asked before each alert is raised. */
int test_alert_store_check(struct store *store, const struct test_alert *test,
                           struct error *err);

/* Records what became of each alert. */
int test_alert_store_complete(struct store *store,
                              const struct test_alert *test,
                              struct error *err);

/* Loads the test with this id, or with the only one that begins so; NULL: the
 * last. That there is none is an error. In the arena. */
int test_alert_store_load(struct store *store, const char *id,
                          struct arena *arena, struct test_alert *ret_test,
                          struct error *err);

/* Records that somebody saw the mail at the address; once more is later. */
int test_alert_store_confirm(struct store *store, const char *id,
                             const char *address, int64_t confirmed_at,
                             struct error *err);

#endif
