/* SPDX-License-Identifier: Apache-2.0 */
#include "control/requirement/finding_list.h"

#include <string.h>

#include "unit/unit.h"

static struct arena *arena;

static int
arena_begin(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
arena_end(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

static void
joins_values(void **state)
{
    AUTOFINDING_LIST list = FINDING_LIST_INIT;
    const char *text = "";

    (void) state;
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_null(text);
    finding_list_add(&list, "Owner");
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_string_equal(text, "Owner");
    finding_list_add(&list, "Contributor");
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_string_equal(text, "Owner, Contributor");
}

static void
bounds_what_azure_sends(void **state)
{
    AUTOFINDING_LIST list = FINDING_LIST_INIT;
    static char endless[FINDING_LIST_CEILING + 2];
    const char *text;

    (void) state;
    memset(endless, 'x', sizeof(endless) - 1);
    finding_list_add(&list, "a");
    for (size_t i = 0; i < 3; i++)
        finding_list_add(&list, endless);
    finding_list_add(&list, "b");
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_string_equal(text, "a and 4 more");
    assert_int_equal(list.count, 5);
}

/* Each finds room, all of them do not. */
static void
bounds_the_sum(void **state)
{
    AUTOFINDING_LIST list = FINDING_LIST_INIT;
    const char *text;

    (void) state;
    for (size_t i = 0; i < 1000; i++)
        finding_list_add(&list, "0123456789");
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_true(strlen(text) < FINDING_LIST_CEILING + 32);
    assert_non_null(strstr(text, "0123456789 and 659 more"));
}

static void
bounds_a_single_value(void **state)
{
    AUTOFINDING_LIST list = FINDING_LIST_INIT;
    static char endless[FINDING_LIST_CEILING + 2];
    const char *text;

    (void) state;
    memset(endless, 'x', sizeof(endless) - 1);
    finding_list_add(&list, endless);
    assert_int_equal(finding_list_text(&list, arena, &text), 0);
    assert_string_equal(text, "1 more");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_values),
        cmocka_unit_test(bounds_what_azure_sends),
        cmocka_unit_test(bounds_the_sum),
        cmocka_unit_test(bounds_a_single_value),
    };

    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
