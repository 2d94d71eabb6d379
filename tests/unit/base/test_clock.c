/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/cleanup.h"

static void
formats_as_rfc_3339(void **state)
{
    static const struct {
        int64_t milliseconds;
        const char *text;
    } cases[] = {
        { 0, "1970-01-01T00:00:00Z" },
        { 999, "1970-01-01T00:00:00Z" },
        { -1, "1969-12-31T23:59:59Z" },
        { 1795338847000, "2026-11-22T09:14:07Z" },
        { 951782400000, "2000-02-29T00:00:00Z" },
        { INT64_MAX, "9999-12-31T23:59:59Z" },
        { INT64_MIN, "0000-01-01T00:00:00Z" },
    };
    char text[CLOCK_TEXT_SIZE];

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(clock_format(cases[i].milliseconds, text),
                            cases[i].text);
}

static void
monotonic_time_never_goes_back(void **state)
{
    int64_t before = clock_monotonic();

    (void) state;
    for (int i = 0; i < 1000; i++) {
        const int64_t now = clock_monotonic();
        assert_true(now >= before);
        before = now;
    }
    assert_true(clock_now() > 1700000000000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_as_rfc_3339),
        cmocka_unit_test(monotonic_time_never_goes_back),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
