/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inventory/scope_filter.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct subscription data = {
    .id = "00000000-0000-4000-8000-000000000001",
    .name = "Data",
    .tenant_id = "",
    .state = "Enabled",
};
static const struct subscription lab = {
    .id = "00000000-0000-4000-8000-000000000002",
    .name = "Data-Lab",
    .tenant_id = "",
    .state = "",
};

static struct scope_rule data_rules[] = { { "data", "--subscription" } };
static struct scope_rule lab_rules[] = { { "*-lab", "--exclude" } };
static struct scope_rule group_rules[] = { { "mg", "--management-group" } };

static struct expected_subscriptions *expected_subscriptions;

static void
changed(struct error *err, void *unused)
{
    (void) err;
    (void) unused;
}

static void
takes_what_is_in_scope(void **state)
{
    static const struct {
        bool inclusions, exclusions, groups;
        bool defers, only_groups, takes_data, takes_lab;
    } cases[] = {
        { false, false, false, false, false, true, true },
        { false, true, false, false, false, true, false },
        { true, false, false, true, false, true, false },
        { false, false, true, true, true, false, false },
        { true, true, true, true, false, true, false },
    };
    struct arena *arena = arena_new();

    (void) state;
    assert_int_equal(expected_subscriptions_new(&expected_subscriptions, arena,
                                                changed, NULL, NULL),
                     0);
    expected_subscriptions_sort(expected_subscriptions);
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct scope scope = {
            .subscriptions = { data_rules, cases[i].inclusions },
            .groups = { group_rules, cases[i].groups },
            .exclusions = { lab_rules, cases[i].exclusions },
        };
        const struct scope_filter scope_filter = { &scope,
                                                   expected_subscriptions };
        assert_int_equal(scope_filter_defers(&scope_filter), cases[i].defers);
        assert_int_equal(scope_filter_only_groups(&scope_filter),
                         cases[i].only_groups);
        assert_int_equal(scope_filter_takes(&scope_filter, &data),
                         cases[i].takes_data);
        assert_int_equal(scope_filter_takes(&scope_filter, &lab),
                         cases[i].takes_lab);
    }
    expected_subscriptions_free(expected_subscriptions);
    arena_free(arena);
}

static void
takes_everything_where_nothing_is_asked(void **state)
{
    const struct scope_filter scope_filter = { &scope_filter_everything,
                                               NULL };

    (void) state;
    assert_false(scope_filter_defers(&scope_filter));
    assert_true(scope_filter_takes(&scope_filter, &lab));
}

/* Verified are all that there are, also those that are not listed. */
static void
holds_the_scope_against_all(void **state)
{
    const struct subscription *const known[] = { &data, &lab };
    const struct scope scope = { .subscriptions = { data_rules, 1 },
                                 .exclusions = { lab_rules, 1 } };
    struct arena *arena = arena_new();
    struct run *run = NULL;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(run_new(&run, 0, 0, profile_default(), NULL), 0);
    assert_int_equal(expected_subscriptions_new(&expected_subscriptions, arena,
                                                changed, NULL, NULL),
                     0);
    const struct scope_filter scope_filter = { &scope,
                                               expected_subscriptions };
    assert_int_equal(scope_filter_verify(&scope_filter, known, 2, run, &err),
                     0);
    assert_int_equal(run->note_count, 0);
    assert_int_equal(scope_filter_verify(&scope_filter, known, 1, run, &err),
                     0);
    assert_int_equal(run->note_count, 1);
    assert_string_equal(run->notes[0], "--exclude: no subscription fits "
                                       "'*-lab'");
    assert_int_equal(
        scope_filter_verify(&scope_filter, known + 1, 1, run, &err), -1);
    expected_subscriptions_free(expected_subscriptions);
    arena_free(arena);
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_is_in_scope),
        cmocka_unit_test(takes_everything_where_nothing_is_asked),
        cmocka_unit_test(holds_the_scope_against_all),
    };

    return cmocka_run_group_tests_name("selection", tests, NULL, NULL);
}
