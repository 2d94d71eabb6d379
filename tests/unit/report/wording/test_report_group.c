/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wording/report_group.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct {
    enum assessment_status status;
    enum reach reach;
    enum report_group group;
} cases[] = {
    { ASSESSMENT_COMPLIANT, REACH_NOBODY, REPORT_GROUP_NOBODY },
    { ASSESSMENT_MUTED, REACH_NOBODY, REPORT_GROUP_NOBODY },
    { ASSESSMENT_NON_COMPLIANT, REACH_NOBODY, REPORT_GROUP_NOBODY },
    { ASSESSMENT_UNKNOWN, REACH_NOBODY, REPORT_GROUP_NOBODY },
    { ASSESSMENT_NON_COMPLIANT, REACH_OWNERS, REPORT_GROUP_OWNERS },
    { ASSESSMENT_COMPLIANT, REACH_OWNERS, REPORT_GROUP_COMPLIANT },
    { ASSESSMENT_MUTED, REACH_OWNERS, REPORT_GROUP_MUTED },
    { ASSESSMENT_NON_COMPLIANT, REACH_UNKNOWN, REPORT_GROUP_UNCERTAIN },
    { ASSESSMENT_NON_COMPLIANT, REACH_CONTACT, REPORT_GROUP_DEMANDED },
    { ASSESSMENT_UNKNOWN, REACH_UNKNOWN, REPORT_GROUP_UNKNOWN },
    { ASSESSMENT_UNKNOWN, REACH_CONTACT, REPORT_GROUP_UNKNOWN },
    { ASSESSMENT_COMPLIANT, REACH_CONTACT, REPORT_GROUP_COMPLIANT },
    { ASSESSMENT_NOT_APPLICABLE, REACH_NOT_APPLICABLE,
      REPORT_GROUP_NOT_APPLICABLE },
};

static void
groups_by_consequence(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct assessment assessment = { .status = cases[i].status,
                                               .reach = cases[i].reach };
        if (report_group_of(&assessment) != cases[i].group)
            fail_msg("case %zu: %s", i,
                     report_group_words(report_group_of(&assessment))->title);
    }
}

static void
walks_a_group(void **state)
{
    struct assessment assessments[] = {
        { .status = ASSESSMENT_COMPLIANT, .reach = REACH_CONTACT },
        { .status = ASSESSMENT_UNKNOWN, .reach = REACH_UNKNOWN },
        { .status = ASSESSMENT_COMPLIANT, .reach = REACH_CONTACT },
    };
    const struct run run = { .assessments = assessments,
                             .assessment_count = 3 };

    (void) state;
    assert_int_equal(report_group_next(&run, REPORT_GROUP_COMPLIANT, 0), 0);
    assert_int_equal(report_group_next(&run, REPORT_GROUP_COMPLIANT, 1), 2);
    assert_int_equal(report_group_next(&run, REPORT_GROUP_COMPLIANT, 3), 3);
    assert_int_equal(report_group_next(&run, REPORT_GROUP_NOBODY, 0), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_by_consequence),
        cmocka_unit_test(walks_a_group),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
