/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option/change_options.h"

#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static struct change_options options;
static const struct store_options with_store, without_store = { .none = true };

/* Nobody can answer here, whoever runs the tests. */
static int
begin(void **state)
{
    (void) state;
    change_options_init(&options);
    return freopen("/dev/null", "r", stdin) != NULL ? 0 : -1;
}

static int
take(int val, const char *argument, struct error *err)
{
    static char copy[2048];

    (void) snprintf(copy, sizeof(copy), "%s",
                    argument != NULL ? argument : "");
    return change_options_take(&options, val, argument != NULL ? copy : NULL,
                               err);
}

static void
takes_values_within_bounds(void **state)
{
    (void) state;
    assert_int_equal(options.stop_after, 5);
    assert_int_equal(options.verify_timeout, 60 * 1000);
    assert_string_equal(options.format, "text");
    assert_int_equal(take(CHANGE_OPTION_LIMIT, "3", NULL), 0);
    assert_int_equal(options.limit, 3);
    assert_int_equal(take(CHANGE_OPTION_LIMIT, "0", NULL), -1);
    assert_int_equal(take(CHANGE_OPTION_STOP_AFTER, "1", NULL), 0);
    assert_int_equal(options.stop_after, 1);
    assert_int_equal(take(CHANGE_OPTION_VERIFY_TIMEOUT, "7", NULL), 0);
    assert_int_equal(options.verify_timeout, 7000);
    assert_int_equal(take(CHANGE_OPTION_VERIFY_TIMEOUT, "3601", NULL), -1);
    assert_int_equal(take(CHANGE_OPTION_ROWS, "7", NULL), 0);
    assert_int_equal(options.rows, 7);
    assert_int_equal(take(CHANGE_OPTION_ROWS, "all", NULL), 0);
    assert_int_equal(options.rows, 0);
    assert_true(options.rows_given);
    assert_int_equal(take(CHANGE_OPTION_LAST, NULL, NULL), 1);
}

static void
takes_one_file_of_each_kind(void **state)
{
    static const int vals[] = { CHANGE_OPTION_BACKUP, CHANGE_OPTION_OUTPUT,
                                CHANGE_OPTION_PLAN, CHANGE_OPTION_REASON,
                                CHANGE_OPTION_SAVE_PLAN };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(vals); i++) {
        assert_int_equal(take(vals[i], " ", NULL), -1);
        assert_int_equal(take(vals[i], "file", NULL), 0);
        assert_int_equal(take(vals[i], "file", NULL), -1);
    }
}

static void
bounds_the_reason(void **state)
{
    char reason[1002];

    (void) state;
    memset(reason, 'x', sizeof(reason) - 1);
    reason[sizeof(reason) - 1] = '\0';
    assert_int_equal(take(CHANGE_OPTION_REASON, reason, NULL), -1);
    reason[sizeof(reason) - 2] = '\0';
    assert_int_equal(take(CHANGE_OPTION_REASON, reason, NULL), 0);
}

static void
the_what_if_wins(void **state)
{
    (void) state;
    assert_int_equal(take(CHANGE_OPTION_APPLY, NULL, NULL), 0);
    assert_int_equal(take(CHANGE_OPTION_YES, NULL, NULL), 0);
    assert_int_equal(take(CHANGE_OPTION_WHAT_IF, NULL, NULL), 0);
    assert_int_equal(change_options_conclude(&options, &without_store, NULL),
                     0);
    assert_false(options.apply);
}

static void
applies_only_with_consent_and_journal(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(take(CHANGE_OPTION_APPLY, NULL, NULL), 0);
    assert_int_equal(change_options_conclude(&options, &with_store, &err), -1);
    assert_non_null(strstr(err.advice, "--yes"));
    assert_int_equal(take(CHANGE_OPTION_YES, NULL, NULL), 0);
    assert_int_equal(change_options_conclude(&options, &with_store, &err), 0);
    assert_true(options.apply);
    assert_int_equal(change_options_conclude(&options, &without_store, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "--no-store: nothing is changed without a journal");
}

static void
a_plan_is_read_or_kept(void **state)
{
    (void) state;
    assert_int_equal(take(CHANGE_OPTION_PLAN, "plan.json", NULL), 0);
    assert_int_equal(change_options_conclude(&options, &with_store, NULL), 0);
    assert_int_equal(take(CHANGE_OPTION_SAVE_PLAN, "plan.json", NULL), 0);
    assert_int_equal(change_options_conclude(&options, &with_store, NULL), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(takes_values_within_bounds, begin),
        cmocka_unit_test_setup(takes_one_file_of_each_kind, begin),
        cmocka_unit_test_setup(bounds_the_reason, begin),
        cmocka_unit_test_setup(the_what_if_wins, begin),
        cmocka_unit_test_setup(applies_only_with_consent_and_journal, begin),
        cmocka_unit_test_setup(a_plan_is_read_or_kept, begin),
    };

    return cmocka_run_group_tests_name("change_options", tests, NULL, NULL);
}
