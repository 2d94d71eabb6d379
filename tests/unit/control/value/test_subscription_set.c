/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/subscription_set.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define FIRST "0000000a-0000-4000-8000-000000000001"
#define SECOND "0000000b-0000-4000-8000-000000000002"
#define THIRD "0000000c-0000-4000-8000-000000000003"

static void
add(struct subscription_set *set, const char *id, const char *name,
    unsigned source)
{
    const struct subscription_entry entry = {
        .id = id, .name = name, .sources = 1U << source, .origin = source
    };
    AUTOERROR err = ERROR_INIT;

    if (subscription_set_add(set, &entry, &err) < 0)
        fail_msg("%s", error_message(&err));
}

static void
makes_one_of_those_with_the_same_id(void **state)
{
    struct arena *arena = arena_new();
    AUTOSUBSCRIPTION_SET set = SUBSCRIPTION_SET_INIT(arena);

    (void) state;
    add(&set, THIRD, "Third", 0);
    add(&set, FIRST, NULL, 2);
    add(&set, "0000000A-0000-4000-8000-000000000001", "Named later", 1);
    add(&set, FIRST, "Named last", 0);
    subscription_set_sort(&set);
    assert_int_equal(set.count, 2);
    assert_string_equal(set.entries[0].id, FIRST);
    assert_string_equal(set.entries[0].name, "Named later");
    assert_int_equal(set.entries[0].sources, 7);
    assert_int_equal(set.entries[0].origin, 2);
    assert_string_equal(set.entries[1].id, THIRD);
    arena_free(arena);
}

static void
finds_in_any_letter_case(void **state)
{
    struct arena *arena = arena_new();
    AUTOSUBSCRIPTION_SET set = SUBSCRIPTION_SET_INIT(arena);

    (void) state;
    assert_null(subscription_set_find(&set, FIRST));
    add(&set, SECOND, "", 0);
    add(&set, FIRST, "", 0);
    subscription_set_sort(&set);
    assert_non_null(subscription_set_find(&set, FIRST));
    assert_ptr_equal(
        subscription_set_find(&set, "0000000B-0000-4000-8000-000000000002"),
        &set.entries[1]);
    assert_null(subscription_set_find(&set, THIRD));
    arena_free(arena);
}

static void
may_grow_after_it_was_sorted(void **state)
{
    struct arena *arena = arena_new();
    AUTOSUBSCRIPTION_SET set = SUBSCRIPTION_SET_INIT(arena);

    (void) state;
    for (int i = 999; i >= 0; i--) {
        char id[37];
        (void) snprintf(id, sizeof(id), "00000000-0000-4000-8000-%012d",
                        i / 2);
        add(&set, id, "", 0);
    }
    subscription_set_sort(&set);
    assert_int_equal(set.count, 500);
    set.entries[0].seen = true;
    add(&set, FIRST, "late", 1);
    add(&set, set.entries[0].id, "again", 1);
    subscription_set_sort(&set);
    assert_int_equal(set.count, 501);
    assert_true(set.entries[0].seen);
    assert_int_equal(set.entries[0].sources, 3);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_one_of_those_with_the_same_id),
        cmocka_unit_test(finds_in_any_letter_case),
        cmocka_unit_test(may_grow_after_it_was_sorted),
    };

    return cmocka_run_group_tests_name("subscription_set", tests, NULL, NULL);
}
