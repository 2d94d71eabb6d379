/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void
finds_formats_by_name(void **state)
{
    (void) state;
    assert_string_equal(report_by_name("text")->name, "text");
    assert_string_equal(report_by_name("json")->name, "json");
    assert_null(report_by_name("JSON"));
    assert_null(report_by_name(""));
    for (size_t i = 0; i < report_table_length; i++) {
        assert_ptr_equal(report_by_name(report_table[i].name),
                         &report_table[i]);
        assert_non_null(report_table[i].summary);
        assert_non_null(report_table[i].write);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_formats_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
