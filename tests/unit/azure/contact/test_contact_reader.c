/* SPDX-License-Identifier: Apache-2.0 */
/* The images that readings carry; what is read is tested through the wire in
 * tests/cli. */
#include "azure/contact/contact_reader.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ID "00000000-0000-4000-8000-000000000001"
#define NEXT \
    "/subscriptions/" ID "/providers/microsoft.security/securityContact?p=2"
#define DEFAULT \
    "{\"value\":[ {\"name\":\"default\",\"properties\":{\"\\u0065\":1}} ]"
#define OTHER "{\"value\":[{\"name\":\"o\",\"properties\":{}}]"
#define ABSENT                                                            \
    "{\"error\":{\"code\":\"404\",\"message\":\"Could not find security " \
    "contact with name default\"}}"

static struct buffer told = BUFFER_INIT(64 * 1024);

static void
tell(const struct contact_reading *reading, void *data)
{
    const struct contact_snapshot *image = reading->image;

    assert_ptr_equal(data, &told);
    if (reading->kind == CONTACT_READING_FAILED)
        buffer_append_text(&told, reading->error->code);
    else if (image == NULL)
        buffer_append_text(&told, "none");
    else
        buffer_printf(&told, "%d %.*s", image->version, (int) image->length,
                      image->bytes);
}

static const char *
read_with(bool images, const char *const *answers, size_t count)
{
    struct contact_reader *reader;
    struct arena *arena = arena_new();

    buffer_clear(&told);
    arm_fixture_script(answers, count);
    assert_non_null(arena);
    assert_int_equal(contact_reader_new(&reader, arm_fixture_arm(), NULL), 0);
    if (images)
        contact_reader_keep_images(reader);
    assert_int_equal(contact_reader_read(reader, ID, arena, tell, &told, NULL),
                     0);
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    contact_reader_free(reader);
    arena_free(arena);
    return buffer_text(&told);
}

static void
keeps_the_bytes_of_the_page_with_the_contact(void **state)
{
    static const char *const one[] = { DEFAULT "}" };
    static const char *const first[] = { DEFAULT ",\"nextLink\":\"%s" NEXT
                                                 "\"}",
                                         OTHER "}" };
    static const char *const last[] = { OTHER ",\"nextLink\":\"%s" NEXT "\"}",
                                        DEFAULT "}" };
    static const char *const none[] = { "{\"value\":[] }" };
    static const char *const older[] = {
        "400{\"error\":{\"code\":\"NoRegisteredProviderFound\",\"message\":"
        "\"x\"}}",
        "[ ]"
    };
    static const char *const absent[] = { "404" ABSENT };

    (void) state;
    assert_string_equal(read_with(true, one, 1), "0 " DEFAULT "}");
    const char *text = read_with(true, first, 2);
    assert_ptr_equal(strstr(text, "0 " DEFAULT ",\"nextLink\":"), text);
    assert_string_equal(read_with(true, last, 2), "0 " DEFAULT "}");
    assert_string_equal(read_with(true, none, 1), "0 {\"value\":[] }");
    assert_string_equal(read_with(true, older, 2), "1 [ ]");
    assert_string_equal(read_with(true, absent, 1), "0 " ABSENT);
}

static void
keeps_none_where_nobody_asked(void **state)
{
    static const char *const one[] = { DEFAULT "}" };
    static const char *const unregistered[] = {
        "404{\"error\":{\"code\":\"Subscription Not Registered\","
        "\"message\":\"x\"}}"
    };
    static const char *const refused[] = {
        "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"x\"}}"
    };

    (void) state;
    assert_string_equal(read_with(false, one, 1), "none");
    assert_string_equal(read_with(true, unregistered, 1), "none");
    assert_string_equal(read_with(true, refused, 1), "AuthorizationFailed");
}

#define TEST(function_)                                          \
    cmocka_unit_test_setup_teardown(function_, arm_fixture_open, \
                                    arm_fixture_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_the_bytes_of_the_page_with_the_contact),
        TEST(keeps_none_where_nobody_asked),
    };
    const int failed =
        cmocka_run_group_tests(tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failed;
}
