/* SPDX-License-Identifier: Apache-2.0 */
#include "control/run/framework_tally.h"

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

static const struct framework_control control = {
    .framework = "cis-3.0",
    .number = "3.1.13",
    .requirements = { "contact-enabled", "email-configured", NULL },
};

/* One assessment: the statuses of contact-enabled, email-configured and
 * owner-notified, which the control does not name. */
static struct assessment
assessment(struct finding findings[3], enum finding_status enabled,
           enum finding_status email, enum finding_status owner)
{
    findings[0] = (struct finding){
        .requirement = requirement_by_id("contact-enabled"),
        .status = enabled,
    };
    findings[1] = (struct finding){
        .requirement = requirement_by_id("email-configured"),
        .status = email,
    };
    findings[2] = (struct finding){
        .requirement = requirement_by_id("owner-notified"),
        .status = owner,
    };
    return (struct assessment){ .findings = findings, .finding_count = 3 };
}

static void
counts_each_subscription_once_by_its_worst_finding(void **state)
{
    struct finding findings[7][3];
    struct assessment assessments[] = {
        assessment(findings[0], FINDING_PASS, FINDING_PASS, FINDING_FAIL),
        assessment(findings[1], FINDING_PASS, FINDING_FAIL, FINDING_PASS),
        assessment(findings[2], FINDING_FAIL, FINDING_UNKNOWN, FINDING_PASS),
        assessment(findings[3], FINDING_MUTED, FINDING_UNKNOWN, FINDING_PASS),
        assessment(findings[4], FINDING_PASS, FINDING_MUTED, FINDING_FAIL),
        assessment(findings[5], FINDING_NOT_APPLICABLE, FINDING_PASS,
                   FINDING_FAIL),
        assessment(findings[6], FINDING_NOT_APPLICABLE, FINDING_NOT_APPLICABLE,
                   FINDING_FAIL),
    };
    const struct run run = { .profile = profile_default(),
                             .assessments = assessments,
                             .assessment_count = ARRAY_LENGTH(assessments) };
    const struct framework_tally tally = framework_tally(&run, &control);

    (void) state;
    assert_int_equal(tally.pass, 2);
    assert_int_equal(tally.fail, 2);
    assert_int_equal(tally.unknown, 1);
    assert_int_equal(tally.muted, 1);
    assert_int_equal(tally.not_applicable, 1);
}

static void
counts_nothing_where_the_profile_judges_nothing(void **state)
{
    struct finding findings[3];
    struct assessment assessments[] = {
        assessment(findings, FINDING_PASS, FINDING_PASS, FINDING_FAIL),
    };
    const struct run run = { .profile = profile_default(),
                             .assessments = assessments,
                             .assessment_count = 1 };
    const struct framework_control other = {
        .requirements = { "contact-enabled", "attack-paths-notified", NULL },
    };
    const struct framework_tally tally = framework_tally(&run, &other);

    (void) state;
    assert_int_equal(tally.pass + tally.fail + tally.unknown + tally.muted
                         + tally.not_applicable,
                     0);
    assert_false(framework_tally_possible(profile_default(), &other));
    assert_true(framework_tally_possible(profile_default(), &control));
    assert_true(framework_tally_possible(profile_by_name("cis-5.0"), &other));
}

static void
knows_what_a_profile_judges(void **state)
{
    const struct profile *conformity = profile_by_name("conformity");

    (void) state;
    assert_true(framework_tally_judged(conformity, "email-configured"));
    assert_false(framework_tally_judged(conformity, "contact-enabled"));
    assert_true(framework_tally_condition("contact-enabled"));
    assert_false(framework_tally_condition("email-configured"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_each_subscription_once_by_its_worst_finding),
        cmocka_unit_test(counts_nothing_where_the_profile_judges_nothing),
        cmocka_unit_test(knows_what_a_profile_judges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
