/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markup/column.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define WIDE "\xe4\xbf\x9d" /* takes two columns */
#define ACUTE "e\xcc\x81"   /* two letters, one column */
#define DOTS "\xe2\x80\xa6" /* the ellipsis */
#define SMILE "\xf0\x9f\x98\x80"

static void
measures(void **state)
{
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    assert_int_equal(column_width(&column, ""), 0);
    assert_int_equal(column_width(&column, "abc"), 3);
    assert_int_equal(column_width(&column, "\xc3\xa9t\xc3\xa9"), 3);
    assert_int_equal(column_width(&column, WIDE WIDE), 4);
    assert_int_equal(column_width(&column, ACUTE), 1);
    assert_int_equal(column_width(&column, SMILE), 2);
    assert_int_equal(column_width(&column, "\xef\xbf\xbd"), 1);
}

static void
cuts_and_fills(void **state)
{
    static const struct {
        const char *text;
        size_t width, fill;
        const char *written;
    } cases[] = {
        { "abc", 5, 5, "abc  " },
        { "abcde", 5, 5, "abcde" },
        { "abcdef", 5, 5, "abcd" DOTS },
        { "abc", 5, 0, "abc" },
        { "abc", 0, 2, "  " },
        { "", 3, 3, "   " },
        { WIDE WIDE, 4, 5, WIDE WIDE " " },
        { WIDE WIDE WIDE, 5, 5, WIDE WIDE DOTS },
        /* A wide letter that would stick out is left away. */
        { WIDE WIDE WIDE, 4, 4, WIDE DOTS " " },
        { ACUTE ACUTE ACUTE, 2, 2, ACUTE DOTS },
    };
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1000);
        assert_int_equal(column_append(&column, cases[i].text, cases[i].width,
                                       cases[i].fill, &target),
                         0);
        assert_string_equal(buffer_text(&target), cases[i].written);
    }
}

/* Marks without width cannot make a row endless. */
static void
bounds_what_takes_no_column(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(100000);
    AUTOBUFFER target = BUFFER_INIT(100000);
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    for (size_t i = 0; i < 10000; i++)
        buffer_append_text(&text, "\xcc\x81");
    assert_int_equal(
        column_append(&column, buffer_text(&text), 10, 10, &target), 0);
    assert_true(target.length < 200);
    assert_non_null(strstr(buffer_text(&target), DOTS));
}

/* Letters count, and not their bytes. */
static void
wraps_whole_words(void **state)
{
    static const struct {
        const char *text, *first, *rest, *written;
    } cases[] = {
        { "one two six", "", "", "one two\nsix\n" },
        { "\xc3\xa9\xc3\xa9n twee dri\xc3\xab", "- ", "  ",
          "- \xc3\xa9\xc3\xa9n\n  twee\n  dri\xc3\xab\n" },
        { "\xc3\xa9\xc3\xa9n \xc3\xa9\xc3\xabn zes", "", "",
          "\xc3\xa9\xc3\xa9n \xc3\xa9\xc3\xabn\nzes\n" },
        { "  one   two ", "", "", "one two\n" },
        { "longer-than-a-line is", "", ">", "longer-than-a-line\n>is\n" },
        { "", "* ", "", "* \n" },
    };
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1000);
        const struct column_shape shape = { cases[i].first, cases[i].rest, 7 };
        assert_int_equal(column_wrap(&column, cases[i].text, &shape, &target),
                         0);
        assert_string_equal(buffer_text(&target), cases[i].written);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures),
        cmocka_unit_test(cuts_and_fills),
        cmocka_unit_test(bounds_what_takes_no_column),
        cmocka_unit_test(wraps_whole_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
