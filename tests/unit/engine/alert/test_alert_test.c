/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/alert/test_alert_request.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "azure/resource/alert_simulation.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ONE "00000000-0000-4000-8000-000000000001"
#define TWO "00000000-0000-4000-8000-000000000002"
#define HERE "{\"value\":[{\"name\":\"westeurope\"}]}"
#define LOCATIONS \
    "/subscriptions/" ONE "/providers/Microsoft.Security/locations"

static struct test_alert_request *test;
static struct arena *arena;
static struct buffer told = BUFFER_INIT(64 * 1024);

static int
open_all(void **state)
{
    arena = arena_new();
    return arena != NULL ? arm_fixture_open(state) : -1;
}

static int
close_all(void **state)
{
    test_alert_request_free(test);
    test = NULL;
    arena_free(arena);
    return arm_fixture_close(state);
}

static void
interrupt(size_t ended, size_t count, void *data)
{
    assert_ptr_equal(data, &told);
    assert_int_equal(ended, 1);
    assert_int_equal(count, 2);
    test_alert_request_interrupt(test);
}

/* Raises DNS on one or two subscriptions: "raised westeurope -; …". */
static const char *
raise_alerts(size_t targets, bool interrupted, const char *const *answers,
             size_t count)
{
    static const char *const bundles[] = { "DNS" };
    const struct test_alert_request_target both[] = {
        { { .id = ONE }, arm_fixture_arm() },
        { { .id = TWO }, arm_fixture_arm() },
    };
    const struct test_alert_request_options options = {
        .loop = arm_fixture_loop(),
        .targets = both,
        .target_count = targets,
        .bundles = bundles,
        .bundle_count = 1,
        .concurrency = 1,
        .arena = arena,
        .progress = interrupted ? interrupt : NULL,
        .data = &told,
    };

    test_alert_request_free(test);
    test = NULL;
    buffer_clear(&told);
    arm_fixture_script(answers, count);
    assert_int_equal(test_alert_request_new(&test, &options, NULL), 0);
    assert_int_equal(test_alert_request_run(test, NULL), 0);
    const struct test_alert_sample *results = test_alert_request_results(test);
    for (size_t i = 0; i < targets; i++)
        buffer_printf(&told, "%s%s %s %s", i > 0 ? "; " : "",
                      test_alert_sample_outcome_name(results[i].outcome),
                      results[i].location != NULL ? results[i].location : "-",
                      results[i].error != NULL ? results[i].error->code : "-");
    return buffer_text(&told);
}

static void
raises_them_where_the_subscription_keeps_its_alerts(void **state)
{
    static const char *const answers[] = { HERE, "202", HERE, "204" };

    (void) state;
    assert_string_equal(raise_alerts(2, false, answers, 4),
                        "raised westeurope -; raised westeurope -");
    assert_string_equal(arm_fixture_asked(0),
                        LOCATIONS "?api-version=2015-06-01-preview");
    const char *sent = arm_fixture_request(1);
    assert_ptr_equal(strstr(sent, "POST " LOCATIONS "/westeurope/alerts/"
                                  "default/simulate?api-version=2022-01-01 "),
                     sent);
    assert_non_null(strstr(sent, "\r\n\r\n{\"properties\":{\"kind\":"
                                 "\"Bundles\",\"bundles\":[\"DNS\"]}}"));
}

static void
never_raises_them_twice(void **state)
{
    static const char *const lost[] = { HERE, NULL, "202", HERE, "202" };
    static const char *const fault[] = { HERE, "503", "202" };

    (void) state;
    assert_string_equal(raise_alerts(1, false, lost, 3),
                        "uncertain westeurope NoAnswer");
    assert_int_equal(arm_fixture_asked_count(), 2);
    assert_string_equal(raise_alerts(1, false, fault, 3),
                        "uncertain westeurope NotUnderstood");
    assert_int_equal(arm_fixture_asked_count(), 2);
}

static void
one_that_fails_stops_no_other(void **state)
{
    static const char refused[] =
        "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":"
        "\"x\"}}";
    static const char bad[] =
        "400{\"error\":{\"code\":\"Bad\",\"message\":\"x\"}}";
    static const char *const answers[] = { refused, HERE, "202" };
    static const char *const nowhere[] = { "{\"value\":[]}", HERE, bad };
    static const char *const strange[] = {
        "{\"value\":[{\"name\":\"../../x\"}]}", HERE, "202"
    };

    (void) state;
    assert_string_equal(raise_alerts(2, false, answers, 3),
                        "refused - AuthorizationFailed; "
                        "raised westeurope -");
    assert_string_equal(raise_alerts(2, false, nowhere, 3),
                        "refused - NotUnderstood; refused westeurope Bad");
    assert_string_equal(raise_alerts(2, false, strange, 3),
                        "refused - NotUnderstood; raised westeurope -");
}

static void
an_interruption_asks_for_no_further_one(void **state)
{
    static const char *const answers[] = { HERE, "202" };

    (void) state;
    assert_string_equal(raise_alerts(2, true, answers, 2),
                        "raised westeurope -; not-sent - -");
    assert_int_equal(arm_fixture_asked_count(), 2);
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, open_all, close_all)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(raises_them_where_the_subscription_keeps_its_alerts),
        TEST(never_raises_them_twice),
        TEST(one_that_fails_stops_no_other),
        TEST(an_interruption_asks_for_no_further_one),
    };
    const int failed =
        cmocka_run_group_tests(tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failed;
}
