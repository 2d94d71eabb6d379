/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/json_writer.h"

#include <jansson.h>
#include <string.h>

#include "unit/unit.h"

static void
writes_one_line(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1024);
    struct json_writer writer = JSON_WRITER_INIT(&target);

    (void) state;
    json_writer_begin_object(&writer);
    json_writer_member_text(&writer, "a", "b");
    json_writer_member(&writer, "list");
    json_writer_begin_list(&writer);
    json_writer_integer(&writer, INT64_MIN);
    json_writer_boolean(&writer, true);
    json_writer_begin_list(&writer);
    json_writer_end_list(&writer);
    json_writer_text(&writer, NULL);
    json_writer_begin_object(&writer);
    json_writer_end_object(&writer);
    json_writer_end_list(&writer);
    json_writer_member(&writer, "last");
    json_writer_boolean(&writer, false);
    json_writer_end_object(&writer);
    assert_string_equal(buffer_text(&target),
                        "{\"a\":\"b\",\"list\":[-9223372036854775808,true,[],"
                        "null,{}],\"last\":false}");
}

/* Every byte there is, before and behind others, as jansson reads it. */
static void
escapes_what_it_has_to(void **state)
{
    (void) state;
    for (int byte = 1; byte < 256; byte++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        struct json_writer writer = JSON_WRITER_INIT(&target);
        const char text[] = { '<', (char) byte, '>', (char) byte, '\0' };
        json_writer_text(&writer, text);
        json_t *read =
            json_loadb(target.data, target.length, JSON_DECODE_ANY, NULL);
        assert_non_null(read);
        assert_string_equal(json_string_value(read),
                            byte < 0x80 ? text : "<\xef\xbf\xbd>\xef\xbf\xbd");
        json_decref(read);
    }
}

static void
keeps_other_languages(void **state)
{
    static const char text[] = "caf\xc3\xa9 \xe4\xbf\x9d \xf0\x9f\x94\x94";
    AUTOBUFFER target = BUFFER_INIT(1024);
    struct json_writer writer = JSON_WRITER_INIT(&target);

    (void) state;
    json_writer_text(&writer, text);
    assert_int_equal(target.length, strlen(text) + 2);
    assert_memory_equal(target.data + 1, text, strlen(text));
}

static void
keeps_a_failure(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(4);
    struct json_writer writer = JSON_WRITER_INIT(&target);

    (void) state;
    json_writer_begin_list(&writer);
    json_writer_text(&writer, "longer");
    json_writer_end_list(&writer);
    assert_true(buffer_failed(&target));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_one_line),
        cmocka_unit_test(escapes_what_it_has_to),
        cmocka_unit_test(keeps_other_languages),
        cmocka_unit_test(keeps_a_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
