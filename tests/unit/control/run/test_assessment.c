/* SPDX-License-Identifier: Apache-2.0 */
#include "control/run/assessment.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
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

static const struct subscription enabled = {
    .id = "4b2f0c1e-0000-4000-8000-000000000001",
    .name = "Zorg-Prod-01",
    .tenant_id = "",
    .state = "Enabled",
};

static const char *const soc[] = { "soc@contoso.nl" };
static const char *const owner[] = { "Owner" };

/* One with which all of baseline-nl's demands are met. */
static struct contact
good_contact(void)
{
    return (struct contact){
        .name = "default",
        .version = CONTACT_VERSION_2023_12_01,
        .enabled = CONTACT_ON,
        .emails = soc,
        .email_count = 1,
        .phone = "+31 20 123 4567",
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
        .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" },
        .roles_notified = CONTACT_ON,
        .roles = owner,
        .role_count = 1,
    };
}

static struct assessment
assess(const struct subscription *subscription,
       const struct contact_reading *reading, const struct profile *profile)
{
    struct assessment assessment;
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(subscription, reading, profile, arena, &assessment,
                        &err)
        < 0)
        fail_msg("%s", error_message(&err));
    return assessment;
}

static void
assert_all(const struct assessment *assessment, enum finding_status status,
           enum finding_reason reason)
{
    assert_true(assessment->finding_count > 0);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        assert_int_equal(assessment->findings[i].status, status);
        assert_int_equal(assessment->findings[i].reason, reason);
    }
}

static void
judges_what_exists(void **state)
{
    struct contact contact = good_contact();
    const struct contact_reading reading = { .contact = &contact };
    struct assessment assessment =
        assess(&enabled, &reading, profile_default());

    (void) state;
    assert_int_equal(assessment.status, ASSESSMENT_COMPLIANT);
    assert_int_equal(assessment.reach, REACH_CONTACT);
    assert_int_equal(assessment.finding_count, 7);
    assert_all(&assessment, FINDING_PASS, FINDING_REASON_MET);
    assert_ptr_equal(assessment.reading.contact, &contact);

    contact.enabled = CONTACT_OFF;
    assessment = assess(&enabled, &reading, profile_default());
    assert_int_equal(assessment.status, ASSESSMENT_NON_COMPLIANT);
    assert_int_equal(assessment.reach, REACH_NOBODY);
    /* One fault gives one finding. */
    for (size_t i = 0; i < assessment.finding_count; i++)
        assert_int_equal(assessment.findings[i].status,
                         i == 1 ? FINDING_FAIL : FINDING_PASS);
}

static void
absence_is_one_cause(void **state)
{
    struct contact other = { .name = "default1" };
    struct contact other_too = { .name = "soc" };
    const struct contact *const others[] = { &other, &other_too };
    const struct {
        struct contact_reading reading;
        enum finding_reason reason;
        const char *actual;
    } cases[] = {
        { { .kind = CONTACT_READING_DONE }, FINDING_REASON_NO_CONTACT, NULL },
        { { .kind = CONTACT_READING_UNREGISTERED },
          FINDING_REASON_UNREGISTERED,
          NULL },
        { { .others = others, .other_count = 2 },
          FINDING_REASON_OTHER_NAME,
          "default1, soc" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        for (size_t j = 0; j < profile_table_length; j++) {
            const struct assessment assessment =
                assess(&enabled, &cases[i].reading, &profile_table[j]);
            assert_int_equal(assessment.status, ASSESSMENT_NON_COMPLIANT);
            assert_int_equal(assessment_absence(&cases[i].reading),
                             cases[i].reason);
            const char *actual = assessment.findings[0].actual;
            assert_int_equal(assessment.findings[0].status, FINDING_FAIL);
            assert_int_equal(assessment.findings[0].reason, cases[i].reason);
            assert_true(cases[i].actual == NULL
                            ? actual == NULL
                            : strcmp(actual, cases[i].actual) == 0);
        }
    }
}

/* What cannot be measured is not applicable, with or without a contact. */
static void
unconfigured_requirements_do_not_apply(void **state)
{
    const struct contact contact = good_contact();
    const struct contact_reading readings[] = {
        { .kind = CONTACT_READING_DONE },
        { .contact = &contact },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(readings); i++) {
        const struct assessment assessment =
            assess(&enabled, &readings[i], profile_by_name("strict"));
        assert_int_equal(assessment.finding_count, 12);
        assert_int_equal(assessment.findings[5].status,
                         FINDING_NOT_APPLICABLE);
        assert_int_equal(assessment.findings[5].reason,
                         FINDING_REASON_NO_DOMAINS);
        assert_int_equal(assessment.findings[11].status,
                         FINDING_NOT_APPLICABLE);
        assert_int_equal(assessment.findings[11].reason,
                         FINDING_REASON_NO_DESIRED);
        assert_int_equal(assessment.findings[4].status, FINDING_FAIL);
    }
}

static void
no_profile_passes_without_a_contact(void **state)
{
    static const struct profile lenient = {
        .name = "lenient", .requirements = { "email-domain", NULL }
    };
    static const struct profile empty = { .name = "empty" };
    const struct contact contact = good_contact();
    const struct contact_reading none = { .kind = CONTACT_READING_DONE };
    const struct contact_reading some = { .contact = &contact };

    (void) state;
    assert_int_equal(assess(&enabled, &none, &lenient).status,
                     ASSESSMENT_NON_COMPLIANT);
    assert_int_equal(assess(&enabled, &none, &empty).status,
                     ASSESSMENT_NON_COMPLIANT);
    assert_int_equal(assess(&enabled, &some, &lenient).status,
                     ASSESSMENT_COMPLIANT);
}

static void
failed_reading_says_nothing(void **state)
{
    const struct contact_error error = { 403, "AuthorizationFailed", "", "" };
    const struct contact_reading reading = { .kind = CONTACT_READING_FAILED,
                                             .error = &error };
    const struct assessment assessment =
        assess(&enabled, &reading, profile_by_name("strict"));

    (void) state;
    assert_int_equal(assessment.status, ASSESSMENT_UNKNOWN);
    assert_int_equal(assessment.reach, REACH_UNKNOWN);
    assert_all(&assessment, FINDING_UNKNOWN, FINDING_REASON_UNREADABLE);
    assert_int_equal(assessment_absence(&reading), FINDING_REASON_MET);
}

static void
nothing_applies_where_no_alert_arises(void **state)
{
    struct subscription disabled = enabled;
    disabled.state = "Disabled";
    const struct assessment assessment =
        assess(&disabled, NULL, profile_by_name("strict"));

    (void) state;
    assert_int_equal(assessment.status, ASSESSMENT_NOT_APPLICABLE);
    assert_int_equal(assessment.reach, REACH_NOT_APPLICABLE);
    assert_all(&assessment, FINDING_NOT_APPLICABLE, FINDING_REASON_NO_ALERTS);
    assert_null(assessment.reading.contact);
}

static void
unknown_counts_only_where_nothing_fails(void **state)
{
    struct contact contact = good_contact();
    const struct contact_reading reading = { .contact = &contact };

    (void) state;
    contact.alerts.level = CONTACT_LEVEL_UNRECOGNIZED;
    contact.alerts.text = "Dire";
    assert_int_equal(assess(&enabled, &reading, profile_default()).status,
                     ASSESSMENT_UNKNOWN);
    contact.phone = NULL;
    assert_int_equal(assess(&enabled, &reading, profile_default()).status,
                     ASSESSMENT_NON_COMPLIANT);
}

static void
unseen_fields_do_not_count(void **state)
{
    struct contact contact = good_contact();
    const struct contact_reading reading = { .contact = &contact };

    (void) state;
    contact.version = CONTACT_VERSION_2020_01_01;
    contact.enabled = CONTACT_UNSEEN;
    contact.attack_paths = (struct contact_threshold){ 0 };
    const struct assessment assessment =
        assess(&enabled, &reading, profile_by_name("cis-5.0"));
    assert_int_equal(assessment.status, ASSESSMENT_COMPLIANT);
    assert_int_equal(assessment.findings[0].reason, FINDING_REASON_UNSEEN);
    assert_int_equal(assessment.findings[5].reason, FINDING_REASON_UNSEEN);
    assert_int_equal(assessment.findings[5].status, FINDING_NOT_APPLICABLE);
}

static void
refuses_a_profile_with_a_wrong_name(void **state)
{
    static const struct profile wrong = { .name = "wrong",
                                          .requirements = { "phone", NULL } };
    const struct contact_reading none = { .kind = CONTACT_READING_DONE };
    struct assessment assessment;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(
        assessment_make(&enabled, &none, &wrong, arena, &assessment, &err),
        -1);
    assert_string_equal(error_message(&err),
                        "profile wrong: no requirement is named phone");
}

static void
has_names(void **state)
{
    (void) state;
    assert_string_equal(assessment_status_name(ASSESSMENT_COMPLIANT),
                        "compliant");
    assert_string_equal(assessment_status_name(ASSESSMENT_MUTED), "muted");
    assert_string_equal(assessment_status_name(ASSESSMENT_NON_COMPLIANT),
                        "non-compliant");
    assert_string_equal(assessment_status_name(ASSESSMENT_UNKNOWN), "unknown");
    assert_string_equal(assessment_status_name(ASSESSMENT_NOT_APPLICABLE),
                        "not-applicable");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_what_exists),
        cmocka_unit_test(absence_is_one_cause),
        cmocka_unit_test(unconfigured_requirements_do_not_apply),
        cmocka_unit_test(no_profile_passes_without_a_contact),
        cmocka_unit_test(failed_reading_says_nothing),
        cmocka_unit_test(nothing_applies_where_no_alert_arises),
        cmocka_unit_test(unknown_counts_only_where_nothing_fails),
        cmocka_unit_test(unseen_fields_do_not_count),
        cmocka_unit_test(refuses_a_profile_with_a_wrong_name),
        cmocka_unit_test(has_names),
    };

    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
