/* SPDX-License-Identifier: Apache-2.0 */
#include "control/plan/operation.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
has_the_names_that_programs_rely_on(void **state)
{
    static const char *const names[] = { "pending",   "done",      "already",
                                         "conflict",  "not-sent",  "refused",
                                         "different", "unverified" };

    (void) state;
    assert_int_equal(CHANGE_OUTCOME_COUNT, ARRAY_LENGTH(names));
    for (enum change_outcome outcome = 0; outcome < CHANGE_OUTCOME_COUNT;
         outcome++)
        assert_string_equal(change_outcome_name(outcome), names[outcome]);
}

static void
counts_what_became_of_changes(void **state)
{
    struct change_result results[] = {
        { .outcome = CHANGE_DONE },      { .outcome = CHANGE_DONE },
        { .outcome = CHANGE_ALREADY },   { .outcome = CHANGE_CONFLICT },
        { .outcome = CHANGE_NOT_SENT },  { .outcome = CHANGE_REFUSED },
        { .outcome = CHANGE_DIFFERENT }, { .outcome = CHANGE_UNVERIFIED },
        { .outcome = CHANGE_PENDING },
    };
    const struct plan plan = { .change_count = ARRAY_LENGTH(results) };
    const struct operation_report report = { .plan = &plan,
                                             .results = results };
    const struct operation_counts counts = operation_count(&report);

    (void) state;
    assert_int_equal(counts.done, 2);
    assert_int_equal(counts.already, 1);
    assert_int_equal(counts.conflict, 1);
    assert_int_equal(counts.not_sent, 1);
    assert_int_equal(counts.refused, 1);
    assert_int_equal(counts.different, 1);
    assert_int_equal(counts.unverified, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_names_that_programs_rely_on),
        cmocka_unit_test(counts_what_became_of_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
