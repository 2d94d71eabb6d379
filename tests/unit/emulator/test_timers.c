/* SPDX-License-Identifier: Apache-2.0 */
#include "server/timers.h"

#include "unit/unit.h"

static void
takes_the_next_one_first(void **state)
{
    struct timers timers = { .count = 0 };
    int64_t dues[1000];
    int64_t before = -1;

    (void) state;
    for (size_t i = 0; i < 1000; i++) {
        dues[i] = (int64_t) (i * 7919 % 1000);
        assert_int_equal(timers_add(&timers, dues[i], &dues[i]), 0);
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(timers_next(&timers), (int64_t) i);
        const int64_t *due = timers_take(&timers, 1000);
        assert_non_null(due);
        assert_true(*due > before);
        before = *due;
    }
    assert_int_equal(timers_next(&timers), -1);
    assert_null(timers_take(&timers, 1000));
    timers_done(&timers);
}

static void
leaves_what_is_not_due(void **state)
{
    struct timers timers = { .count = 0 };
    int first = 1;
    int second = 2;

    (void) state;
    assert_int_equal(timers_add(&timers, 50, &first), 0);
    assert_int_equal(timers_add(&timers, 50, &second), 0);
    assert_null(timers_take(&timers, 49));
    assert_ptr_equal(timers_take(&timers, 50), &first);
    assert_ptr_equal(timers_take_any(&timers), &second);
    assert_null(timers_take_any(&timers));
    timers_done(&timers);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_next_one_first),
        cmocka_unit_test(leaves_what_is_not_due),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
