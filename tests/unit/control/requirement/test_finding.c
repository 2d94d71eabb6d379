/* SPDX-License-Identifier: Apache-2.0 */
#include "control/requirement/finding.h"

#include "unit/unit.h"

static void
every_reason_has_a_name_of_its_own(void **state)
{
    (void) state;
    for (enum finding_reason i = 0; i < FINDING_REASON_COUNT; i++) {
        assert_non_null(finding_reason_name(i));
        for (enum finding_reason j = 0; j < i; j++)
            assert_string_not_equal(finding_reason_name(i),
                                    finding_reason_name(j));
    }
}

static void
has_status_names(void **state)
{
    (void) state;
    assert_string_equal(finding_status_name(FINDING_PASS), "pass");
    assert_string_equal(finding_status_name(FINDING_FAIL), "fail");
    assert_string_equal(finding_status_name(FINDING_MUTED), "muted");
    assert_string_equal(finding_status_name(FINDING_UNKNOWN), "unknown");
    assert_string_equal(finding_status_name(FINDING_NOT_APPLICABLE),
                        "not-applicable");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_a_name_of_its_own),
        cmocka_unit_test(has_status_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
