/* SPDX-License-Identifier: Apache-2.0 */
#include "control/plan/remedy.h"

#include <string.h>

#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

/* Whoever adds a requirement says how it is remedied. */
static void
there_is_one_for_each_requirement(void **state)
{
    (void) state;
    assert_int_equal(remedy_table_length, requirement_table_length);
    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct remedy *remedy =
            remedy_by_requirement(requirement_table[i].id);
        assert_non_null(remedy);
        assert_non_null(remedy->apply);
    }
    assert_null(remedy_by_requirement("email"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_one_for_each_requirement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
