/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/resource/management_group.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ONE "00000000-0000-4000-8000-000000000001"
#define TWO "00000000-0000-4000-8000-00000000000A"
#define DESCENDANTS \
    "/providers/Microsoft.Management/managementGroups/mg-1/descendants"
#define FIRST_PATH DESCENDANTS "?api-version=2023-04-01"

static struct buffer told = BUFFER_INIT(64 * 1024);
static unsigned ends;

static int
take(const char *id, const char *name, void *data, struct error *err)
{
    assert_ptr_equal(data, &told);
    if (strcmp(name, "stop") == 0)
        return error_set(err, "no more");
    buffer_printf(&told, "%s=%s;", id + 34, name);
    return 0;
}

static void
end(const struct arm_error *error, void *data)
{
    assert_ptr_equal(data, &told);
    ends++;
    if (error != NULL)
        buffer_printf(&told, "%d %s: %s", error->http_status, error->code,
                      error->message);
}

static const char *
list(const char *const *answers, size_t count)
{
    AUTOERROR err = ERROR_INIT;

    buffer_clear(&told);
    ends = 0;
    arm_fixture_script(answers, count);
    assert_int_equal(management_group_list(arm_fixture_arm(), "mg-1", take,
                                           end, &told, &err),
                     0);
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    assert_int_equal(ends, 1);
    assert_int_equal(arm_fixture_asked_count(), count);
    assert_string_equal(arm_fixture_asked(0), FIRST_PATH);
    return buffer_text(&told);
}

static void
lists_subscriptions_of_all_pages(void **state)
{
    static const char *const answers[] = {
        "{\"value\":[{\"id\":\"/providers/Microsoft.Management/"
        "managementGroups/mg-2\",\"properties\":{\"displayName\":\"no\"}},"
        "{\"id\":\"/subscriptions/" ONE "\",\"type\":"
        "\"Microsoft.Management/managementGroups/subscriptions\","
        "\"properties\":{\"displayName\":\"One\"}}],"
        "\"nextLink\":\"%s" DESCENDANTS "?$skiptoken=2\"}",
        "{\"value\":[{\"id\":\"/SUBSCRIPTIONS/" TWO "\",\"type\":"
        "\"/subscriptions\"},{\"id\":\"/subscriptions/" ONE "\","
        "\"properties\":{\"displayName\":7}}],\"nextLink\":null}",
    };

    (void) state;
    assert_string_equal(list(answers, ARRAY_LENGTH(answers)),
                        "01=One;0A=;01=;");
    assert_string_equal(arm_fixture_asked(1), DESCENDANTS "?$skiptoken=2");
}

static void
breaks_off_where_it_would_look_shorter(void **state)
{
    static const struct {
        const char *answer, *told;
    } cases[] = {
        { "{\"value\":[{\"id\":\"/subscriptions/" ONE "\"},{\"id\":"
          "\"/subscriptions/../x\"}]}",
          "01=;0 NotUnderstood: one of its subscriptions has no usable id" },
        { "{\"value\":[{\"name\":\"x\"}]}",
          "0 NotUnderstood: one of its descendants has no id" },
        { "{\"value\":[null]}",
          "0 NotUnderstood: one of its descendants has no id" },
        { "{\"value\":[],\"nextLink\":\"%s/providers/Microsoft.Management/"
          "managementGroups/mg-2/descendants?$skiptoken=2\"}",
          "0 NotUnderstood: the link to the next page leads to another list "
          "and was not followed" },
        { "{\"value\":{}}",
          "0 NotUnderstood: the answer is JSON, but not a list" },
        { "{\"value\":[{\"id\":\"/subscriptions/" ONE
          "\",\"properties\":{\"displayName\":\"stop\"}}]}",
          "0 NotUnderstood: no more" },
        { "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":"
          "\"no\"}}",
          "403 AuthorizationFailed: no" },
        { "404{\"error\":{\"code\":\"NotFound\",\"message\":\"no\"}}",
          "404 NotFound: no" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(list(&cases[i].answer, 1), cases[i].told);
}

#define TEST(function_)                                          \
    cmocka_unit_test_setup_teardown(function_, arm_fixture_open, \
                                    arm_fixture_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lists_subscriptions_of_all_pages),
        TEST(breaks_off_where_it_would_look_shorter),
    };
    const int failures = cmocka_run_group_tests_name(
        "management_group", tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failures;
}
