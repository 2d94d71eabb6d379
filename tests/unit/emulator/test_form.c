/* SPDX-License-Identifier: Apache-2.0 */
#include "entra/form.h"

#include <string.h>

#include "unit/unit.h"

static void
decodes_names_and_values(void **state)
{
    static const char text[] = "a=1+2&b%3D=x%2By%26&c=&d&e=%zz%2";
    struct arena *arena = arena_new();
    struct form form;

    (void) state;
    assert_int_equal(form_parse(&form, text, strlen(text), arena), 0);
    assert_string_equal(form_value(&form, "a"), "1 2");
    assert_string_equal(form_value(&form, "b="), "x+y&");
    assert_null(form_value(&form, "c"));
    assert_null(form_value(&form, "d"));
    assert_string_equal(form_value(&form, "e"), "%zz%2");
    assert_null(form_value(&form, "f"));
    assert_null(form.repeated);
    arena_free(arena);
}

static void
notices_repetition_and_excess(void **state)
{
    struct arena *arena = arena_new();
    struct form form;
    char many[4 * FORM_FIELDS_MAXIMUM + 8] = "";

    (void) state;
    assert_int_equal(form_parse(&form, "a=1&b=2&a=3", 11, arena), 0);
    assert_string_equal(form.repeated, "a");
    memset(many, '&', sizeof(many) - 1);
    for (size_t i = 0; i < sizeof(many) - 1; i += 2)
        many[i] = 'x';
    assert_int_equal(form_parse(&form, many, strlen(many), arena), -1);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_names_and_values),
        cmocka_unit_test(notices_repetition_and_excess),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
