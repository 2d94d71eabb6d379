/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/contact/contact_writer.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ID "00000000-0000-4000-8000-000000000001"
#define PATH                                                              \
    "/subscriptions/" ID "/providers/Microsoft.Security/securityContacts" \
    "/default?api-version="

static struct buffer told = BUFFER_INIT(64 * 1024);

static void
tell(const struct arm_error *error, const char *request_id, void *data)
{
    assert_ptr_equal(data, &told);
    buffer_printf(&told, "%s %s", error != NULL ? error->code : "done",
                  request_id != NULL ? request_id : "-");
}

static const char *
run(int result)
{
    assert_int_equal(result, 0);
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    return buffer_text(&told);
}

static const char *
put(const char *const *answers, size_t count, enum contact_version version)
{
    buffer_clear(&told);
    arm_fixture_script(answers, count);
    return run(contact_writer_put(arm_fixture_arm(), ID, version,
                                  "{\"properties\":{}}", tell, &told, NULL));
}

static const char *delete (const char *answer)
{
    buffer_clear(&told);
    arm_fixture_script(&answer, 1);
    return run(contact_writer_delete(
        arm_fixture_arm(), ID, CONTACT_VERSION_2023_12_01, tell, &told, NULL));
}

static void
puts_the_default_contact(void **state)
{
    static const char *const answers[] = { "201{\"name\":\"default\"}" };

    (void) state;
    assert_string_equal(put(answers, 1, CONTACT_VERSION_2020_01_01), "done r");
    const char *sent = arm_fixture_request(0);
    assert_ptr_equal(strstr(sent, "PUT " PATH "2020-01-01-preview HTTP"),
                     sent);
    assert_non_null(strstr(sent, "\r\n\r\n{\"properties\":{}}"));
}

static void
a_lost_answer_is_told_and_not_sent_again(void **state)
{
    static const char *const lost[] = { NULL, "200{}" };
    static const char *const fault[] = { "500", "200{}" };
    static const char *const throttled[] = {
        "429{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"Please "
        "try again after '0' seconds.\"}}",
        "200{}"
    };

    (void) state;
    assert_string_equal(put(lost, 2, CONTACT_VERSION_2023_12_01),
                        "NoAnswer -");
    assert_int_equal(arm_fixture_asked_count(), 1);
    assert_string_equal(put(fault, 2, CONTACT_VERSION_2023_12_01),
                        "NotUnderstood r");
    assert_int_equal(arm_fixture_asked_count(), 1);
    assert_string_equal(put(throttled, 2, CONTACT_VERSION_2023_12_01),
                        "done r");
    assert_int_equal(arm_fixture_asked_count(), 2);
}

static void
what_was_not_there_is_deleted(void **state)
{
    (void) state;
    assert_string_equal(delete ("200{}"), "done r");
    assert_ptr_equal(strstr(arm_fixture_request(0),
                            "DELETE " PATH "2023-12-01-preview HTTP"),
                     arm_fixture_request(0));
    assert_string_equal(delete ("204"), "done r");
    assert_string_equal(
        delete ("404{\"error\":{\"code\":\"404\",\"message\":\"Could not "
                "find security contact with name default\"}}"),
        "done r");
    assert_string_equal(
        delete ("404{\"error\":{\"code\":"
                "\"SubscriptionNotFound\",\"message\":\"x\"}}"),
        "SubscriptionNotFound r");
    assert_string_equal(delete (NULL), "NoAnswer -");
}

static void
writes_nothing_in_the_oldest_version(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(contact_writer_delete(arm_fixture_arm(), ID,
                                           CONTACT_VERSION_2017_08_01, tell,
                                           &told, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "nothing is written in 2017-08-01-preview");
}

#define TEST(function_)                                          \
    cmocka_unit_test_setup_teardown(function_, arm_fixture_open, \
                                    arm_fixture_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(puts_the_default_contact),
        TEST(a_lost_answer_is_told_and_not_sent_again),
        TEST(what_was_not_there_is_deleted),
        TEST(writes_nothing_in_the_oldest_version),
    };
    const int failed =
        cmocka_run_group_tests(tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failed;
}
