/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markup/markdown_span.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
plain_words_stay_words(void **state)
{
    static const char *const cases[] = {
        "",
        "no security contact",
        "Microsoft.Security is not registered",
        "403 AuthorizationFailed: needs Security Reader",
        "owners are not notified; no address (muted), 100% of it",
        "non-compliant.",
        "Financi\xc3\xabn is 't?",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        assert_int_equal(
            markdown_span_append(&target, cases[i], MARKDOWN_LINE), 0);
        assert_string_equal(buffer_text(&target), cases[i]);
    }
}

static void
anything_else_becomes_code(void **state)
{
    static const struct {
        const char *text, *span;
    } cases[] = {
        { "not a valid address: @everyone",
          "`not a valid address: @everyone`" },
        { "closes #1", "`closes #1`" },
        { "closes GH-1", "`closes GH-1`" },
        { "www.Evil.example", "`www.Evil.example`" },
        { "see evil.example", "`see evil.example`" },
        { "https://evil.example/", "`https://evil.example/`" },
        { ":tada:", "`:tada:`" },
        { "*bold* _it_ ~no~", "`*bold* _it_ ~no~`" },
        { "[a](b) ![c](d)", "`[a](b) ![c](d)`" },
        { "<script>&amp;", "`<script>&amp;`" },
        { "a\\*", "`a\\*`" },
        /* Backticks need a longer fence, and distance from it. */
        { "`", "`` ` ``" },
        { "a `b` ```c", "````a `b` ```c````" },
        { "`a", "`` `a ``" },
        { " =a ", "`  =a  `" },
        /* Pipes end a cell, unless they are escaped, which needs that no
         * other backslash is in front. */
        { "a | b || c", "`a \\| b \\|\\| c`" },
        { "a \\| b", "`a \\\xc2\xa6 b`" },
        { "|", "`\\|`" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        assert_int_equal(
            markdown_span_append(&target, cases[i].text, MARKDOWN_CELL), 0);
        assert_string_equal(buffer_text(&target), cases[i].span);
    }
}

static void
a_pipe_means_nothing_elsewhere(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1024);

    (void) state;
    assert_int_equal(markdown_span_append(&target, "a | b", MARKDOWN_LINE), 0);
    assert_string_equal(buffer_text(&target), "`a | b`");
}

static void
names_are_always_code(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1024);

    (void) state;
    assert_int_equal(markdown_span_code(&target, "Zorg", MARKDOWN_CELL), 0);
    assert_int_equal(markdown_span_code(&target, "", MARKDOWN_CELL), 0);
    assert_string_equal(buffer_text(&target), "`Zorg`");
    target.ceiling = 8;
    assert_int_equal(markdown_span_code(&target, "Zorg", MARKDOWN_CELL), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_stay_words),
        cmocka_unit_test(anything_else_becomes_code),
        cmocka_unit_test(a_pipe_means_nothing_elsewhere),
        cmocka_unit_test(names_are_always_code),
    };

    return cmocka_run_group_tests_name("markdown_span", tests, NULL, NULL);
}
