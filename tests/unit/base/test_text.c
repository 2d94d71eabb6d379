/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
compares_without_case(void **state)
{
    (void) state;
    assert_true(text_equal_ignoring_case("On", "oN"));
    assert_true(text_equal_ignoring_case(NULL, NULL));
    assert_true(text_equal_ignoring_case("", ""));
    assert_false(text_equal_ignoring_case("On", NULL));
    assert_false(text_equal_ignoring_case("On", "One"));
    assert_false(text_equal_ignoring_case("One", "On"));
    /* '[' and '{' differ by the same bit as letters do. */
    assert_false(text_equal_ignoring_case("[", "{"));
    assert_true(text_starts_with_ignoring_case("AAD_2015", "aad_"));
    assert_false(text_starts_with_ignoring_case("AA", "aad_"));
}

static void
orders_without_case(void **state)
{
    (void) state;
    assert_int_equal(text_compare_ignoring_case("Zorg", "zORG"), 0);
    assert_true(text_compare_ignoring_case("a", "B") < 0);
    assert_true(text_compare_ignoring_case("B", "a") > 0);
    assert_true(text_compare_ignoring_case("On", "One") < 0);
    assert_true(text_compare_ignoring_case("", "a") < 0);
    assert_true(text_compare_ignoring_case("\xc3\xab", "z") > 0);
}

static void
trims_blanks(void **state)
{
    const char *text = " \t soc@contoso.nl\r\n";
    size_t length = strlen(text);

    (void) state;
    text_trim(&text, &length);
    assert_int_equal(length, strlen("soc@contoso.nl"));
    assert_memory_equal(text, "soc@contoso.nl", length);
    text = "  ";
    length = 2;
    text_trim(&text, &length);
    assert_int_equal(length, 0);
    assert_true(text_is_blank(NULL));
    assert_true(text_is_blank(" \n"));
    assert_false(text_is_blank(" a"));
}

static void
reads_numbers(void **state)
{
    static const struct {
        const char *text;
        uint64_t maximum;
        int result;
        uint64_t value;
    } cases[] = {
        { "0", 10, 0, 0 },
        { "10", 10, 0, 10 },
        { "11", 10, -1, 0 },
        { "", 10, -1, 0 },
        { NULL, 10, -1, 0 },
        { "-1", 10, -1, 0 },
        { "+1", 10, -1, 0 },
        { " 1", 10, -1, 0 },
        { "1 ", 10, -1, 0 },
        { "0x1", 10, -1, 0 },
        { "18446744073709551615", UINT64_MAX, 0, UINT64_MAX },
        { "18446744073709551616", UINT64_MAX, -1, 0 },
        { "99999999999999999999999", UINT64_MAX, -1, 0 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        uint64_t value = 77;
        assert_int_equal(
            text_to_unsigned(cases[i].text, cases[i].maximum, &value),
            cases[i].result);
        assert_int_equal(value, cases[i].result == 0 ? cases[i].value : 77);
    }
}

static void
finds_the_nearest_word(void **state)
{
    static const char *const words[] = { "check",   "remediate", "revert",
                                         "monitor", "history",   "cis-1.3",
                                         "cis-3.0" };
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        { "chek", "check" },
        { "hceck", "check" },
        { "CHECK", "check" },
        { "remedaite", "remediate" },
        { "moniter", "monitor" },
        { "history", "history" },
        { "cis-3", "cis-3.0" },
        { "cis-1", "cis-1.3" },
        /* What goes on where the word ends, before what is spelt like it. */
        { "cis", "cis-1.3" },
        { "cis3", "cis-3.0" },
        { "CIS 3", "cis-3.0" },
        { "rem", "remediate" },
        { "r", NULL },
        { "frobnicate", NULL },
        { "x", NULL },
        { "", NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *found =
            text_nearest(cases[i].word, words, ARRAY_LENGTH(words));
        if (cases[i].nearest == NULL)
            assert_null(found);
        else
            assert_string_equal(found, cases[i].nearest);
    }
}

static void
repairs_utf8(void **state)
{
    static const struct {
        const char *bytes, *repaired;
    } cases[] = {
        { "plain", "plain" },
        { "\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\xa5",
          "\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\xa5" },
        { "\xef\xbb\xbf{}", "{}" },
        { "a\xff"
          "b",
          "a\xef\xbf\xbd"
          "b" },
        { "\xc3", "\xef\xbf\xbd" },
        { "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd" },
        /* overlong, surrogate, past the last code point */
        { "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xf4\x90\x80\x80",
          "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(256);
        assert_int_equal(
            text_repair_utf8(&target, cases[i].bytes, strlen(cases[i].bytes)),
            0);
        assert_string_equal(buffer_text(&target), cases[i].repaired);
    }
}

static void
makes_text_printable(void **state)
{
    static const struct {
        const char *text, *printable;
    } cases[] = {
        { "plain", "plain" },
        { NULL, "" },
        { "a\nb\tc\r", "a b c " },
        { "\033[2J", "\xef\xbf\xbd[2J" },
        { "\x7f", "\xef\xbf\xbd" },
        { "\xc2\x9b"
          "31m",
          "\xef\xbf\xbd"
          "31m" }, /* C1: CSI */
        { "\xe2\x80\xae"
          "gpj",
          "\xef\xbf\xbd"
          "gpj" },                              /* U+202E */
        { "\xe2\x81\xa6", "\xef\xbf\xbd" },     /* U+2066 */
        { "\xd8\x9c", "\xef\xbf\xbd" },         /* U+061C */
        { "\xef\xbf\xbe", "\xef\xbf\xbd" },     /* U+FFFE */
        { "\xef\xbf\xbf", "\xef\xbf\xbd" },     /* U+FFFF */
        { "\xc2\xad", "\xef\xbf\xbd" },         /* U+00AD */
        { "\xe1\xa0\x8e", "\xef\xbf\xbd" },     /* U+180E */
        { "\xe2\x81\xa4", "\xef\xbf\xbd" },     /* U+2064 */
        { "\xe2\x81\xaf", "\xef\xbf\xbd" },     /* U+206F */
        { "\xcd\x8f", "\xef\xbf\xbd" },         /* U+034F */
        { "\xe1\x85\x9f", "\xef\xbf\xbd" },     /* U+115F */
        { "\xef\xbe\xa0", "\xef\xbf\xbd" },     /* U+FFA0 */
        { "\xf3\xa0\x87\xaf", "\xef\xbf\xbd" }, /* U+E01EF */
        /* What shapes a letter, and what shapes none. */
        { "\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f" },
        { "\xd9\x85\xe2\x80\x8c\xd8\xae", "\xd9\x85\xe2\x80\x8c\xd8\xae" },
        { "#\xe2\x80\x8d#vso[", "#\xef\xbf\xbd#vso[" },
        { "##v\xef\xb8\x8fso[", "##v\xef\xbf\xbdso[" },
        { "\xe2\x80\x8c::error::", "\xef\xbf\xbd::error::" },
        { "\xe3\x80\x80\xe2\x80\x8c::error::",
          "\xe3\x80\x80\xef\xbf\xbd::error::" },
        { ":\xe2\x80\x8d:", ":\xef\xbf\xbd:" },
        { "\xff", "\xef\xbf\xbd" },
        { "caf\xc3\xa9", "caf\xc3\xa9" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(256);
        assert_int_equal(text_append_printable(&target, cases[i].text), 0);
        assert_string_equal(buffer_text(&target), cases[i].printable);
    }
}

static void
cuts_foreign_lines(void **state)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        { "short", "short" },
        { "one\r\ntwo", "one" },
        { "1234567890", "1234567890" },
        { "12345678901", "1234567…" },
        { "123456\u00e98901", "123456…" }, /* not within the letter */
        { "\x1b", "\xef\xbf\xbd" },
        { "", "" },
        { NULL, "" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        AUTOBUFFER target = BUFFER_INIT(64);
        assert_int_equal(text_append_line(&target, cases[i].text, 10), 0);
        assert_string_equal(buffer_text(&target), cases[i].line);
    }
}

static void
knows_uuids(void **state)
{
    (void) state;
    assert_true(text_is_uuid("7c0ffee0-0000-4000-8000-00000000abcd"));
    assert_true(text_is_uuid("7C0FFEE0-0000-4000-8000-00000000ABCD"));
    assert_false(text_is_uuid("7c0ffee0-0000-4000-8000-00000000abc"));
    assert_false(text_is_uuid("7c0ffee0-0000-4000-8000-00000000abcde"));
    assert_false(text_is_uuid("7c0ffee0_0000-4000-8000-00000000abcd"));
    assert_false(text_is_uuid("gc0ffee0-0000-4000-8000-00000000abcd"));
    assert_false(text_is_uuid("../../../../../../../../../../../../"));
    assert_false(text_is_uuid(NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_without_case),
        cmocka_unit_test(orders_without_case),
        cmocka_unit_test(trims_blanks),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(finds_the_nearest_word),
        cmocka_unit_test(repairs_utf8),
        cmocka_unit_test(makes_text_printable),
        cmocka_unit_test(cuts_foreign_lines),
        cmocka_unit_test(knows_uuids),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
