/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/rule_index.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
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

static struct rule_index *
index_of(const char *const *texts, size_t count)
{
    struct rule_index *index = NULL;
    AUTOERROR err = ERROR_INIT;

    if (rule_index_new(&index, texts, count, arena, &err) < 0)
        fail_msg("%s", error_message(&err));
    return index;
}

static bool
write_down(size_t number, void *data)
{
    char *found = data;

    found[strlen(found)] = (char) ('0' + number);
    return true;
}

static void
finds_each_text_that_fits_once(void **state)
{
    static const char *const texts[] = { "data*", "b-2",   "DATA", "*",
                                         "data",  "other", "?-2" };
    static const struct {
        struct subscription subscription;
        const char *found;
    } cases[] = {
        { { .id = "a-1", .name = "Data" }, "2403" },
        { { .id = "B-2", .name = "Other" }, "1536" },
        { { .id = "data", .name = "DATA" }, "2403" },
        { { .id = "c-3", .name = "" }, "3" },
        { { .id = "7-2", .name = "Datas*" }, "036" },
    };
    struct rule_index *index = index_of(texts, ARRAY_LENGTH(texts));

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        char found[16] = "";
        rule_index_find(index, &cases[i].subscription, write_down, found);
        assert_string_equal(found, cases[i].found);
        assert_true(rule_index_fits(index, &cases[i].subscription));
    }
    assert_false(rule_index_fits(index_of(texts, 0), &cases[0].subscription));
}

/* A look-up each for id and name takes some 15 comparisons, not 20,000. */
static void
finds_names_among_thousands_by_bisection(void **state)
{
    enum { NAMES = 20000, SUBSCRIPTIONS = 20000, STEPS = 15 + 2 };
    const char **texts = arena_allocate_array(arena, NAMES, sizeof(*texts));
    size_t fits = 0;

    (void) state;
    assert_non_null(texts);
    for (size_t i = 0; i < NAMES; i++)
        texts[i] = arena_printf(arena, "Name-%zu", (i * 7919) % NAMES * 2);
    struct rule_index *index = index_of(texts, NAMES);
    for (size_t i = 0; i < SUBSCRIPTIONS; i++) {
        char name[32];
        const struct subscription subscription = { .id = "x", .name = name };
        snprintf(name, sizeof(name), "name-%zu", i);
        fits += rule_index_fits(index, &subscription);
    }
    assert_int_equal(fits, SUBSCRIPTIONS / 2);
    assert_true(rule_index_comparisons(index)
                <= (uint64_t) SUBSCRIPTIONS * 2 * STEPS);
}

static void
lets_in_so_many_globs_and_any_number_of_names(void **state)
{
    AUTOERROR err = ERROR_INIT;
    size_t globs = 0;

    (void) state;
    for (size_t i = 0; i < RULE_INDEX_GLOBS; i++)
        assert_int_equal(rule_index_admit("a*", &globs, &err), 0);
    for (size_t i = 0; i < 3 * (size_t) RULE_INDEX_GLOBS; i++)
        assert_int_equal(rule_index_admit("a", &globs, &err), 0);
    assert_int_equal(rule_index_admit("?", &globs, &err), -1);
    assert_string_equal(
        error_message(&err),
        "is one more than 1000 patterns (with * or ?) in one list");
    assert_non_null(err.advice);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_each_text_that_fits_once,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(
            finds_names_among_thousands_by_bisection, new_arena, free_arena),
        cmocka_unit_test(lets_in_so_many_globs_and_any_number_of_names),
    };

    return cmocka_run_group_tests_name("rule_index", tests, NULL, NULL);
}
