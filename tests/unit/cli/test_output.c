/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static int
write_much(struct buffer *target, const void *data, struct error *err)
{
    const int *lines = data;

    for (int i = 0; i < *lines; i++)
        if (buffer_append_text(target, "0123456789\n") < 0)
            return error_set_memory(err);
    return 0;
}

static int
write_and_fail(struct buffer *target, const void *data, struct error *err)
{
    (void) data;
    buffer_append_text(target, "half");
    return error_set(err, "no words for it");
}

static void
puts_a_whole_document_at_the_path(void **state)
{
    char folder[] = "/tmp/piket-test-output.XXXXXX";
    const int lines = 100000, one = 1;
    AUTOBUFFER contents = BUFFER_INIT(4 * 1024 * 1024);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(output_write("report", write_much, &lines, &err), 0);
    assert_int_equal(file_read("report", &contents, &err), 0);
    assert_int_equal(contents.length, 1100000);
    /* What fails leaves what was there. */
    assert_int_equal(output_write("report", write_and_fail, NULL, &err), -1);
    assert_string_equal(error_message(&err), "report: no words for it");
    buffer_clear(&contents);
    assert_int_equal(file_read("report", &contents, &err), 0);
    assert_int_equal(contents.length, 1100000);
    assert_int_equal(output_write("none/report", write_much, &one, &err), -1);
    assert_string_equal(error_message(&err),
                        "none/report: No such file or directory");
    assert_int_equal(unlink("report"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
}

static void
says_that_a_device_is_full(void **state)
{
    const int lines = 100000;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(output_write("/dev/full", write_much, &lines, &err), -1);
    assert_string_equal(error_message(&err),
                        "/dev/full: No space left on device");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_a_whole_document_at_the_path),
        cmocka_unit_test(says_that_a_device_is_full),
    };

    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
