/* SPDX-License-Identifier: Apache-2.0 */
#include "control/run/run.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

enum { MOMENT = 1795338847 }; /* 2026-11-22T09:14:07Z */

static struct run *run;

static int
run_begin(void **state)
{
    (void) state;
    return run_new(&run, (int64_t) MOMENT * 1000, 0x3f9a, profile_default(),
                   NULL);
}

static int
run_end(void **state)
{
    (void) state;
    run_free(run);
    return 0;
}

static void
has_an_id(void **state)
{
    (void) state;
    assert_string_equal(run->id, "2026-11-22T09:14:07Z-3f9a");
    assert_ptr_equal(run->profile, profile_default());
    assert_false(run->complete);
    run_free(NULL);
}

static void
keeps_each_sentence_once(void **state)
{
    char sentence[32];

    (void) state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 100; i++) {
            snprintf(sentence, sizeof(sentence), "limitation %d", i);
            assert_int_equal(run_add_limitation(run, sentence, NULL), 0);
            assert_int_equal(run_add_error(run, "the same", NULL), 0);
            assert_int_equal(run_add_note(run, sentence, NULL), 0);
        }
    assert_int_equal(run->limitation_count, 100);
    assert_string_equal(run->limitations[0], "limitation 0");
    assert_string_equal(run->limitations[63], "limitation 63");
    assert_string_equal(run->limitations[99], "limitation 99");
    assert_int_equal(run->error_count, 1);
    assert_string_equal(run->errors[0], "the same");
    assert_int_equal(run->note_count, 100);
    assert_string_equal(run->notes[99], "limitation 99");
}

static void
sorts(void **state)
{
    struct assessment assessments[] = {
        { .subscription = { .name = "b", .id = "1" } },
        { .subscription = { .name = "a", .id = "2" } },
        { .subscription = { .name = "a", .id = "1" } },
    };

    (void) state;
    run_sort(run);
    run->assessments = assessments;
    run->assessment_count = ARRAY_LENGTH(assessments);
    run_sort(run);
    assert_string_equal(assessments[0].subscription.id, "1");
    assert_string_equal(assessments[0].subscription.name, "a");
    assert_string_equal(assessments[1].subscription.id, "2");
    assert_string_equal(assessments[2].subscription.name, "b");
}

/* What two tenants showed is one, and what could be read is believed. */
static void
makes_one_of_two(void **state)
{
    struct assessment assessments[] = {
        { .subscription = { .name = "b", .id = "2" },
          .status = ASSESSMENT_COMPLIANT },
        { .subscription = { .name = "a", .id = "1" },
          .status = ASSESSMENT_UNKNOWN },
        { .subscription = { .name = "b", .id = "2" },
          .status = ASSESSMENT_UNKNOWN },
        { .subscription = { .name = "a", .id = "1" },
          .status = ASSESSMENT_NON_COMPLIANT },
    };

    (void) state;
    run->assessments = assessments;
    run->assessment_count = ARRAY_LENGTH(assessments);
    run_sort(run);
    assert_int_equal(run->assessment_count, 2);
    assert_string_equal(assessments[0].subscription.name, "a");
    assert_int_equal(assessments[0].status, ASSESSMENT_NON_COMPLIANT);
    assert_string_equal(assessments[1].subscription.name, "b");
    assert_int_equal(assessments[1].status, ASSESSMENT_COMPLIANT);
}

static void
counts(void **state)
{
    struct assessment assessments[] = {
        { .status = ASSESSMENT_COMPLIANT, .reach = REACH_CONTACT },
        { .status = ASSESSMENT_COMPLIANT, .reach = REACH_NOBODY },
        { .status = ASSESSMENT_MUTED, .reach = REACH_OWNERS },
        { .status = ASSESSMENT_NON_COMPLIANT, .reach = REACH_OWNERS },
        { .status = ASSESSMENT_UNKNOWN, .reach = REACH_UNKNOWN },
        { .status = ASSESSMENT_NOT_APPLICABLE, .reach = REACH_NOT_APPLICABLE },
    };

    (void) state;
    run->assessments = assessments;
    run->assessment_count = ARRAY_LENGTH(assessments);
    run->excluded = 3;
    const struct run_summary summary = run_summarize(run);
    assert_int_equal(summary.subscriptions, 6);
    assert_int_equal(summary.compliant, 2);
    assert_int_equal(summary.muted, 1);
    assert_int_equal(summary.non_compliant, 1);
    assert_int_equal(summary.unknown, 1);
    assert_int_equal(summary.not_applicable, 1);
    assert_int_equal(summary.reach_contact, 1);
    assert_int_equal(summary.reach_owners, 2);
    assert_int_equal(summary.reach_nobody, 1);
    assert_int_equal(summary.reach_unknown, 1);
    assert_int_equal(summary.excluded, 3);
}

static void
status_follows_the_exit_status(void **state)
{
    static const struct {
        enum assessment_status first, second;
        bool complete, interrupted;
        const char *tenant_error;
        size_t count;
        const char *status;
    } cases[] = {
        { ASSESSMENT_COMPLIANT, ASSESSMENT_MUTED, true, false, NULL, 2,
          "compliant" },
        { ASSESSMENT_COMPLIANT, ASSESSMENT_NOT_APPLICABLE, true, false, NULL,
          2, "compliant" },
        { ASSESSMENT_NON_COMPLIANT, ASSESSMENT_COMPLIANT, true, false, NULL, 2,
          "non-compliant" },
        { ASSESSMENT_NON_COMPLIANT, ASSESSMENT_UNKNOWN, true, false, NULL, 2,
          "unknown" },
        { ASSESSMENT_COMPLIANT, ASSESSMENT_COMPLIANT, false, false, NULL, 2,
          "unknown" },
        { ASSESSMENT_COMPLIANT, ASSESSMENT_COMPLIANT, true, true, NULL, 2,
          "unknown" },
        { ASSESSMENT_COMPLIANT, ASSESSMENT_COMPLIANT, true, false, "no", 2,
          "unknown" },
        { ASSESSMENT_COMPLIANT, ASSESSMENT_COMPLIANT, true, false, NULL, 0,
          "unknown" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct assessment assessments[] = { { .status = cases[i].first },
                                            { .status = cases[i].second } };
        struct run_tenant tenant = { .id = "",
                                     .error = cases[i].tenant_error };
        run->assessments = assessments;
        run->assessment_count = cases[i].count;
        run->tenants = &tenant;
        run->tenant_count = 1;
        run->complete = cases[i].complete;
        run->interrupted = cases[i].interrupted;
        assert_string_equal(run_status_name(run_summarize(run).status),
                            cases[i].status);
    }
}

static void
lists_the_tenants_that_are_delegated(void **state)
{
    static const char *const tenants[] = { "c", "b", "a", "", "c", "B" };
    const struct run_tenant own = { .id = "a", .credential = "X" };
    const struct run_tenant second = { .id = "b", .credential = "Y" };
    struct assessment assessments[ARRAY_LENGTH(tenants)] = { 0 };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(tenants); i++)
        assessments[i].subscription.tenant_id = tenants[i];
    assert_int_equal(run_add_tenant(run, &own, NULL), 0);
    run->assessments = assessments;
    run->assessment_count = ARRAY_LENGTH(tenants);
    assert_int_equal(run_add_delegated(run, NULL), 0);
    assert_int_equal(run->tenant_count, 4);
    assert_string_equal(run->tenants[0].id, "a");
    assert_false(run->tenants[0].delegated);
    assert_string_equal(run->tenants[1].id, "B");
    assert_string_equal(run->tenants[2].id, "b");
    assert_string_equal(run->tenants[3].id, "c");
    assert_true(run->tenants[3].delegated);
    assert_null(run->tenants[3].credential);
    /* Whoever is signed in to is not delegated, in any letter case. */
    run->tenant_count = 1;
    assert_int_equal(run_add_tenant(run, &second, NULL), 0);
    assert_int_equal(run_add_delegated(run, NULL), 0);
    assert_int_equal(run->tenant_count, 3);
    assert_string_equal(run->tenants[2].id, "c");
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, run_begin, run_end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(has_an_id),
        TEST(keeps_each_sentence_once),
        TEST(sorts),
        TEST(makes_one_of_two),
        TEST(counts),
        TEST(status_follows_the_exit_status),
        TEST(lists_the_tenants_that_are_delegated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
