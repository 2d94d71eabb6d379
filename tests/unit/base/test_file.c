/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/piket-test-file.XXXXXX";

static int
enter_folder(void **state)
{
    (void) state;
    return mkdtemp(folder) != NULL ? chdir(folder) : -1;
}

/* Every test cleans up behind itself, so that this also shows that no
 * temporary file was left. */
static int
leave_folder(void **state)
{
    (void) state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void
expect_contents(const char *path, const char *contents)
{
    AUTOBUFFER buffer = BUFFER_INIT(4096);
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(file_read(path, &buffer, &err), 0);
    assert_string_equal(buffer_text(&buffer), contents);
}

static void
replaces_whole_files(void **state)
{
    AUTOERROR err = ERROR_INIT;
    struct stat status;

    (void) state;
    assert_int_equal(file_replace("a", "one", 3, 0600, &err), 0);
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(chmod("a", 0640), 0);
    assert_int_equal(file_replace("a", "two", 3, 0600, &err), 0);
    expect_contents("a", "two");
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(unlink("a"), 0);
}

static void
follows_and_keeps_a_symbolic_link(void **state)
{
    AUTOERROR err = ERROR_INIT;
    struct stat status;

    (void) state;
    assert_int_equal(file_replace("real", "one", 3, 0600, &err), 0);
    assert_int_equal(symlink("real", "link"), 0);
    assert_int_equal(file_replace("link", "two", 3, 0600, &err), 0);
    expect_contents("real", "two");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("real"), 0);
}

static void
says_what_is_wrong_and_leaves_nothing(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(file_replace("none/a", "x", 1, 0600, &err), -1);
    assert_string_equal(error_message(&err),
                        "none/a: No such file or directory");
    assert_int_equal(file_replace("/dev/full", "x", 1, 0600, &err), -1);
    assert_string_equal(error_message(&err),
                        "/dev/full: No space left on device");
}

static void
reads_up_to_the_ceiling(void **state)
{
    AUTOBUFFER buffer = BUFFER_INIT(3);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(file_replace("a", "four", 4, 0600, &err), 0);
    assert_int_equal(file_read("a", &buffer, &err), -1);
    assert_string_equal(error_message(&err), "a: is larger than 3 bytes");
    assert_int_equal(file_read(".", &buffer, &err), -1);
    assert_string_equal(error_message(&err), ".: is not a regular file");
    assert_int_equal(unlink("a"), 0);
}

/* Creates path; the message where that fails is in err. */
static int
create(const char *path, const char *text, struct error *err)
{
    struct file_replacement creation = FILE_REPLACEMENT_INIT;

    if (file_create_begin(&creation, path, 0644, err) < 0)
        return -1;
    assert_int_equal(file_write_all(creation.descriptor, text, strlen(text)),
                     0);
    return file_create_commit(&creation, err);
}

static void
creates_only_where_nothing_stands(void **state)
{
    AUTOERROR err = ERROR_INIT;
    const mode_t before = umask(022);
    struct stat status;

    (void) state;
    assert_int_equal(create("a", "one", &err), 0);
    (void) umask(before);
    expect_contents("a", "one");
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
    assert_int_equal(create("a", "two", &err), -1);
    assert_string_equal(error_message(&err),
                        "a: is there already, and stays as it is");
    expect_contents("a", "one");
    assert_int_equal(symlink("nowhere", "link"), 0);
    assert_int_equal(create("link", "two", &err), -1);
    assert_string_equal(error_message(&err),
                        "link: is there already, and stays as it is");
    assert_int_equal(access("nowhere", F_OK), -1);
    assert_int_equal(create("none/a", "x", &err), -1);
    assert_string_equal(error_message(&err),
                        "none/a: No such file or directory");
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("a"), 0);
}

/* Somebody else may put a file, or a link, there while the contents are being
 * gathered. */
static void
loses_a_race_without_replacing(void **state)
{
    AUTOERROR err = ERROR_INIT;
    struct file_replacement creation = FILE_REPLACEMENT_INIT;

    (void) state;
    assert_int_equal(file_create_begin(&creation, "a", 0644, &err), 0);
    assert_int_equal(file_replace("a", "theirs", 6, 0600, &err), 0);
    assert_int_equal(file_create_commit(&creation, &err), -1);
    assert_string_equal(error_message(&err),
                        "a: is there already, and stays as it is");
    expect_contents("a", "theirs");
    assert_int_equal(unlink("a"), 0);
    assert_int_equal(file_create_begin(&creation, "a", 0644, &err), 0);
    assert_int_equal(symlink("nowhere", "a"), 0);
    assert_int_equal(file_create_commit(&creation, &err), -1);
    assert_int_equal(access("nowhere", F_OK), -1);
    assert_int_equal(unlink("a"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replaces_whole_files),
        cmocka_unit_test(follows_and_keeps_a_symbolic_link),
        cmocka_unit_test(says_what_is_wrong_and_leaves_nothing),
        cmocka_unit_test(reads_up_to_the_ceiling),
        cmocka_unit_test(creates_only_where_nothing_stands),
        cmocka_unit_test(loses_a_race_without_replacing),
    };

    return cmocka_run_group_tests_name("file", tests, enter_folder,
                                       leave_folder);
}
