/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/tool/tool_environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static bool
holds(const char *const *list, const char *variable)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, variable) == 0)
            return true;
    return false;
}

static size_t
length_of(const char *const *list)
{
    size_t length = 0;

    while (list[length] != NULL)
        length++;
    return length;
}

static void
only_what_is_named_is_passed_on(void **state)
{
    static const char *const names[] = { "AZD_*", "MSI_ENDPOINT", NULL };
    static const char *const set[] = { "PATH=/usr/bin", "TZ=UTC", NULL };

    (void) state;
    assert_int_equal(clearenv(), 0);
    (void) setenv("HOME", "/home/x", 1);
    (void) setenv("HOMEBREW_GITHUB_API_TOKEN", "s", 1);
    (void) setenv("LC_ALL", "nl_NL", 1);
    (void) setenv("LC", "s", 1);
    (void) setenv("PATH", "/evil", 1);
    (void) setenv("TZ", "CET", 1);
    (void) setenv("AZD_", "a", 1);
    (void) setenv("AZD_DEBUG", "1", 1);
    (void) setenv("AZ", "s", 1);
    (void) setenv("MSI_ENDPOINT", "http://localhost", 1);
    (void) setenv("MSI_ENDPOINT_SECRET", "s", 1);
    (void) setenv("MSI_SECRET", "s", 1);
    AUTOFREE const char **list = tool_environment(names, set);
    assert_non_null(list);
    assert_int_equal(length_of(list), 7);
    assert_true(holds(list, "PATH=/usr/bin"));
    assert_true(holds(list, "TZ=UTC"));
    assert_true(holds(list, "HOME=/home/x"));
    assert_true(holds(list, "LC_ALL=nl_NL"));
    assert_true(holds(list, "AZD_=a"));
    assert_true(holds(list, "AZD_DEBUG=1"));
    assert_true(holds(list, "MSI_ENDPOINT=http://localhost"));
}

static void
nothing_is_needed(void **state)
{
    static const char *const none[] = { NULL };

    (void) state;
    assert_int_equal(clearenv(), 0);
    AUTOFREE const char **list = tool_environment(NULL, none);
    assert_non_null(list);
    assert_null(list[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_named_is_passed_on),
        cmocka_unit_test(nothing_is_needed),
    };

    return cmocka_run_group_tests_name("tool_environment", tests, NULL, NULL);
}
