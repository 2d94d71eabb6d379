/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/arm_json.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
tells_cut_off_from_broken(void **state)
{
    static const struct {
        const char *bytes;
        bool parsed, cut_off;
    } cases[] = {
        { "{\"value\":[]}", true, false },
        { "\xef\xbb\xbf{}", true, false },
        { "{\"value\":[{\"a\":1}", false, true },
        { "{\"value\":[\"ab", false, true },
        { "", false, true },
        { "<html>", false, false },
        { "{\"a\":}", false, false },
        { "{} trailing", false, false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        bool cut_off;
        AUTOJSON json_t *document =
            arm_json_parse(cases[i].bytes, strlen(cases[i].bytes),
                           &arm_json_ceiling, &cut_off);
        assert_int_equal(document != NULL, cases[i].parsed);
        assert_int_equal(cut_off, cases[i].cut_off);
    }
}

static void
one_bad_byte_does_not_lose_the_page(void **state)
{
    static const char bytes[] = "{\"displayName\":\"caf\xe9\"}";
    AUTOJSON json_t *document =
        arm_json_parse(bytes, sizeof(bytes) - 1, &arm_json_ceiling, NULL);

    (void) state;
    assert_string_equal(
        json_string_value(json_object_get(document, "displayName")),
        "caf\xef\xbf\xbd");
}

static void
escapes_that_mean_no_character_are_replaced(void **state)
{
    static const struct {
        const char *escaped, *text;
    } cases[] = {
        { "a\\u0000b", "a\xef\xbf\xbd"
                       "b" },
        { "a\\ud800b", "a\xef\xbf\xbd"
                       "b" },
        { "\\udc00\\ud83d\\udd25", "\xef\xbf\xbd\xf0\x9f\x94\xa5" },
        { "\\ud800\\n\\\\u0000", "\xef\xbf\xbd\n\\u0000" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOFREE char *bytes = NULL;
        assert_true(asprintf(&bytes, "[\"%s\"]", cases[i].escaped) > 0);
        AUTOJSON json_t *document =
            arm_json_parse(bytes, strlen(bytes), &arm_json_ceiling, NULL);
        assert_non_null(document);
        assert_string_equal(json_string_value(json_array_get(document, 0)),
                            cases[i].text);
    }
}

static void
what_says_two_things_is_refused(void **state)
{
    static const char bytes[] = "{\"isEnabled\":false,\"isEnabled\":true}";

    (void) state;
    assert_null(
        arm_json_parse(bytes, sizeof(bytes) - 1, &arm_json_ceiling, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_cut_off_from_broken),
        cmocka_unit_test(one_bad_byte_does_not_lose_the_page),
        cmocka_unit_test(escapes_that_mean_no_character_are_replaced),
        cmocka_unit_test(what_says_two_things_is_refused),
    };

    return cmocka_run_group_tests_name("arm_json", tests, NULL, NULL);
}
