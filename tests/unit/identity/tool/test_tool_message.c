/* SPDX-License-Identifier: Apache-2.0 */
/* Which line of a tool's complaint is shown. */
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "identity/tool/tool_message.h"
#include "unit/unit.h"

struct sample {
    const char *errors, *message;
};

static void
samples_check(void (*find)(struct buffer *, const char *),
              const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER message = BUFFER_INIT(4096);
        find(&message, samples[i].errors);
        assert_string_equal(buffer_text(&message), samples[i].message);
    }
}

static void
test_text(void **state)
{
    static const struct sample samples[] = {
        { "", "" },
        { " \r\n\n\t", "" },
        { "one", "one" },
        { "one\ntwo\n", "two" },
        { "ERROR: one\ntwo", "one" },
        { "ERROR: one\r\nERROR: two\r\nthree", "two" },
    };

    (void) state;
    samples_check(tool_message_find, samples, ARRAY_LENGTH(samples));
}

static void
test_json(void **state)
{
    static const struct sample samples[] = {
        { "", "" },
        { "ERROR: plain\nmore", "plain" },
        { "{\"message\":\"first\"}\n{\"message\":\"second\"}", "second" },
        { "{\"error\":\"why\",\"message\":\"what\"}\n{\"message\":\"bye\"}",
          "why" },
        { "{\"type\":\"consoleMessage\",\"data\":{\"message\":"
          "\"\\nERROR: not logged in\\n\"}}",
          "not logged in" },
        { "{\"data\":5}\n{\"message\":7}\n{not json", "{not json" },
        { "noise\n{\"error\":\"why\"}\nnoise", "why" },
    };

    (void) state;
    samples_check(tool_message_find_json, samples, ARRAY_LENGTH(samples));
}

static void
test_show(void **state)
{
    AUTOBUFFER message = BUFFER_INIT(8192);
    AUTOBUFFER line = BUFFER_INIT(4096);

    (void) state;
    buffer_append_text(&message, "a\033[2Jb password=SECRET ");
    for (int i = 0; i < 1000; i++)
        buffer_append_text(&message, "x ");
    tool_message_show(&line, &message);
    assert_memory_equal(buffer_text(&line),
                        "a\xef\xbf\xbd[2Jb password=REDACTED x", 28);
    assert_true(line.length < 500);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
