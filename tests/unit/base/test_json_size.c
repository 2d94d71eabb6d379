/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_size.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
counts_what_stands_outside_texts(void **state)
{
    static const struct {
        const char *bytes;
        struct json_size size;
    } cases[] = {
        { "7", { 1, 0 } },
        { "[]", { 2, 1 } },
        { "[1,2]", { 3, 1 } },
        { "{\"a\":1,\"b\":[true,null]}", { 5, 2 } },
        { "[[[[", { 5, 4 } },
        { "[{},{}]", { 5, 2 } },
        { "[[1],[2]]", { 5, 2 } },
        { "[\"\",\"\",\"\"]", { 4, 1 } },
        /* Texts: brackets and commas in them, escaped quotes, escaped
         * backslashes before the quote that ends them. */
        { "[\"[{,,,\"]", { 2, 1 } },
        { "[\"a\\\"],[\",1]", { 3, 1 } },
        { "[\"a\\\\\",[1]]", { 4, 2 } },
        { "[\"\\\\\\\",,,\"]", { 2, 1 } },
        { "[\"\\u0022,\\u005b\"]", { 2, 1 } },
        /* As a member's name, too. */
        { "{\"[,\\\"{\":[]}", { 3, 2 } },
        /* Texts that do not end, in the middle of an escape, too. */
        { "[\"a,b,c", { 2, 1 } },
        { "[\"a,\\", { 2, 1 } },
        { "[\"a,\\\"", { 2, 1 } },
        { "\"", { 1, 0 } },
        /* What is no JSON is counted all the same. */
        { "", { 1, 0 } },
        { "]]][", { 2, 1 } },
        { "}{}{", { 3, 1 } },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct json_size size =
            json_size_count(cases[i].bytes, strlen(cases[i].bytes));
        if (size.values != cases[i].size.values
            || size.depth != cases[i].size.depth)
            fail_msg("%s: %zu values, %zu deep", cases[i].bytes, size.values,
                     size.depth);
    }
}

/* The sanitizers see a byte read beyond either end. */
static void
looks_at_its_own_bytes_alone(void **state)
{
    static const char bytes[] = "[\"a\\\"\\";

    (void) state;
    for (size_t length = 0; length < sizeof(bytes); length++) {
        AUTOFREE char *copy = malloc(length > 0 ? length : 1);
        assert_non_null(copy);
        memcpy(copy, bytes, length);
        const struct json_size size = json_size_count(copy, length);
        assert_int_equal(size.values, length > 0 ? 2 : 1);
    }
    /* A NUL is a byte like another. */
    assert_int_equal(json_size_count("[\0,1]", 5).values, 3);
}

static void
names_the_ceiling_that_is_exceeded(void **state)
{
    static const struct json_size ceiling = { 5, 2 };
    static const struct {
        const char *bytes, *message;
    } cases[] = {
        { "[1,2,[3]]", NULL },
        { "[1,2,3,4,5]", "it holds more than 5 JSON values" },
        { "[[[1]]]", "its JSON is nested more than 2 deep" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        const int result = json_size_check(
            cases[i].bytes, strlen(cases[i].bytes), &ceiling, &err);
        assert_int_equal(result, cases[i].message != NULL ? -1 : 0);
        if (cases[i].message != NULL)
            assert_string_equal(error_message(&err), cases[i].message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_stands_outside_texts),
        cmocka_unit_test(looks_at_its_own_bytes_alone),
        cmocka_unit_test(names_the_ceiling_that_is_exceeded),
    };

    return cmocka_run_group_tests_name("json_size", tests, NULL, NULL);
}
