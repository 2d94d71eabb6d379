/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/value_tally.h"

#include <string.h>

#include "base/text.h"
#include "unit/unit.h"

static struct arena *arena;

static int
new_arena(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
free_arena(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

static void
add(struct value_tally *tally, const char *text, size_t contact)
{
    assert_int_equal(value_tally_add(tally, text, contact, NULL), 0);
}

static void
counts_contacts_not_mentions(void **state)
{
    AUTOVALUETALLY tally = VALUE_TALLY_INIT(text_compare_ignoring_case);
    struct value_use *uses;
    size_t count;

    (void) state;
    add(&tally, "soc@contoso.nl", 1);
    add(&tally, "SOC@contoso.nl", 0);
    add(&tally, "soc@contoso.nl", 0);
    add(&tally, "jan@contoso.nl", 0);
    add(&tally, "Soc@Contoso.nl", 1);
    add(&tally, "soc@contoso.nl", 2);
    assert_int_equal(value_tally_rank(&tally, arena, &uses, &count, NULL), 0);
    assert_int_equal(count, 2);
    /* Spelt as the first contact does, by its first spelling in bytes. */
    assert_string_equal(uses[0].text, "SOC@contoso.nl");
    assert_int_equal(uses[0].contacts, 3);
    assert_string_equal(uses[1].text, "jan@contoso.nl");
    assert_int_equal(uses[1].contacts, 1);
}

static void
orders_by_use_then_by_value(void **state)
{
    static const char *const words[] = { "d", "b", "c", "a", "c" };
    static const char *const ranked[] = { "c", "a", "b", "d" };
    AUTOVALUETALLY tally = VALUE_TALLY_INIT(strcmp);
    struct value_use *uses;
    size_t count;

    (void) state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        add(&tally, words[i], i);
    assert_int_equal(value_tally_rank(&tally, arena, &uses, &count, NULL), 0);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(uses[i].text, ranked[i]);
}

static void
may_be_empty_and_large(void **state)
{
    AUTOVALUETALLY tally = VALUE_TALLY_INIT(strcmp);
    struct value_use *uses;
    size_t count;

    (void) state;
    assert_int_equal(value_tally_rank(&tally, arena, &uses, &count, NULL), 0);
    assert_int_equal(count, 0);
    for (size_t i = 0; i < 10000; i++)
        add(&tally, i % 3 == 0 ? "third" : "other", i / 2);
    assert_int_equal(value_tally_rank(&tally, arena, &uses, &count, NULL), 0);
    assert_int_equal(count, 2);
    assert_string_equal(uses[0].text, "other");
    assert_int_equal(uses[0].contacts, 5000);
    assert_int_equal(uses[1].contacts, 3334);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_contacts_not_mentions),
        cmocka_unit_test(orders_by_use_then_by_value),
        cmocka_unit_test(may_be_empty_and_large),
    };

    return cmocka_run_group_tests_name("value_tally", tests, new_arena,
                                       free_arena);
}
