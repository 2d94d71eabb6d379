/* SPDX-License-Identifier: Apache-2.0 */
/* Raises sample alerts on chosen subscriptions, many at a time, each of them
 * once. */
#ifndef PIKET_ENGINE_ALERT_TEST_H
#define PIKET_ENGINE_ALERT_TEST_H

#include <stddef.h>

#include "azure/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/sample_alert.h"
#include "http/loop.h"

/* A subscription, and its tenant's ARM: session_arm. */
struct alert_test_target {
    struct subscription subscription;
    struct arm *arm;
};

/* All borrowed. */
struct alert_test_options {
    struct loop *loop;
    const struct alert_test_target *targets;
    size_t target_count;
    const char *const *bundles; /* of alert_simulation_bundles */
    size_t bundle_count;
    unsigned concurrency; /* subscriptions at a time */
    struct arena *arena;  /* for what the results point to */
    /* Asked before each request that raises; -1 with an error withholds it,
     * and all that follow; or NULL. */
    http_permit *may_raise;
    /* Told of each subscription that has ended; or NULL. */
    void (*progress)(size_t ended, size_t count, void *data);
    void *data;
};

struct alert_test;

int alert_test_new(struct alert_test **ret_test,
                   const struct alert_test_options *options,
                   struct error *err);

/* NULL is allowed. */
void alert_test_free(struct alert_test *test);

/* Asks for all of them, until each has its answer. One subscription's failure
 * never stops the others; an error means that memory ran out, or that
 * may_raise refused. The results are there all the same. */
int alert_test_run(struct alert_test *test, struct error *err);

/* Asks for no further one; those under way are brought to their end. May be
 * called from a loop callback. */
void alert_test_interrupt(struct alert_test *test);

/* One for each target, in their order; after alert_test_run. Borrowed from
 * the test. */
const struct sample_alert *alert_test_results(const struct alert_test *test);

#endif
