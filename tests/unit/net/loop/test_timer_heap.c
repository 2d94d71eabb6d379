/* SPDX-License-Identifier: Apache-2.0 */
#include "net/loop/timer_heap.h"

#include <stdlib.h>

#include "unit/unit.h"

enum { TIMERS = 500 };

/* What ran, in its order. */
static struct {
    size_t numbers[TIMERS];
    size_t count;
    struct timer_heap *heap;
} ran;

static size_t numbers[TIMERS];
static bool stopped;

static void
remember(void *data)
{
    const size_t *number = data;

    ran.numbers[ran.count++] = *number;
}

static void
start_again(void *data)
{
    remember(data);
    assert_non_null(timer_heap_add(ran.heap, 0, start_again, data));
}

static int
set_up(void **state)
{
    (void) state;
    ran.count = 0;
    stopped = false;
    for (size_t i = 0; i < TIMERS; i++)
        numbers[i] = i;
    return 0;
}

static void
timers_run_in_the_order_of_their_moments(void **state)
{
    struct timer_heap heap = { 0 };

    (void) state;
    /* 7 and TIMERS have no common divisor: each moment comes once. */
    for (size_t i = 0; i < TIMERS; i++)
        assert_non_null(timer_heap_add(&heap, (int64_t) (i * 7 % TIMERS),
                                       remember, &numbers[i * 7 % TIMERS]));
    timer_heap_run(&heap, TIMERS / 2 - 1, &stopped);
    assert_int_equal(ran.count, TIMERS / 2);
    assert_int_equal(timer_heap_first(&heap)->due, TIMERS / 2);
    timer_heap_run(&heap, TIMERS, &stopped);
    assert_int_equal(ran.count, TIMERS);
    for (size_t i = 0; i < TIMERS; i++)
        assert_int_equal(ran.numbers[i], i);
    assert_null(timer_heap_first(&heap));
    timer_heap_done(&heap);
}

static void
timers_of_one_moment_run_in_the_order_of_their_start(void **state)
{
    struct timer_heap heap = { 0 };

    (void) state;
    for (size_t i = 0; i < TIMERS; i++)
        assert_non_null(timer_heap_add(&heap, 5, remember, &numbers[i]));
    timer_heap_run(&heap, 5, &stopped);
    for (size_t i = 0; i < TIMERS; i++)
        assert_int_equal(ran.numbers[i], i);
    timer_heap_done(&heap);
}

static void
a_removed_timer_does_not_run(void **state)
{
    struct timer_heap heap = { 0 };
    struct loop_timer *timers[TIMERS];

    (void) state;
    for (size_t i = 0; i < TIMERS; i++) {
        timers[i] = timer_heap_add(&heap, (int64_t) (i * 7 % TIMERS), remember,
                                   &numbers[i * 7 % TIMERS]);
        assert_non_null(timers[i]);
    }
    for (size_t i = 0; i < TIMERS; i++)
        if (i * 7 % TIMERS % 3 == 0)
            timer_heap_remove(&heap, timers[i]);
    timer_heap_run(&heap, TIMERS, &stopped);
    assert_int_equal(ran.count, TIMERS - (TIMERS + 2) / 3);
    for (size_t i = 1; i < ran.count; i++) {
        assert_true(ran.numbers[i] % 3 != 0);
        assert_true(ran.numbers[i - 1] < ran.numbers[i]);
    }
    timer_heap_done(&heap);
}

static void
a_timer_that_starts_itself_again_lets_go(void **state)
{
    struct timer_heap heap = { 0 };

    (void) state;
    ran.heap = &heap;
    assert_non_null(timer_heap_add(&heap, 0, start_again, &numbers[1]));
    timer_heap_run(&heap, 10, &stopped);
    assert_int_equal(ran.count, 1);
    timer_heap_run(&heap, 10, &stopped);
    assert_int_equal(ran.count, 2);
    timer_heap_done(&heap);
}

static void
stop(void *data)
{
    remember(data);
    stopped = true;
}

static void
a_callback_may_stop_the_run(void **state)
{
    struct timer_heap heap = { 0 };

    (void) state;
    assert_non_null(timer_heap_add(&heap, 0, stop, &numbers[0]));
    assert_non_null(timer_heap_add(&heap, 0, remember, &numbers[1]));
    timer_heap_run(&heap, 10, &stopped);
    assert_int_equal(ran.count, 1);
    timer_heap_done(&heap);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(timers_run_in_the_order_of_their_moments,
                               set_up),
        cmocka_unit_test_setup(
            timers_of_one_moment_run_in_the_order_of_their_start, set_up),
        cmocka_unit_test_setup(a_removed_timer_does_not_run, set_up),
        cmocka_unit_test_setup(a_callback_may_stop_the_run, set_up),
        cmocka_unit_test_setup(a_timer_that_starts_itself_again_lets_go,
                               set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
