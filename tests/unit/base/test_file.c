/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/unit.h"

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

/* What somebody put there, or a careless chmod, is not inherited. */
static void
inherits_no_dangerous_mode(void **state)
{
    static const mode_t modes[][2] = {
        { 06777, 0755 }, { 04755, 0755 }, { 02644, 0644 }, { 01600, 0600 },
        { 0666, 0644 },  { 0660, 0640 },  { 0400, 0400 },
    };
    const mode_t before = umask(0);
    AUTOERROR err = ERROR_INIT;
    struct stat status;

    (void) state;
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        assert_int_equal(file_replace("a", "one", 3, 0644, &err), 0);
        assert_int_equal(chmod("a", modes[i][0]), 0);
        assert_int_equal(file_replace("a", "two", 3, 0644, &err), 0);
        assert_int_equal(stat("a", &status), 0);
        assert_int_equal(status.st_mode & 07777, modes[i][1]);
    }
    assert_int_equal(unlink("a"), 0);
    /* Whoever gave a file this name would give it that mode. */
    assert_int_equal(file_replace("a", "one", 3, 0755, &err), 0);
    assert_int_equal(link("a", "b"), 0);
    assert_int_equal(file_replace("b", "two", 3, 0600, &err), 0);
    assert_int_equal(stat("b", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    expect_contents("a", "one");
    (void) umask(before);
    assert_int_equal(unlink("a"), 0);
    assert_int_equal(unlink("b"), 0);
}

static void
replaces_a_file_of_another_by_a_new_one(void **state)
{
    AUTOERROR err = ERROR_INIT;
    struct stat status;

    (void) state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(file_replace("a", "theirs", 6, 0644, &err), 0);
    assert_int_equal(chown("a", 65534, 65534), 0);
    assert_int_equal(chmod("a", 06777), 0);
    assert_int_equal(file_replace("a", "mine", 4, 0600, &err), 0);
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_uid, 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(unlink("a"), 0);
}

/* In a folder such as /tmp only the owner may: known before the work. */
static void
leaves_a_file_that_another_must_replace(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir("sub", 0700), 0);
    assert_int_equal(chmod("sub", 01777), 0);
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(file_replace("sub/a", "root", 4, 0644, &err), 0);
    assert_int_equal(seteuid(65534), 0);
    const int checked = file_replace_check("sub/a", &err);
    const int created = file_replace("sub/b", "x", 1, 0644, NULL);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(checked, -1);
    assert_non_null(strstr(error_message(&err), "who alone can replace it"));
    assert_int_equal(created, 0);
    assert_int_equal(unlink("sub/a"), 0);
    assert_int_equal(unlink("sub/b"), 0);
    assert_int_equal(rmdir("sub"), 0);
}

/* What the program that called us opened is written as it is. */
static void
writes_to_a_descriptor_where_it_stands(void **state)
{
    AUTOERROR err = ERROR_INIT;
    char path[64];
    const int descriptor =
        open("a", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    (void) state;
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "one ", 4), 4);
    (void) snprintf(path, sizeof(path), "/dev/fd/%d", descriptor);
    assert_int_equal(file_replace(path, "two", 3, 0600, &err), 0);
    expect_contents("a", "one two");
    assert_int_equal(close(descriptor), 0);
    assert_int_equal(file_replace(path, "two", 3, 0600, &err), -1);
    assert_int_equal(unlink("a"), 0);
}

/* A look at a pipe must not be all that its reader gets. */
static void
looks_at_a_pipe_without_opening_it(void **state)
{
    AUTOERROR err = ERROR_INIT;
    char bytes[8];

    (void) state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    /* Nobody reads: an error, and no wait. */
    assert_int_equal(file_replace("pipe", "x", 1, 0600, &err), -1);
    const int reader = open("pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_int_equal(file_replace_check("pipe", &err), 0);
    assert_int_equal(file_replace("pipe", "text", 4, 0600, &err), 0);
    assert_int_equal(read(reader, bytes, sizeof(bytes)), 4);
    assert_int_equal(close(reader), 0);
    assert_int_equal(unlink("pipe"), 0);
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
        cmocka_unit_test(inherits_no_dangerous_mode),
        cmocka_unit_test(replaces_a_file_of_another_by_a_new_one),
        cmocka_unit_test(leaves_a_file_that_another_must_replace),
        cmocka_unit_test(writes_to_a_descriptor_where_it_stands),
        cmocka_unit_test(looks_at_a_pipe_without_opening_it),
    };

    return cmocka_run_group_tests_name("file", tests, enter_folder,
                                       leave_folder);
}
