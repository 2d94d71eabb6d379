/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/json_text.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/value/json_cursor.h"
#include "unit/unit.h"

static const char *const texts[] = {
    "##vso[task.debug]a", "##VSO[a]", "##[error]a", "###[a]",   "::error::a",
    "  ::error::a",       "a\n::b",   "\"::a",      "#",        "##",
    "\xe2\x80\xa8::a",    "---",      "a\"##[b\\",  "C## :: D",
};

/* In every shape nothing is left of a command, and a reader sees no
 * difference. */
static void
means_the_same_to_its_reader(void **state)
{
    static const size_t shapes[] = { 0, JSON_COMPACT, JSON_INDENT(2),
                                     JSON_INDENT(2) | JSON_SORT_KEYS };
    AUTOTREE *tree = json_pack("{s:o, s:{}}", "list", json_array(), "##[k]");

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        json_array_append_new(json_object_get(tree, "list"),
                              json_string(texts[i]));
        json_object_set_new(json_object_get(tree, "##[k]"), texts[i],
                            json_integer((json_int_t) i));
    }
    for (size_t i = 0; i < ARRAY_LENGTH(shapes); i++) {
        AUTOBUFFER target = BUFFER_INIT(4096);
        assert_int_equal(json_text_append(&target, tree, shapes[i]), 0);
        assert_null(strstr(buffer_text(&target), "##["));
        assert_null(strcasestr(buffer_text(&target), "##vso["));
        assert_null(strstr(buffer_text(&target), "\"::"));
        assert_null(strstr(buffer_text(&target), "\"  ::"));
        AUTOTREE *again = json_loads(buffer_text(&target), 0, NULL);
        assert_true(json_equal(again, tree));
    }
}

/* The dump reaches its target in parts of some 64 KiB. */
static void
is_whole_at_any_length(void **state)
{
    AUTOTREE *tree = json_array();
    AUTOBUFFER target = BUFFER_INIT(1024 * 1024);

    (void) state;
    for (size_t i = 0; i < 16 * 1024; i++)
        json_array_append_new(tree,
                              json_string(texts[i % ARRAY_LENGTH(texts)]));
    assert_int_equal(json_text_append(&target, tree, JSON_COMPACT), 0);
    assert_null(strstr(buffer_text(&target), "##vso["));
    assert_null(strstr(buffer_text(&target), "##["));
    AUTOTREE *again = json_loads(buffer_text(&target), 0, NULL);
    assert_true(json_equal(again, tree));
}

static void
keeps_a_failure(void **state)
{
    AUTOTREE *tree = json_pack("[s]", "longer");
    AUTOBUFFER target = BUFFER_INIT(4);

    (void) state;
    assert_int_equal(json_text_append(&target, NULL, 0), -1);
    assert_int_equal(json_text_append(&target, tree, 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_the_same_to_its_reader),
        cmocka_unit_test(is_whole_at_any_length),
        cmocka_unit_test(keeps_a_failure),
    };

    return cmocka_run_group_tests_name("json_text", tests, NULL, NULL);
}
