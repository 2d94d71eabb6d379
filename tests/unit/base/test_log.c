/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "base/buffer.h"
#include "unit/unit.h"

static void
collect(enum log_level level, const char *line, void *data)
{
    buffer_printf(data, "%d:%s;", (int) level, line);
}

static void
hands_lines_to_the_handler_up_to_its_level(void **state)
{
    AUTOBUFFER lines = BUFFER_INIT(1024);

    (void) state;
    log_warning("nobody listens");
    log_set_handler(collect, &lines, LOG_LEVEL_INFO);
    assert_true(log_enabled(LOG_LEVEL_INFO));
    assert_false(log_enabled(LOG_LEVEL_DEBUG));
    log_warning("a %d", 1);
    log_info("b");
    log_debug("c");
    log_set_handler(NULL, NULL, LOG_LEVEL_TRACE);
    log_warning("nobody listens");
    assert_string_equal(buffer_text(&lines), "0:a 1;1:b;");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_lines_to_the_handler_up_to_its_level),
    };

    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
