/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/resource/registration.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ID "00000000-0000-4000-8000-000000000001"
#define STATE(word_) "{\"registrationState\":\"" word_ "\"}"

static const struct registration_patience hasty = { 1, 2, 60 * 1000 };

static struct buffer told = BUFFER_INIT(64 * 1024);

static void
tell(const char *state, const struct arm_error *error, void *data)
{
    assert_ptr_equal(data, &told);
    buffer_append_text(&told, error != NULL ? error->code : state);
}

static const char *
register_it(const struct registration_patience *patience,
            const char *const *answers, size_t count)
{
    buffer_clear(&told);
    arm_fixture_script(answers, count);
    assert_non_null(registration_start(arm_fixture_arm(), ID, patience, tell,
                                       &told, NULL));
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    return buffer_text(&told);
}

static void
looks_until_it_is_registered(void **state)
{
    static const char *const answers[] = { STATE("Registering"),
                                           STATE("Registering"),
                                           STATE("Registered") };
    static const char *const at_once[] = { STATE("Registered") };

    (void) state;
    assert_string_equal(register_it(&hasty, answers, 3), "Registered");
    assert_int_equal(arm_fixture_asked_count(), 3);
    assert_ptr_equal(strstr(arm_fixture_request(0),
                            "POST /subscriptions/" ID
                            "/providers/Microsoft.Security/register"
                            "?api-version=2022-09-01 HTTP"),
                     arm_fixture_request(0));
    assert_string_equal(arm_fixture_asked(2),
                        "/subscriptions/" ID "/providers/Microsoft.Security"
                        "?api-version=2022-09-01");
    assert_string_equal(register_it(&hasty, at_once, 1), "Registered");
    assert_int_equal(arm_fixture_asked_count(), 1);
}

static void
says_how_far_it_came(void **state)
{
    static const struct registration_patience none = { 1, 1, 0 };
    static const char *const never[] = { STATE("Registering") };
    static const char *const undone[] = { STATE("Registering"),
                                          STATE("Unregistering") };
    static const char *const refused[] = {
        "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"x\"}}"
    };
    static const char *const lost[] = {
        STATE("Registering"),
        "404{\"error\":{\"code\":\"SubscriptionNotFound\",\"message\":"
        "\"x\"}}"
    };
    static const char *const strange[] = { "[]" };

    (void) state;
    assert_string_equal(register_it(&none, never, 1), "Registering");
    assert_string_equal(register_it(&hasty, undone, 2), "Unregistering");
    assert_string_equal(register_it(&hasty, refused, 1),
                        "AuthorizationFailed");
    assert_string_equal(register_it(&hasty, lost, 2), "SubscriptionNotFound");
    assert_string_equal(register_it(&hasty, strange, 1), "NotUnderstood");
    assert_true(registration_is_complete("registered"));
    assert_false(registration_is_complete("Registering"));
    assert_false(registration_is_complete(NULL));
}

static void
cancel(void *data)
{
    registration_cancel(data);
}

/* Whatever it waits for at that moment: an answer, or its next look. */
static void
can_be_cancelled(void **state)
{
    static const struct registration_patience slow = { 60 * 1000, 60 * 1000,
                                                       600 * 1000 };
    static const char *const answers[] = { STATE("Registering") };

    (void) state;
    for (int64_t wait = 0; wait <= 200; wait += 200) {
        buffer_clear(&told);
        arm_fixture_script(answers, 1);
        struct registration *registration = registration_start(
            arm_fixture_arm(), ID, &slow, tell, &told, NULL);
        assert_non_null(registration);
        assert_non_null(
            loop_timer_start(arm_fixture_loop(), wait, cancel, registration));
        assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
        assert_string_equal(buffer_text(&told), "");
    }
}

#define TEST(function_)                                          \
    cmocka_unit_test_setup_teardown(function_, arm_fixture_open, \
                                    arm_fixture_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(looks_until_it_is_registered),
        TEST(says_how_far_it_came),
        TEST(can_be_cancelled),
    };
    const int failed =
        cmocka_run_group_tests(tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failed;
}
