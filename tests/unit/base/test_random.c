/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "unit/unit.h"

static void
makes_version_4_uuids(void **state)
{
    char first[RANDOM_UUID_SIZE], second[RANDOM_UUID_SIZE];

    (void) state;
    random_uuid(first);
    random_uuid(second);
    assert_true(text_is_uuid(first));
    assert_int_equal(first[14], '4');
    assert_non_null(strchr("89ab", first[19]));
    assert_string_not_equal(first, second);
}

static void
stays_below_its_bound(void **state)
{
    bool seen[7] = { false };

    (void) state;
    for (int i = 0; i < 10000; i++) {
        const uint64_t value = random_below(7);
        assert_true(value < 7);
        seen[value] = true;
    }
    for (int i = 0; i < 7; i++)
        assert_true(seen[i]);
    assert_int_equal(random_below(1), 0);
    assert_true(random_below(UINT64_MAX) < UINT64_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_version_4_uuids),
        cmocka_unit_test(stays_below_its_bound),
    };

    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
