/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/arm_list.h"

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"
#include "unit/unit.h"

static void
finds_the_elements_of_every_shape(void **state)
{
    static const struct {
        const char *document;
        int count; /* -1: not a list */
        int strict;
    } cases[] = {
        { "{\"value\":[{},{}]}", 2, 2 },
        { "{\"value\":[]}", 0, 0 },
        { "[{},{},{}]", 3, -1 },
        { "[]", 0, -1 },
        { "{\"value\":null}", 0, -1 },
        { "{}", -1, -1 },
        { "{\"nextLink\":\"https://x/\"}", 0, -1 },
        { "{\"name\":\"default\",\"properties\":{}}", 1, -1 },
        { "{\"value\":7}", -1, -1 },
        { "{\"value\":{}}", -1, -1 },
        { "{\"error\":{\"code\":\"x\"}}", -1, -1 },
        { "{\"value\":[{}],\"error\":{\"code\":\"x\"}}", -1, -1 },
        { "{\"hello\":\"world\"}", -1, -1 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases) * 2; i++) {
        const bool any_shape = i % 2 == 0;
        const int count = any_shape ? cases[i / 2].count : cases[i / 2].strict;
        AUTOJSON json_t *document = json_loads(cases[i / 2].document, 0, NULL);
        AUTOJSON json_t *elements = arm_list_elements(document, any_shape);
        if (count < 0) {
            assert_null(elements);
        } else {
            assert_non_null(elements);
            assert_int_equal(json_array_size(elements), count);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_elements_of_every_shape),
    };

    return cmocka_run_group_tests_name("arm_list", tests, NULL, NULL);
}
