/* SPDX-License-Identifier: Apache-2.0 */
#include "control/run/mute_index.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ID "00000000-0000-4000-8000-000000000001"

/* 2026-11-22T09:14:07Z */
static const int64_t now = INT64_C(1795338847000);

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

static struct mute_index *
index_of(const struct mute *mutes, size_t count)
{
    struct mute_index *index = NULL;
    AUTOERROR err = ERROR_INIT;

    if (mute_index_new(&index, mutes, count, now, arena, &err) < 0)
        fail_msg("%s", error_message(&err));
    return index;
}

/* One that fails phone-configured and owner-notified, and passes the rest. */
static struct assessment
assess(const char *id, const char *name)
{
    static const char *const emails[] = { "soc@contoso.nl" };
    static const struct contact contact = {
        .name = "default",
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = 1,
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
        .attack_paths = { CONTACT_LEVEL_HIGH, "High" },
        .roles_notified = CONTACT_OFF,
    };
    const struct contact_reading reading = { .kind = CONTACT_READING_DONE,
                                             .contact = &contact };
    const struct subscription subscription = {
        .id = id, .name = name, .tenant_id = "", .state = "Enabled"
    };
    struct assessment assessment;
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(&subscription, &reading, profile_default(), arena,
                        &assessment, &err)
        < 0)
        fail_msg("%s", error_message(&err));
    return assessment;
}

static size_t
muted_count(const struct assessment *assessment)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        assert_int_equal(finding->mute != NULL,
                         finding->status == FINDING_MUTED);
        if (finding->mute != NULL)
            count++;
    }
    return count;
}

static void
mutes_what_fails(void **state)
{
    static const struct {
        const char *subscription, *requirement, *until;
        size_t muted;
        enum assessment_status status;
    } cases[] = {
        { "Zorg", "*", "2026-11-22", 2, ASSESSMENT_MUTED },
        { "ZORG", "*", "2030-01-01", 2, ASSESSMENT_MUTED },
        { ID, "*", "2030-01-01", 2, ASSESSMENT_MUTED },
        { "Z*", "*", "2030-01-01", 2, ASSESSMENT_MUTED },
        { "*-000000000001", "*-*", "2030-01-01", 2, ASSESSMENT_MUTED },
        { "Zorg", "owner-notified", "2030-01-01", 1,
          ASSESSMENT_NON_COMPLIANT },
        /* Passes already. */
        { "Zorg", "email-valid", "2030-01-01", 0, ASSESSMENT_NON_COMPLIANT },
        /* Through its day, and no longer. */
        { "Zorg", "*", "2026-11-21", 0, ASSESSMENT_NON_COMPLIANT },
        { "Zorg-2", "*", "2030-01-01", 0, ASSESSMENT_NON_COMPLIANT },
        { "Zor", "*", "2030-01-01", 0, ASSESSMENT_NON_COMPLIANT },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct mute mute = { .subscription = cases[i].subscription,
                                   .requirement = cases[i].requirement,
                                   .reason = "x",
                                   .until = cases[i].until };
        struct assessment assessment = assess(ID, "Zorg");
        assert_int_equal(assessment.status, ASSESSMENT_NON_COMPLIANT);
        mute_index_apply(index_of(&mute, 1), &assessment);
        assert_int_equal(muted_count(&assessment), cases[i].muted);
        assert_int_equal(assessment.status, cases[i].status);
    }
}

static void
prefers_the_first_that_names_the_subscription(void **state)
{
    const struct mute mutes[] = {
        { "*", "*", "glob", "2030-01-01", 1 },
        { "zorg", "owner-*", "first", "2030-01-01", 2 },
        { "Zorg", "*", "second", "2030-01-01", 3 },
    };
    struct assessment assessment = assess(ID, "Zorg");

    (void) state;
    mute_index_apply(index_of(mutes, ARRAY_LENGTH(mutes)), &assessment);
    for (size_t i = 0; i < assessment.finding_count; i++) {
        const struct finding *finding = &assessment.findings[i];
        if (strcmp(finding->requirement->id, "owner-notified") == 0)
            assert_string_equal(finding->mute->reason, "first");
        if (strcmp(finding->requirement->id, "phone-configured") == 0)
            assert_string_equal(finding->mute->reason, "second");
    }
}

static int
collect(const char *sentence, void *data, struct error *err)
{
    (void) err;
    return buffer_printf(data, "%s\n", sentence);
}

static void
expect_report(const struct mute_index *index, bool all_seen,
              const char *expected)
{
    AUTOBUFFER report = BUFFER_INIT(65536);
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(mute_index_report(index, "piket.yaml", all_seen, collect,
                                       &report, &err),
                     0);
    assert_string_equal(buffer_text(&report), expected);
}

static void
tells_which_mutes_need_attention(void **state)
{
    const struct mute mutes[] = {
        { "Zorg", "owner-notified", "x", "2026-11-21", 3 },
        { "Zorg", "owner-notified", "x", "2026-12-22", 4 },
        { "Zorg", "owner-notified", "x", "2026-12-23", 5 },
        { "Gone", "owner-notified", "x", "2026-12-22", 6 },
        { "Zorg", "email-domain", "x", "2030-01-01", 7 },
        { "Outside", "owner-notified", "x", "2030-01-01", 8 },
    };
    const struct subscription outside = { .id = "-", .name = "Outside" };
    struct mute_index *index = index_of(mutes, ARRAY_LENGTH(mutes));
    struct assessment assessment = assess(ID, "Zorg");

    (void) state;
    mute_index_apply(index, &assessment);
    mute_index_see(index, &outside);
    expect_report(
        index, true,
        "piket.yaml:3: the mute of owner-notified on Zorg mutes no longer: it "
        "ended on 2026-11-21\n"
        "piket.yaml:4: the mute of owner-notified on Zorg ends on "
        "2026-12-22\n"
        "piket.yaml:6: the mute of owner-notified on Gone matches nothing, as "
        "no subscription is called so; it ends on 2026-12-22\n"
        "piket.yaml:7: the mute of email-domain on Zorg matches nothing, as "
        "the profile does not demand that; it ends on 2030-01-01\n");
    /* A list that broke off cannot tell what matches nothing. */
    expect_report(
        index, false,
        "piket.yaml:3: the mute of owner-notified on Zorg mutes no longer: it "
        "ended on 2026-11-21\n"
        "piket.yaml:4: the mute of owner-notified on Zorg ends on "
        "2026-12-22\n"
        "piket.yaml:6: the mute of owner-notified on Gone ends on "
        "2026-12-22\n");
}

static void
counts_what_it_does_not_list(void **state)
{
    struct mute mutes[MUTE_NOTES_CEILING + 7];
    AUTOBUFFER report = BUFFER_INIT(65536);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(mutes); i++)
        mutes[i] = (struct mute){ "*", "*", "x", "2020-01-01", i + 1 };
    assert_int_equal(mute_index_report(index_of(mutes, ARRAY_LENGTH(mutes)),
                                       "piket.yaml", true, collect, &report,
                                       &err),
                     0);
    assert_non_null(strstr(buffer_text(&report),
                           "piket.yaml: the same holds for 7 more mutes\n"));
}

/* 5,000 mutes that name one subscription each, on 10,000 subscriptions: a
 * look-up each for id and name takes some 13 comparisons, not 5,000. */
static void
finds_names_among_thousands_by_bisection(void **state)
{
    enum { MUTES = 5000, SUBSCRIPTIONS = 10000, STEPS = 13 + 2 };
    struct mute *mutes = arena_allocate_array(arena, MUTES, sizeof(*mutes));
    struct assessment assessment = assess(ID, "");
    size_t muted = 0;

    (void) state;
    assert_non_null(mutes);
    for (size_t i = 0; i < MUTES; i++)
        mutes[i] = (struct mute){
            .subscription = arena_printf(arena, "Subscription-%zu", 2 * i),
            .requirement = "owner-notified",
            .reason = "x",
            .until = "2030-01-01",
        };
    struct mute_index *index = index_of(mutes, MUTES);
    for (size_t i = 0; i < SUBSCRIPTIONS; i++) {
        char name[32];
        snprintf(name, sizeof(name), "subscription-%zu", i);
        assessment.subscription.name = name;
        for (size_t j = 0; j < assessment.finding_count; j++)
            if (assessment.findings[j].mute != NULL) {
                assessment.findings[j].status = FINDING_FAIL;
                assessment.findings[j].mute = NULL;
            }
        mute_index_apply(index, &assessment);
        muted += muted_count(&assessment);
    }
    assert_int_equal(muted, MUTES);
    assert_true(mute_index_comparisons(index)
                <= (uint64_t) SUBSCRIPTIONS * 2 * STEPS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mutes_what_fails, new_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(
            prefers_the_first_that_names_the_subscription, new_arena,
            free_arena),
        cmocka_unit_test_setup_teardown(tells_which_mutes_need_attention,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(counts_what_it_does_not_list,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(
            finds_names_among_thousands_by_bisection, new_arena, free_arena),
    };

    return cmocka_run_group_tests_name("mute_index", tests, NULL, NULL);
}
