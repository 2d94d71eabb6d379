/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/apply/change_residue.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct change_residue kept = { "phone", NULL, "\"+31 20\"" };
static const struct change_residue emptied = { "phone", "\"\"", "\"+31 20\"" };
static const struct change_residue lost = { "phone", "\"+31 20\"", NULL };

static bool
judge(const struct change_residue *residue, size_t count)
{
    const struct change_result result = { .outcome = CHANGE_DIFFERENT,
                                          .residue = residue,
                                          .residue_count = count };

    return change_residue_is_kept(&result);
}

static void
what_was_to_go_and_stayed_is_kept(void **state)
{
    const struct change_residue both[] = { kept, emptied };

    (void) state;
    assert_true(judge(&kept, 1));
    assert_true(judge(&emptied, 1));
    assert_true(judge(both, ARRAY_LENGTH(both)));
}

static void
what_was_written_and_is_not_there_is_not(void **state)
{
    const struct change_residue both[] = { kept, lost };

    (void) state;
    assert_false(judge(&lost, 1));
    assert_false(judge(both, ARRAY_LENGTH(both)));
    assert_false(judge(NULL, 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_to_go_and_stayed_is_kept),
        cmocka_unit_test(what_was_written_and_is_not_there_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
