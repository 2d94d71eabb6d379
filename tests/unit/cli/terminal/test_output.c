/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal/output.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "unit/unit.h"

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

/* Lines of every length, so that some end of 64 KiB falls into a command, and
 * at last one that comes in pieces. */
static int
write_commands(struct buffer *target, const void *data, struct error *err)
{
    (void) data;
    for (int i = 0; i < 20000; i++)
        if (buffer_printf(target, "%*s##vso[a]\n::b\n", i % 23, "") < 0)
            return error_set_memory(err);
    for (const char *next = "##[c]\n ::d"; *next != '\0'; next++)
        if (buffer_append_byte(target, *next) < 0)
            return error_set_memory(err);
    return 0;
}

static void
lets_no_command_through(void **state)
{
    char path[] = "/tmp/piket-test-output.XXXXXX";
    AUTOBUFFER contents = BUFFER_INIT(4 * 1024 * 1024);
    AUTOERROR err = ERROR_INIT;
    size_t lines = 0;

    (void) state;
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(close(descriptor), 0);
    assert_int_equal(output_write(path, write_commands, NULL, &err), 0);
    assert_int_equal(file_read(path, &contents, &err), 0);
    for (const char *next =
             strstr(buffer_text(&contents), "# #vso[a]\n: :b\n");
         next != NULL; next = strstr(next + 1, "# #vso[a]\n: :b\n"))
        lines++;
    assert_int_equal(lines, 20000);
    assert_null(strstr(buffer_text(&contents), "##"));
    assert_null(strstr(buffer_text(&contents), "::"));
    assert_string_equal(buffer_text(&contents) + contents.length - 12,
                        "# #[c]\n : :d");
    assert_int_equal(unlink(path), 0);
}

/* As where somebody presses Ctrl-C twice while a report is written. */
static int
write_and_interrupt(struct buffer *target, const void *data, struct error *err)
{
    (void) data;
    if (raise(SIGINT) != 0)
        return error_set_errno(err, "raise");
    return buffer_append_text(target, "whole");
}

static volatile sig_atomic_t interrupted;

static void
note_interrupt(int number)
{
    (void) number;
    interrupted++;
}

static int
write_and_look(struct buffer *target, const void *data, struct error *err)
{
    if (write_and_interrupt(target, data, err) < 0)
        return -1;
    return interrupted == 1 ? 0 : error_set(err, "the signal waits");
}

static void
a_signal_waits_for_the_file(void **state)
{
    char folder[] = "/tmp/piket-test-output.XXXXXX";
    AUTOBUFFER contents = BUFFER_INIT(64);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    /* What ends the process would leave its file. */
    const pid_t child = fork();
    if (child == 0) {
        (void) signal(SIGINT, SIG_DFL);
        (void) output_write("report", write_and_interrupt, NULL, NULL);
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    assert_int_equal(file_read("report", &contents, &err), 0);
    assert_string_equal(buffer_text(&contents), "whole");
    assert_int_equal(unlink("report"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
}

static void
a_signal_does_not_wait_for_a_device(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    void (*const before)(int) = signal(SIGINT, note_interrupt);
    interrupted = 0;
    assert_int_equal(output_write("/dev/null", write_and_look, NULL, &err), 0);
    assert_int_equal(interrupted, 1);
    (void) signal(SIGINT, before);
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

/* Runs while every file of the set is being written. */
static int
write_and_look_for_none(struct buffer *target, const void *data,
                        struct error *err)
{
    if (access("first", F_OK) == 0 || access("second", F_OK) == 0)
        return error_set(err, "one is there before all are whole");
    return write_much(target, data, err);
}

static void
puts_several_at_their_paths_once_all_are_whole(void **state)
{
    char folder[] = "/tmp/piket-test-output.XXXXXX";
    const int lines = 100000;
    struct output_document documents[] = {
        { .path = "/dev/null", .writer = write_much, .data = &lines },
        { .path = "first", .writer = write_and_look_for_none, .data = &lines },
        { .path = "second",
          .writer = write_and_look_for_none,
          .data = &lines },
    };
    AUTOBUFFER contents = BUFFER_INIT(4 * 1024 * 1024);

    (void) state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(
        output_write_all(documents, sizeof(documents) / sizeof(*documents)),
        0);
    assert_int_equal(file_read("first", &contents, NULL), 0);
    assert_int_equal(file_read("second", &contents, NULL), 0);
    assert_int_equal(contents.length, 2200000);
    assert_int_equal(unlink("first"), 0);
    assert_int_equal(unlink("second"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
}

static void
one_that_fails_keeps_no_other_back(void **state)
{
    char folder[] = "/tmp/piket-test-output.XXXXXX";
    const int lines = 100000;
    struct output_document documents[] = {
        { .path = "none/first", .writer = write_much, .data = &lines },
        { .path = "second", .writer = write_and_fail },
        { .path = "third", .writer = write_much, .data = &lines },
        { .path = "/dev/full", .writer = write_much, .data = &lines },
    };
    static const char *const errors[] = {
        "none/first: No such file or directory",
        "second: no words for it",
        NULL,
        "/dev/full: No space left on device",
    };

    (void) state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(output_write_all(documents, 4), 3);
    for (size_t i = 0; i < 4; i++) {
        if (errors[i] != NULL)
            assert_string_equal(documents[i].error.message, errors[i]);
        else
            assert_null(documents[i].error.message);
        error_done(&documents[i].error);
    }
    assert_int_equal(unlink("third"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_a_whole_document_at_the_path),
        cmocka_unit_test(lets_no_command_through),
        cmocka_unit_test(a_signal_waits_for_the_file),
        cmocka_unit_test(a_signal_does_not_wait_for_a_device),
        cmocka_unit_test(says_that_a_device_is_full),
        cmocka_unit_test(puts_several_at_their_paths_once_all_are_whole),
        cmocka_unit_test(one_that_fails_keeps_no_other_back),
    };

    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
