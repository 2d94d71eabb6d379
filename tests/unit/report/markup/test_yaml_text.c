/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markup/yaml_text.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
quotes_only_what_could_be_something_else(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        { "soc@contoso.nl", "soc@contoso.nl" },
        { "soc+azure@contoso.nl", "soc+azure@contoso.nl" },
        { "mg-production", "mg-production" },
        { "", "\"\"" },
        { "yes", "\"yes\"" },
        { "123", "\"123\"" },
        { "1e5", "\"1e5\"" },
        { "+31", "\"+31\"" },
        { "-a", "\"-a\"" },
        { "@a", "\"@a\"" },
        { "a b", "\"a b\"" },
        { "a: b", "\"a: b\"" },
        { "a #b", "\"a #b\"" },
        { "*-sandbox", "\"*-sandbox\"" },
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "a\nb", "\"a\\u000ab\"" },
        { "\xe2\x80\xae", "\"\\u202e\"" },
        { "\xef\xbf\xbf", "\"\\uffff\"" },
        { "\xf3\xa0\x80\x81", "\"\\U000e0001\"" },
        { "b\xc3\xbc"
          "cher.nl",
          "\"b\xc3\xbc"
          "cher.nl\"" },
        { "\xff", "\"\xef\xbf\xbd\"" },
        /* To a pipeline's agent this would be more than text. */
        { "a##vso[b]", "\"a#\\u0023vso[b]\"" },
        { " ::a", "\" :\\u003aa\"" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(256);
        yaml_text_append(&target, cases[i].text);
        assert_string_equal(buffer_text(&target), cases[i].written);
    }
}

static void
keeps_comments_to_one_short_line(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1024);
    char longest[4 * 100 + 1] = "";

    (void) state;
    yaml_text_append_comment(&target, "a\nb: c\r\033");
    assert_string_equal(buffer_text(&target), "a b: c \xef\xbf\xbd");
    buffer_clear(&target);
    for (size_t i = 0; i < 100; i++)
        memcpy(longest + 4 * i, "\xf0\x9f\x9a\xa8", 4);
    yaml_text_append_comment(&target, longest);
    assert_int_equal(target.length, 4 * YAML_TEXT_COMMENT_CEILING + 3);
    assert_string_equal(buffer_text(&target) + target.length - 3, "...");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_only_what_could_be_something_else),
        cmocka_unit_test(keeps_comments_to_one_short_line),
    };

    return cmocka_run_group_tests_name("yaml_text", tests, NULL, NULL);
}
