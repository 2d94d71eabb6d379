/* SPDX-License-Identifier: Apache-2.0 */
#include "base/logging_command.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

/* What becomes of a text where there are no escapes. */
static const struct {
    const char *text, *broken;
} cases[] = {
    { "##vso[task.debug]a", "# #vso[task.debug]a" },
    { "a ##VSO[b.c]d", "a # #VSO[b.c]d" },
    { "##vso##vso[a.b]", "##vso# #vso[a.b]" },
    { "##[error]a##[b]", "# #[error]a# #[b]" },
    { "####[a]", "### #[a]" },
    { "##TeamCity[a]", "# #TeamCity[a]" },
    { "::error::a", ": :error::a" },
    { ":::error::a", ": ::error::a" },
    { "a\n \t::error::a", "a\n \t: :error::a" },
    { "a\r::error::a", "a\r: :error::a" },
    /* No-break, ogham, em, ideographic: blanks to .NET. */
    { "\xc2\xa0\xe1\x9a\x80\xe2\x80\x83\xe3\x80\x80::a",
      "\xc2\xa0\xe1\x9a\x80\xe2\x80\x83\xe3\x80\x80: :a" },
    { "\xe2\x80\xa8::a", "\xe2\x80\xa8: :a" },
    { "\033[1;31m::a", "\033[1;31m: :a" },
    { "\033[1m \033[0m::a::b", "\033[1m \033[0m: :a::b" },
    { "--- a\n+++ a\n~~~ a\n---", "- -- a\n+ ++ a\n~ ~~ a\n- --" },
    /* None of these is a command. */
    { "", NULL },
    { "#", NULL },
    { "a ##", NULL },
    { "##vso", NULL },
    { "##vs[", NULL },
    { "##vsoo[", NULL },
    { "## [a]", NULL },
    { "# #vso[a]", NULL },
    { "\n## Heading\n### [a](b)\n", NULL },
    { "a::b ::c", NULL },
    { "\xc3\xa9::b", NULL },
    { "\xe3\x80\x81::b", NULL },
    { ": :a", NULL },
    { " --- a", NULL },
    { "-- a", NULL },
    { "a ---", NULL },
};

static void
breaks_what_is_a_command(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024), again = BUFFER_INIT(1024);
        assert_int_equal(logging_command_break(&target, cases[i].text,
                                               LOGGING_COMMAND_BLANK),
                         0);
        assert_string_equal(buffer_text(&target), cases[i].broken != NULL
                                                      ? cases[i].broken
                                                      : cases[i].text);
        /* What is broken needs nothing more. */
        logging_command_break(&again, buffer_text(&target),
                              LOGGING_COMMAND_BLANK);
        assert_string_equal(buffer_text(&again), buffer_text(&target));
    }
}

/* Wherever a text is cut into parts, the same comes of it. */
static void
takes_any_parts(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *text = cases[i].text;
        const size_t length = strlen(text);
        for (size_t first = 0; first <= length; first++)
            for (size_t second = first; second <= length; second++) {
                AUTOBUFFER target = BUFFER_INIT(1024);
                struct logging_command filter =
                    LOGGING_COMMAND_INIT(&target, LOGGING_COMMAND_BLANK);
                logging_command_append(&filter, text, first);
                logging_command_append(&filter, text + first, second - first);
                logging_command_append(&filter, text + second,
                                       length - second);
                assert_int_equal(logging_command_end(&filter), 0);
                assert_string_equal(buffer_text(&target),
                                    cases[i].broken != NULL ? cases[i].broken
                                                            : text);
            }
    }
}

static void
escapes_where_it_can(void **state)
{
    static const struct {
        enum logging_command_escape escape;
        const char *text, *escaped;
    } escapes[] = {
        { LOGGING_COMMAND_TEXT, "##vso[a]", "#\\u0023vso[a]" },
        { LOGGING_COMMAND_TEXT, "\\\"::a", "\\\"::a" },
        { LOGGING_COMMAND_BICEP, " ::a", " :\\u{3a}a" },
        { LOGGING_COMMAND_REFERENCE, "##[a]", "#&#35;[a]" },
        { LOGGING_COMMAND_REFERENCE, "::a::b", ":&#58;a::b" },
        { LOGGING_COMMAND_REFERENCE, "---", "-&#45;-" },
        { LOGGING_COMMAND_DOCUMENT, "{\"a\": \"##vso[b]\"}",
          "{\"a\": \"#\\u0023vso[b]\"}" },
        { LOGGING_COMMAND_DOCUMENT, "{\"a\":\" ::b\",\"::\":\"c::d\"}",
          "{\"a\":\" :\\u003ab\",\":\\u003a\":\"c::d\"}" },
        /* More may follow, and make a command of it. */
        { LOGGING_COMMAND_REFERENCE, "a#", "a&#35;" },
        { LOGGING_COMMAND_REFERENCE, "a ##vs", "a &#35;#vs" },
        { LOGGING_COMMAND_REFERENCE, " :", " &#58;" },
        { LOGGING_COMMAND_REFERENCE, "a:", "a:" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(escapes); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        logging_command_break(&target, escapes[i].text, escapes[i].escape);
        assert_string_equal(buffer_text(&target), escapes[i].escaped);
    }
}

/* Large parts without and with commands, whose last line goes on. */
static void
goes_on_within_a_line(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1024);
    struct logging_command filter =
        LOGGING_COMMAND_INIT(&target, LOGGING_COMMAND_BLANK);
    static const char *const parts[] = { "a\nb\n ", " ::c\nd:", ":e\n",
                                         "::f\n#",  "#v",       "so",
                                         "[g] ::" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
        logging_command_append(&filter, parts[i], strlen(parts[i]));
    logging_command_end(&filter);
    assert_string_equal(buffer_text(&target),
                        "a\nb\n  : :c\nd::e\n: :f\n# #vso[g] ::");
}

static void
keeps_a_failure(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(4);
    struct logging_command filter =
        LOGGING_COMMAND_INIT(&target, LOGGING_COMMAND_BLANK);

    (void) state;
    assert_int_equal(logging_command_append(&filter, "longer", 6), -1);
    assert_int_equal(logging_command_end(&filter), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_what_is_a_command),
        cmocka_unit_test(takes_any_parts),
        cmocka_unit_test(escapes_where_it_can),
        cmocka_unit_test(goes_on_within_a_line),
        cmocka_unit_test(keeps_a_failure),
    };

    return cmocka_run_group_tests_name("logging_command", tests, NULL, NULL);
}
