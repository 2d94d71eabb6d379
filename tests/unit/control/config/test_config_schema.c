/* SPDX-License-Identifier: Apache-2.0 */
#include "control/config/config_schema.h"

#include <string.h>

#include <jansson.h>

#include "unit/unit.h"

static void compare_members(const json_t *object,
                            const struct config_key *keys);

static void
compare_type(const json_t *value, const char *type)
{
    assert_string_equal(json_string_value(json_object_get(value, "type")),
                        type);
}

static void
compare_text(const json_t *value, config_words *words)
{
    const json_t *listed = json_object_get(value, "enum");
    size_t count = 0;

    compare_type(value, "string");
    assert_int_equal(listed != NULL, words != NULL);
    if (words == NULL)
        return;
    for (; words(count) != NULL; count++)
        assert_string_equal(json_string_value(json_array_get(listed, count)),
                            words(count));
    assert_int_equal(json_array_size(listed), count);
}

static void
compare_number(const json_t *value, const struct config_key *key)
{
    compare_type(value, "integer");
    assert_int_equal(json_integer_value(json_object_get(value, "minimum")),
                     key->minimum);
    assert_int_equal(json_integer_value(json_object_get(value, "maximum")),
                     key->maximum);
}

static void
compare_value(const json_t *value, const struct config_key *key)
{
    assert_non_null(json_object_get(value, "description"));
    switch (key->type) {
    case CONFIG_NUMBER:
        compare_number(value, key);
        break;
    case CONFIG_TEXT:
    case CONFIG_LEVEL:
        compare_text(value, key->words);
        break;
    case CONFIG_TEXTS:
        compare_type(value, "array");
        compare_text(json_object_get(value, "items"), key->words);
        break;
    case CONFIG_MAPPING:
        compare_members(value, key->members);
        break;
    case CONFIG_MAPPINGS:
        compare_type(value, "array");
        compare_members(json_object_get(value, "items"), key->members);
        break;
    }
}

static bool
is_required(const json_t *object, const char *name)
{
    const json_t *item;
    size_t i;

    json_array_foreach(json_object_get(object, "required"), i, item)
    {
        if (strcmp(json_string_value(item), name) == 0)
            return true;
    }
    return false;
}

/* The same keys, no more and no fewer. */
static void
compare_members(const json_t *object, const struct config_key *keys)
{
    const json_t *properties = json_object_get(object, "properties");
    size_t count = 0;

    compare_type(object, "object");
    assert_true(
        json_is_false(json_object_get(object, "additionalProperties")));
    for (; keys[count].name != NULL; count++) {
        const json_t *value = json_object_get(properties, keys[count].name);
        if (value == NULL)
            fail_msg("the schema lacks %s", keys[count].name);
        compare_value(value, &keys[count]);
        assert_int_equal(is_required(object, keys[count].name),
                         keys[count].required);
    }
    assert_int_equal(json_object_size(properties), count);
}

static void
says_the_same_as_the_schema_for_editors(void **state)
{
    json_error_t error;
    json_t *schema =
        json_load_file(SCHEMA_FILE, JSON_REJECT_DUPLICATES, &error);

    (void) state;
    if (schema == NULL)
        fail_msg("%s:%d: %s", SCHEMA_FILE, error.line, error.text);
    compare_members(schema, config_schema);
    json_decref(schema);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_same_as_the_schema_for_editors),
    };

    return cmocka_run_group_tests_name("config_schema", tests, NULL, NULL);
}
