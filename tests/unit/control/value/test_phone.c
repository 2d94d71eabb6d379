/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/phone.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
judges_numbers(void **state)
{
    static const struct {
        const char *number;
        bool valid;
    } cases[] = {
        { "+31201234567", true },
        { "+31 20 123 45 67", true },
        { "+31 (0)20-123.4567", true },
        { "(+31) 201234567", true },
        { "+1234567", true },
        { "+123456", false },
        { "+123456789012345", true },
        { "+1234567890123456", false },
        { "0201234567", false },
        { "(214)275-4038", false },
        { "++31201234567", false },
        { "31+201234567", false },
        { "+31 20 123 45 67 ext 9", false },
        { "+31/201234567", false },
        { "+", false },
        { "", false },
        { " ", false },
        { "+\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6\xd9\xa7", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        if (phone_valid(cases[i].number) != cases[i].valid)
            fail_msg("'%s': wrong", cases[i].number);
}

static void
compares_numbers(void **state)
{
    (void) state;
    assert_true(phone_equal("+31 20 123 4567", "+31201234567"));
    assert_true(phone_equal("+31(20)1234567 ", "+31-20-1234567"));
    assert_true(phone_equal("", " "));
    assert_false(phone_equal("+31201234567", "+3120123456"));
    assert_false(phone_equal("+3120123456", "+31201234567"));
    assert_false(phone_equal("+31201234567", "31201234567"));
    assert_int_equal(phone_compare("+31 (0)1", "+31-01"), 0);
    assert_true(phone_compare("+31 1", "+312") < 0);
    assert_true(phone_compare("+31 12", "+31-1") > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_numbers),
        cmocka_unit_test(compares_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
