/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/pacing.h"

#include <stdbool.h>

#include "unit/unit.h"

enum { CONCURRENCY = 32 };

/* A service with a token bucket, and a client that always has more to ask,
 * in virtual time. */
struct simulation {
    struct pacing pacing;
    double tokens;
    double bucket;   /* tokens it can hold */
    double refill;   /* tokens per second */
    int64_t latency; /* of an answer, in milliseconds */
    int64_t now;
    unsigned under_way;
    struct {
        int64_t started;
        int64_t answered;
        bool passed;
    } requests[CONCURRENCY];
    unsigned passed; /* since the counts were last set to 0 */
    unsigned throttled;
};

static void
simulation_init(struct simulation *simulation, double bucket, double refill,
                int64_t latency)
{
    *simulation = (struct simulation){ .tokens = bucket,
                                       .bucket = bucket,
                                       .refill = refill,
                                       .latency = latency };
    pacing_init(&simulation->pacing, CONCURRENCY, 0);
}

static void
take_answers(struct simulation *simulation)
{
    for (unsigned i = simulation->under_way; i-- > 0;) {
        if (simulation->requests[i].answered > simulation->now)
            continue;
        if (simulation->requests[i].passed) {
            simulation->passed++;
            pacing_succeeded(&simulation->pacing, simulation->now);
        } else {
            simulation->throttled++;
            pacing_throttled(&simulation->pacing,
                             simulation->requests[i].started, simulation->now);
        }
        simulation->requests[i] =
            simulation->requests[--simulation->under_way];
    }
}

static void
start_requests(struct simulation *simulation)
{
    while (simulation->under_way < CONCURRENCY
           && pacing_wait(&simulation->pacing, simulation->under_way,
                          simulation->now)
                  == 0) {
        const bool passed = simulation->tokens >= 1;
        const unsigned next = simulation->under_way++;
        simulation->tokens -= passed ? 1 : 0;
        simulation->requests[next].started = simulation->now;
        simulation->requests[next].answered =
            simulation->now + simulation->latency;
        simulation->requests[next].passed = passed;
        pacing_started(&simulation->pacing, simulation->now);
    }
}

static void
simulation_run(struct simulation *simulation, int64_t seconds)
{
    const int64_t end = simulation->now + seconds * 1000;

    simulation->passed = 0;
    simulation->throttled = 0;
    for (; simulation->now < end; simulation->now++) {
        simulation->tokens += simulation->refill / 1000;
        if (simulation->tokens > simulation->bucket)
            simulation->tokens = simulation->bucket;
        /* Without latency a client gets through several rounds in a
         * millisecond. */
        for (unsigned round = 0; round < 4; round++) {
            take_answers(simulation);
            start_requests(simulation);
        }
    }
}

static void
nothing_is_held_back_without_throttling(void **state)
{
    struct pacing pacing;

    (void) state;
    pacing_init(&pacing, CONCURRENCY, 1000);
    for (unsigned i = 0; i < CONCURRENCY; i++) {
        assert_int_equal(pacing_wait(&pacing, i, 1000), 0);
        pacing_started(&pacing, 1000);
    }
    assert_int_equal(pacing_wait(&pacing, CONCURRENCY, 1000), -1);
    pacing_succeeded(&pacing, 1000);
    assert_int_equal(pacing_wait(&pacing, CONCURRENCY - 1, 1000), 0);
}

static void
converges_to_the_rate_of_the_service(void **state)
{
    const int64_t latencies[] = { 0, 5, 50, 500 };

    (void) state;
    for (unsigned i = 0; i < 4; i++) {
        struct simulation simulation;
        /* What ARM allows one principal to read in one subscription. */
        simulation_init(&simulation, 250, 25, latencies[i]);
        simulation_run(&simulation, 10);
        /* Half of the window, and a few more each time it is halved. */
        assert_in_range(simulation.throttled, 1, 4 * CONCURRENCY);
        simulation_run(&simulation, 60);
        assert_in_range(simulation.passed, 60 * 25 * 9 / 10, 60 * 25 + 25);
        assert_in_range(simulation.throttled, 0, simulation.passed * 3 / 100);
    }
}

static void
a_small_bucket_does_not_stall_the_client(void **state)
{
    struct simulation simulation;

    (void) state;
    simulation_init(&simulation, 25, 25, 0);
    simulation_run(&simulation, 4);
    assert_in_range(simulation.passed, 80, 125);
    simulation_run(&simulation, 60);
    assert_in_range(simulation.passed, 60 * 25 * 9 / 10, 60 * 25 + 25);
}

static void
recovers_when_the_limit_is_gone(void **state)
{
    struct simulation simulation;

    (void) state;
    simulation_init(&simulation, 250, 25, 50);
    simulation_run(&simulation, 20);
    simulation.refill = 10000;
    simulation.bucket = 10000;
    simulation_run(&simulation, 30);
    assert_int_equal(simulation.throttled, 0);
    simulation_run(&simulation, 5);
    assert_int_equal((int) simulation.pacing.window, CONCURRENCY);
    /* The full window, each 50 ms. */
    assert_in_range(simulation.passed, 5 * 20 * CONCURRENCY * 9 / 10,
                    5 * 20 * CONCURRENCY);
}

static void
one_throttled_answer_does_not_freeze_the_client(void **state)
{
    struct pacing pacing;

    (void) state;
    pacing_init(&pacing, CONCURRENCY, 0);
    for (unsigned i = 0; i < 100; i++) {
        pacing_started(&pacing, i * 10);
        pacing_succeeded(&pacing, i * 10);
    }
    pacing_started(&pacing, 1000);
    pacing_throttled(&pacing, 1000, 1010);
    assert_in_range(pacing_wait(&pacing, 0, 1010), 1, 100);
    assert_in_range((unsigned) pacing.rate, 50, 90);
}

static void
answers_to_old_requests_say_nothing_new(void **state)
{
    struct pacing pacing;

    (void) state;
    pacing_init(&pacing, CONCURRENCY, 0);
    for (unsigned i = 0; i < CONCURRENCY; i++)
        pacing_started(&pacing, 5);
    pacing_throttled(&pacing, 5, 20);
    const unsigned rate = (unsigned) pacing.rate;
    for (unsigned i = 1; i < CONCURRENCY; i++)
        pacing_throttled(&pacing, 5, 21);
    assert_int_equal((unsigned) pacing.rate, rate);
    assert_int_equal((unsigned) pacing.window, CONCURRENCY / 2);
    assert_int_equal(pacing.streak, 1);
}

static void
throttled_answers_in_a_row_pause_ever_longer(void **state)
{
    struct pacing pacing;
    int64_t now = 0, longest = 0;

    (void) state;
    pacing_init(&pacing, CONCURRENCY, now);
    for (unsigned i = 0; i < 20; i++) {
        now += pacing_wait(&pacing, 0, now) + 1;
        pacing_started(&pacing, now);
        pacing_throttled(&pacing, now, now);
        const int64_t wait = pacing_wait(&pacing, 0, now);
        assert_true(wait >= longest);
        longest = wait;
    }
    assert_in_range(longest, 1000, 1001);
    assert_int_equal((int) pacing.window, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_held_back_without_throttling),
        cmocka_unit_test(converges_to_the_rate_of_the_service),
        cmocka_unit_test(a_small_bucket_does_not_stall_the_client),
        cmocka_unit_test(recovers_when_the_limit_is_gone),
        cmocka_unit_test(one_throttled_answer_does_not_freeze_the_client),
        cmocka_unit_test(answers_to_old_requests_say_nothing_new),
        cmocka_unit_test(throttled_answers_in_a_row_pause_ever_longer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
