/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include "base/cleanup.h"
#include "unit/unit.h"

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
reads_rfc_3339(void **state)
{
    static const struct {
        const char *text;
        int64_t milliseconds;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "2026-11-22T09:14:07Z", 1795338847000 },
        { "2026-11-22t09:14:07z", 1795338847000 },
        { "2026-11-22T10:14:07+01:00", 1795338847000 },
        { "2026-11-21T23:44:07-09:30", 1795338847000 },
        { "2026-11-22T09:14:07.5Z", 1795338847500 },
        { "2026-11-22T09:14:07.0429999999999999999Z", 1795338847042 },
        { "2000-02-29T00:00:00Z", 951782400000 },
        { "9999-12-31T23:59:59Z", 253402300799000 },
    };
    static const char *const refused[] = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22T09:14:07",
        "2026-11-22T09:14Z",
        "2026-11-22 09:14:07Z",
        "2026-11-22T09:14:07Z ",
        "2026-11-22T09:14:07+0100",
        "2026-11-22T09:14:07+24:00",
        "2026-11-22T09:14:07.Z",
        "2026-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "-026-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z",
    };
    int64_t milliseconds;

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_int_equal(clock_parse(cases[i].text, &milliseconds), 0);
        assert_int_equal(milliseconds, cases[i].milliseconds);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
        if (clock_parse(refused[i], &milliseconds) == 0)
            fail_msg("'%s' was read", refused[i]);
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
        cmocka_unit_test(reads_rfc_3339),
        cmocka_unit_test(monotonic_time_never_goes_back),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
