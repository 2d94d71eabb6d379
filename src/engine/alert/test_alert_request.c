/* SPDX-License-Identifier: Apache-2.0 */
/* Raises sample alerts on chosen subscriptions. */
#include "engine/alert/test_alert_request.h"

#include <stdlib.h>

#include "azure/resource/alert_simulation.h"

/* One target on the way to its result. */
struct attempt {
    struct test_alert_request *test;
    struct test_alert_sample result;
};

struct test_alert_request {
    struct test_alert_request_options options;
    struct attempt *attempts;
    struct test_alert_sample *results;
    size_t begun, ended;
    bool interrupted;
    struct error failure; /* of our own */
};

int
test_alert_request_new(struct test_alert_request **ret_test,
                       const struct test_alert_request_options *options,
                       struct error *err)
{
    struct test_alert_request *test = calloc(1, sizeof(*test));

    if (test == NULL)
        return error_set_memory(err);
    test->options = *options;
    test->attempts =
        calloc(options->target_count + 1, sizeof(*test->attempts));
    test->results = calloc(options->target_count + 1, sizeof(*test->results));
    if (test->attempts == NULL || test->results == NULL) {
        test_alert_request_free(test);
        return error_set_memory(err);
    }
    for (size_t i = 0; i < options->target_count; i++)
        test->attempts[i] = (struct attempt){
            .test = test,
            .result = { .subscription = options->targets[i].subscription,
                        .outcome = TEST_ALERT_SAMPLE_NOT_SENT },
        };
    *ret_test = test;
    return 0;
}

void
test_alert_request_free(struct test_alert_request *test)
{
    if (test == NULL)
        return;
    error_done(&test->failure);
    free(test->attempts);
    free(test->results);
    free(test);
}

/* In the arena; NULL where memory runs out. */
static const struct contact_error *
keep_error(struct arena *arena, const struct arm_error *error)
{
    struct contact_error *kept = arena_allocate(arena, sizeof(*kept));

    if (kept == NULL)
        return NULL;
    *kept = (struct contact_error){
        .http_status = error->http_status,
        .code = arena_copy(arena, error->code),
        .message = arena_copy(arena, error->message),
        .request_id = arena_copy(arena, error->request_id),
    };
    return kept->code != NULL && kept->message != NULL ? kept : NULL;
}

static void start_attempts(struct test_alert_request *test);

static void
fail(struct test_alert_request *test)
{
    test->interrupted = true;
    (void) error_set_memory(&test->failure);
}

static void
attempt_ended(const char *location, const struct arm_error *error, void *data)
{
    struct attempt *attempt = data;
    struct test_alert_request *test = attempt->test;
    struct test_alert_sample *result = &attempt->result;
    struct arena *arena = test->options.arena;

    result->outcome = error == NULL ? TEST_ALERT_SAMPLE_RAISED
                      : arm_error_has_code(error, ARM_CODE_WITHHELD)
                          ? TEST_ALERT_SAMPLE_NOT_SENT
                      : location != NULL && arm_error_is_uncertain(error)
                          ? TEST_ALERT_SAMPLE_UNCERTAIN
                          : TEST_ALERT_SAMPLE_REFUSED;
    result->location = arena_copy(arena, location);
    if (error != NULL)
        result->error = keep_error(arena, error);
    if ((location != NULL && result->location == NULL)
        || (error != NULL && result->error == NULL))
        fail(test);
    test->ended++;
    if (test->options.progress != NULL)
        test->options.progress(test->ended, test->options.target_count,
                               test->options.data);
    start_attempts(test);
}

static void
start_attempts(struct test_alert_request *test)
{
    const struct test_alert_request_options *options = &test->options;

    while (!test->interrupted && test->begun < options->target_count
           && test->begun - test->ended < options->concurrency) {
        struct attempt *attempt = &test->attempts[test->begun];
        if (alert_simulation_raise(options->targets[test->begun].arm,
                                   attempt->result.subscription.id,
                                   options->bundles, options->bundle_count,
                                   attempt_ended, attempt, &test->failure)
            < 0)
            test->interrupted = true;
        else
            test->begun++;
    }
    if (test->begun > 0 && test->ended == test->begun)
        loop_stop(options->loop);
}

/* The first refusal is the reason for which all ends. */
static int
may_raise(void *data, struct error *reason)
{
    struct test_alert_request *test = data;

    if (test->failure.message == NULL
        && test->options.may_raise(test->options.data, &test->failure) == 0)
        return 0;
    test->interrupted = true;
    (void) error_set(reason, "%s", error_message(&test->failure));
    return -1;
}

static void
guard_requests(struct test_alert_request *test, http_permit *permit)
{
    for (size_t i = 0; i < test->options.target_count; i++)
        arm_set_permit(test->options.targets[i].arm,
                       test->options.may_raise != NULL ? permit : NULL, test);
}

int
test_alert_request_run(struct test_alert_request *test, struct error *err)
{
    guard_requests(test, may_raise);
    start_attempts(test);
    const bool broken =
        test->begun > 0 && loop_run(test->options.loop, err) < 0;
    guard_requests(test, NULL);
    for (size_t i = 0; i < test->options.target_count; i++)
        test->results[i] = test->attempts[i].result;
    if (broken)
        return -1;
    if (test->failure.message == NULL)
        return 0;
    error_move(err, &test->failure);
    return -1;
}

void
test_alert_request_interrupt(struct test_alert_request *test)
{
    test->interrupted = true;
}

const struct test_alert_sample *
test_alert_request_results(const struct test_alert_request *test)
{
    return test->results;
}
