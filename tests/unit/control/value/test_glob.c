/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/glob.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
matches_whole_texts(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool matches;
    } cases[] = {
        { "", "", true },
        { "", "a", false },
        { "*", "", true },
        { "*", "anything", true },
        { "**", "x", true },
        { "?", "", false },
        { "?", "x", true },
        { "?", "xy", false },
        { "?", "\xc3\xab", true }, /* one letter of two bytes */
        { "Financi?n", "Financi\xc3\xabn", true },
        { "zorg-*", "Zorg-Prod-01", true },
        { "ZORG-PROD-01", "zorg-prod-01", true },
        { "*-sandbox", "data-sandbox", true },
        { "*-sandbox", "data-sandbox-2", false },
        { "*-sandbox*", "data-sandbox-2", true },
        { "a*b*c", "aXbXbXc", true },
        { "a*b*c", "aXbXbX", false },
        { "*ab", "aab", true },
        { "[a]", "a", false },
        { "[a]", "[a]", true },
        { "a.c", "abc", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        if (glob_match(cases[i].pattern, cases[i].text) != cases[i].matches)
            fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].text);
}

/* Would never end if each star were tried with each length. */
static void
is_quick_with_many_stars(void **state)
{
    char pattern[513], text[4097];

    (void) state;
    for (size_t i = 0; i < sizeof(pattern) - 1; i++)
        pattern[i] = i % 2 == 0 ? '*' : 'a';
    pattern[sizeof(pattern) - 2] = 'b';
    pattern[sizeof(pattern) - 1] = '\0';
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    assert_false(glob_match(pattern, text));
}

static void
knows_a_pattern(void **state)
{
    (void) state;
    assert_true(glob_is_pattern("*-sandbox"));
    assert_true(glob_is_pattern("a?c"));
    assert_false(glob_is_pattern("Zorg-Prod [01]"));
    assert_false(glob_is_pattern(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_whole_texts),
        cmocka_unit_test(is_quick_with_many_stars),
        cmocka_unit_test(knows_a_pattern),
    };

    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
