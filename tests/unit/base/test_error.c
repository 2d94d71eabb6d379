/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <errno.h>

#include "unit/unit.h"

static void
each_layer_adds_a_phrase_in_front(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(error_set(&err, "HTTP %d", 403), -1);
    assert_int_equal(error_wrap(&err, "read security contact"), -1);
    assert_int_equal(error_wrap(&err, "subscription %s", "1f2e"), -1);
    assert_string_equal(error_message(&err),
                        "subscription 1f2e: read security contact: "
                        "HTTP 403");
}

static void
the_first_advice_stays(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    error_set(&err, "no token");
    error_advise(&err, "run az %s", "login");
    error_advise(&err, "do something else");
    assert_string_equal(err.advice, "run az login");
    error_set(&err, "another");
    assert_null(err.advice);
}

static void
names_what_the_system_said(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    errno = ENOENT;
    error_set_errno(&err, "open %s", "x");
    assert_string_equal(error_message(&err),
                        "open x: No such file or directory");
}

static void
an_error_can_be_of_no_interest(void **state)
{
    (void) state;
    assert_int_equal(error_set(NULL, "x"), -1);
    assert_int_equal(error_wrap(NULL, "x"), -1);
    assert_int_equal(error_advise(NULL, "x"), -1);
    assert_int_equal(error_set_memory(NULL), -1);
    assert_string_equal(error_message(NULL), "unknown error");
}

static void
memory_errors_need_no_memory(void **state)
{
    AUTOERROR err = ERROR_INIT;
    AUTOERROR other = ERROR_INIT;

    (void) state;
    error_set_memory(&err);
    assert_string_equal(error_message(&err), "out of memory");
    error_wrap(&err, "plan");
    assert_string_equal(error_message(&err), "plan: out of memory");
    error_move(&other, &err);
    assert_null(err.message);
    assert_string_equal(error_message(&other), "plan: out of memory");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_layer_adds_a_phrase_in_front),
        cmocka_unit_test(the_first_advice_stays),
        cmocka_unit_test(names_what_the_system_said),
        cmocka_unit_test(an_error_can_be_of_no_interest),
        cmocka_unit_test(memory_errors_need_no_memory),
    };

    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
