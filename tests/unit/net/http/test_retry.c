/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/retry.h"

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/unit.h"

/* 2026-11-22T09:14:07Z */
static const int64_t now = INT64_C(1795338847000);

static void
hints_go_in_the_order_of_the_azure_sdks(void **state)
{
    struct retry_hints hints = { "20", "30", "4", 50 };

    (void) state;
    assert_int_equal(retry_after(&hints, now), 20);
    hints.retry_after_ms = NULL;
    assert_int_equal(retry_after(&hints, now), 30);
    hints.x_ms_retry_after_ms = NULL;
    assert_int_equal(retry_after(&hints, now), 4000);
    hints.retry_after = NULL;
    assert_int_equal(retry_after(&hints, now), 50);
    hints.body = -1;
    assert_int_equal(retry_after(&hints, now), -1);
}

static void
a_date_is_read_against_the_clock(void **state)
{
    struct retry_hints hints = { .retry_after =
                                     "Sun, 22 Nov 2026 09:14:17 GMT",
                                 .body = -1 };

    (void) state;
    assert_int_equal(retry_after(&hints, now), 10 * 1000);
    hints.retry_after = "Sun, 22 Nov 2026 09:14:00 GMT";
    assert_int_equal(retry_after(&hints, now), 0);
    hints.retry_after = "Mon, 22 Nov 2027 09:14:00 GMT";
    assert_int_equal(retry_after(&hints, now), HTTP_RETRY_AFTER_CEILING);
}

static void
what_cannot_be_read_is_passed_over(void **state)
{
    const char *const values[] = { "",    "-5", "1.5",    "soon",
                                   "0x9", "+1", "5 days", "12:00 perhaps" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(values); i++) {
        const struct retry_hints hints = { .retry_after_ms = values[i],
                                           .x_ms_retry_after_ms = values[i],
                                           .retry_after = values[i],
                                           .body = 7 };
        const int64_t wait = retry_after(&hints, now);
        /* libcurl finds a time of day in the last one. */
        if (i + 1 < ARRAY_LENGTH(values))
            assert_int_equal(wait, 7);
        else
            assert_in_range(wait, 0, HTTP_RETRY_AFTER_CEILING);
    }
}

static void
no_wait_exceeds_the_ceiling(void **state)
{
    struct retry_hints hints = { .retry_after = "3600", .body = -1 };

    (void) state;
    assert_int_equal(retry_after(&hints, now), HTTP_RETRY_AFTER_CEILING);
    hints.retry_after = "99999999999999999999999999";
    assert_int_equal(retry_after(&hints, now), HTTP_RETRY_AFTER_CEILING);
    hints.retry_after = NULL;
    hints.body = INT64_MAX;
    assert_int_equal(retry_after(&hints, now), HTTP_RETRY_AFTER_CEILING);
    hints.body = 0;
    assert_int_equal(retry_after(&hints, now), 0);
}

static void
the_backoff_doubles_within_its_jitter(void **state)
{
    (void) state;
    for (unsigned number = 1, middle = 800; number <= 3;
         number++, middle *= 2) {
        assert_int_equal(retry_backoff(HTTP_BACKOFF_BASE, number, 0),
                         middle * 8 / 10);
        assert_int_equal(retry_backoff(HTTP_BACKOFF_BASE, number, 500),
                         middle * 13 / 10);
        assert_in_range(retry_backoff(HTTP_BACKOFF_BASE, number, UINT32_MAX),
                        middle * 8 / 10, middle * 13 / 10);
    }
}

static void
the_backoff_has_a_ceiling(void **state)
{
    (void) state;
    assert_int_equal(retry_backoff(HTTP_BACKOFF_BASE, 10, 500),
                     HTTP_BACKOFF_CEILING);
    assert_int_equal(retry_backoff(HTTP_BACKOFF_BASE, UINT32_MAX, 500),
                     HTTP_BACKOFF_CEILING);
    assert_int_equal(retry_backoff(INT64_MAX, 1, 500), HTTP_BACKOFF_CEILING);
    assert_int_equal(retry_backoff(0, 3, 500), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hints_go_in_the_order_of_the_azure_sdks),
        cmocka_unit_test(a_date_is_read_against_the_clock),
        cmocka_unit_test(what_cannot_be_read_is_passed_over),
        cmocka_unit_test(no_wait_exceeds_the_ceiling),
        cmocka_unit_test(the_backoff_doubles_within_its_jitter),
        cmocka_unit_test(the_backoff_has_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
