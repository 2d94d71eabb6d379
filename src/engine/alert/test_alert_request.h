/* SPDX-License-Identifier: Apache-2.0 */
/* Raises sample alerts on chosen subscriptions, many at a time, each of them
 * once. */
#ifndef PIKET_ENGINE_ALERT_TEST_ALERT_REQUEST_H
#define PIKET_ENGINE_ALERT_TEST_ALERT_REQUEST_H

#include <stddef.h>

#include "azure/arm/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/past/test_alert_sample.h"
#include "net/loop/loop.h"

/* A subscription, and its tenant's ARM: session_arm. */
struct test_alert_request_target {
    struct subscription subscription;
    struct arm *arm;
};

/* All borrowed. */
struct test_alert_request_options {
    struct loop *loop;
    const struct test_alert_request_target *targets;
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

struct test_alert_request;

int test_alert_request_new(struct test_alert_request **ret_test,
                           const struct test_alert_request_options *options,
                           struct error *err);

/* NULL is allowed. */
void test_alert_request_free(struct test_alert_request *test);

/* Asks for all of them, until each has its answer. One subscription's failure
 * never stops the others; an error means that memory ran out, or that
 * may_raise refused. The results are there all the same. */
int test_alert_request_run(struct test_alert_request *test, struct error *err);

/* Asks for no further one; those under way are brought to their end. May be
 * called from a loop callback. */
void test_alert_request_interrupt(struct test_alert_request *test);

/* One for each target, in their order; after test_alert_request_run. Borrowed
 * from the test. */
const struct test_alert_sample *test_alert_request_results(
    const struct test_alert_request *test);

#endif
