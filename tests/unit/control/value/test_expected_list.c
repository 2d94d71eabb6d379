/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/expected_list.h"

#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ONE "00000000-0000-4000-8000-000000000001"
#define TWO "00000000-0000-4000-8000-000000000002"

/* What was read as "1=name,2=", or the error. */
static void
parse(const char *bytes, size_t length, struct buffer *result)
{
    static const struct subscription_entry common = { .sources = 4,
                                                      .origin = 1 };
    struct arena *arena = arena_new();
    AUTOSUBSCRIPTION_SET set = SUBSCRIPTION_SET_INIT(arena);
    AUTOERROR err = ERROR_INIT;

    if (expected_list_parse(bytes, length, "list", &common, &set, &err) < 0)
        buffer_append_text(result, error_message(&err));
    else
        for (size_t i = 0; i < set.count; i++) {
            const struct subscription_entry *entry = &set.entries[i];
            assert_int_equal(entry->sources, 4);
            assert_int_equal(entry->origin, 1);
            buffer_printf(result, "%s%s=%s", i > 0 ? "," : "", entry->id + 35,
                          entry->name);
        }
    arena_free(arena);
}

static void
reads_ids_and_tables(void **state)
{
    static const struct {
        const char *text, *result;
    } cases[] = {
        { ONE "\n" TWO "\n", "1=,2=" },
        { "\xef\xbb\xbf" ONE "\r\n\r\n# x\r\n" TWO "  # why\r\n", "1=,2=" },
        { "\"" ONE "\"\n", "1=" },
        { "/subscriptions/" ONE, "1=" },
        { "subscriptionId\n" ONE "\n", "1=" },
        { "Id,Name\n" ONE ",A\n" TWO ",\n", "1=A,2=" },
        { "\xef\xbb\xbf\"SUBSCRIPTION NAME\",\"SUBSCRIPTION ID\"\r\nA," ONE,
          "1=A" },
        { "# export\nname;subscription_id;x\nA,b;" ONE ";1\n;;\n", "1=A,b" },
        { "subscription-id\tdisplay name\n" ONE "\tA", "1=A" },
        /* The better column wins, wherever it stands. */
        { "id,name,subscriptionId,displayName\nx,y," TWO ",z\n", "2=z" },
        { "id,name\n" ONE ",\xff\n", "1=\xef\xbf\xbd" },
        { "id\n" ONE "\n" ONE "\n", "1=,1=" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER result = BUFFER_INIT(4096);
        parse(cases[i].text, strlen(cases[i].text), &result);
        assert_string_equal(buffer_text(&result), cases[i].result);
    }
}

static void
refuses_with_file_and_line(void **state)
{
    static const struct {
        const char *text, *result;
    } cases[] = {
        { "", "list: names no subscription" },
        { "# only\n\n", "list: names no subscription" },
        { "id,name\n", "list: names no subscription" },
        { "Data\n", "list:1: 'Data' is not the id of a subscription" },
        { ONE "\n" ONE "x\n",
          "list:2: '" ONE "x' is not the id of a subscription" },
        { ONE "," TWO,
          "list:1: '" ONE ",00000000-0000-4000-8000...' is not the id of a "
          "subscription" },
        { "name,id\nA,\n", "list:2: '' is not the id of a subscription" },
        { "id\n\033[31m\n",
          "list:2: '\xef\xbf\xbd[31m' is not the id of a subscription" },
        { "id,name\n\n" ONE ",\"A\nB\n",
          "list:3: the quotes opened here do not end" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER result = BUFFER_INIT(4096);
        parse(cases[i].text, strlen(cases[i].text), &result);
        assert_string_equal(buffer_text(&result), cases[i].result);
    }
}

static void
refuses_utf_16(void **state)
{
    static const char bytes[] = "\xff\xfei\0d\0";
    AUTOBUFFER result = BUFFER_INIT(4096);

    (void) state;
    parse(bytes, sizeof(bytes), &result);
    assert_string_equal(buffer_text(&result),
                        "list: holds NUL bytes, which no list of ids has");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_ids_and_tables),
        cmocka_unit_test(refuses_with_file_and_line),
        cmocka_unit_test(refuses_utf_16),
    };

    return cmocka_run_group_tests_name("expected_list", tests, NULL, NULL);
}
