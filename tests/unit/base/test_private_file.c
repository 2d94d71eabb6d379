/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets: whose they must be, and how they come to be. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/private_file.h"
#include "unit/unit.h"

static char folder[64];

static const char *
in_folder(const char *name)
{
    static char path[256];

    (void) snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static int
setup(void **state)
{
    (void) state;
    (void) snprintf(folder, sizeof(folder), "/tmp/piket-private-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
    static const char *const names[] = { "file", "link", "new/file" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        (void) unlink(in_folder(names[i]));
    (void) rmdir(in_folder("new"));
    (void) rmdir(in_folder("file"));
    return rmdir(folder);
}

static void
put(const char *text)
{
    assert_int_equal(
        private_file_replace(in_folder("file"), text, strlen(text), NULL), 0);
}

static void
expect_contents(const char *path, const char *text)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(1024);
    AUTOERROR err = ERROR_INIT;
    bool exists = false;

    if (private_file_read(path, &bytes, &exists, &err) < 0)
        fail_msg("%s", error_message(&err));
    assert_int_equal(exists, text != NULL);
    assert_string_equal(buffer_text(&bytes), text != NULL ? text : "");
}

/* Neither read nor written, for this reason. */
static void
expect_refusal(const char *path, const char *why, const char *advice)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(1024);
    AUTOERROR reading = ERROR_INIT;
    AUTOERROR writing = ERROR_INIT;
    bool exists = false;

    assert_int_equal(private_file_read(path, &bytes, &exists, &reading), -1);
    assert_int_equal(bytes.length, 0);
    assert_non_null(strstr(error_message(&reading), why));
    assert_int_equal(private_file_replace(path, "x", 1, &writing), -1);
    assert_non_null(strstr(error_message(&writing), why));
    if (advice != NULL)
        assert_non_null(strstr(reading.advice, advice));
}

static void
expect_mode(const char *path, unsigned mode)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777U, mode);
}

static void
test_round(void **state)
{
    (void) state;
    (void) umask(0);
    expect_contents(in_folder("file"), NULL);
    put("one");
    expect_contents(in_folder("file"), "one");
    expect_mode(in_folder("file"), 0600);
    put("two");
    expect_contents(in_folder("file"), "two");
    expect_mode(in_folder("file"), 0600);
}

static void
test_folder_made(void **state)
{
    (void) state;
    (void) umask(0);
    expect_contents(in_folder("new/file"), NULL);
    assert_int_equal(private_file_replace(in_folder("new/file"), "x", 1, NULL),
                     0);
    expect_mode(in_folder("new"), 0700);
    expect_mode(in_folder("new/file"), 0600);
    expect_contents(in_folder("new/file"), "x");
}

static void
test_folders_made(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    (void) umask(0);
    assert_int_equal(private_file_prepare(in_folder("a/b/c"), NULL), 0);
    expect_mode(in_folder("a"), 0700);
    expect_mode(in_folder("a/b"), 0700);
    expect_contents(in_folder("a/b/c"), NULL);
    assert_int_equal(rmdir(in_folder("a/b")), 0);
    assert_int_equal(private_file_replace(in_folder("a/b/c"), "x", 1, NULL),
                     0);
    expect_contents(in_folder("a/b/c"), "x");
    assert_int_equal(unlink(in_folder("a/b/c")), 0);
    assert_int_equal(rmdir(in_folder("a/b")), 0);
    assert_int_equal(rmdir(in_folder("a")), 0);
    /* Nobody may make one there, not even root. */
    assert_int_equal(private_file_prepare("/proc/none/file", &err), -1);
    assert_non_null(strstr(error_message(&err), "make the folder /proc/none"));
    assert_non_null(err.advice);
}

/* As root, to close a shared folder would break the machine. */
static void
test_shared_folder(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(chmod(folder, 01777), 0);
    assert_int_equal(private_file_prepare(in_folder("file"), &err), -1);
    assert_non_null(strstr(error_message(&err), "(mode 1777)"));
    assert_null(strstr(err.advice, "chmod"));
    assert_non_null(strstr(err.advice, "a folder of its own"));
    assert_int_equal(chmod(folder, 0700), 0);
}

static void
test_open_to_others(void **state)
{
    static const mode_t modes[] = { 0640, 0604, 0620, 0602, 0610 };

    (void) state;
    put("one");
    for (size_t i = 0; i < ARRAY_LENGTH(modes); i++) {
        assert_int_equal(chmod(in_folder("file"), modes[i]), 0);
        expect_refusal(in_folder("file"), "is open to other users",
                       "run chmod 600 ");
    }
    assert_int_equal(chmod(in_folder("file"), 0600), 0);
    assert_int_equal(chmod(folder, 0701), 0);
    expect_refusal(in_folder("file"), "is open to other users (mode 0701)",
                   "name a file in a folder of its own");
    assert_int_equal(chmod(folder, 0700), 0);
    expect_contents(in_folder("file"), "one");
}

static void
test_other_kinds(void **state)
{
    char target[256];

    (void) state;
    put("one");
    (void) snprintf(target, sizeof(target), "%s", in_folder("file"));
    assert_int_equal(symlink(target, in_folder("link")), 0);
    expect_refusal(in_folder("link"), "is a symbolic link", NULL);
    assert_int_equal(unlink(in_folder("file")), 0);
    /* Nor one that leads nowhere: what would be made is elsewhere. */
    expect_refusal(in_folder("link"), "is a symbolic link", NULL);
    assert_int_equal(mkdir(in_folder("file"), 0700), 0);
    expect_refusal(in_folder("file"), "is not a regular file", NULL);
}

static void
test_ceiling(void **state)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(2);
    bool exists;

    (void) state;
    put("one");
    assert_int_equal(
        private_file_read(in_folder("file"), &bytes, &exists, NULL), -1);
}

static void
test_of_another(void **state)
{
    (void) state;
    if (geteuid() != 0)
        skip();
    put("one");
    assert_int_equal(chown(in_folder("file"), 65534, 65534), 0);
    expect_refusal(in_folder("file"), "belongs to another user (number 65534)",
                   "must be yours");
}

#define UUID "01234567-89ab-4cde-8f01-23456789abcd"

static void
make_old(const char *name)
{
    static const struct timespec times[] = { { 1, 0 }, { 1, 0 } };
    FILE *file = fopen(in_folder(name), "w");

    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(utimensat(AT_FDCWD, in_folder(name), times, 0), 0);
}

/* What a run left that was killed while it wrote holds a secret, too. */
static void
test_leftovers(void **state)
{
    static const char *const kept[] = { "file." UUID ".tmx",
                                        "file2." UUID ".tmp",
                                        "file." UUID "0.tmp", "file.tmp" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(kept); i++)
        make_old(kept[i]);
    make_old("file." UUID ".tmp");
    put("one");
    assert_int_equal(access(in_folder("file." UUID ".tmp"), F_OK), -1);
    for (size_t i = 0; i < ARRAY_LENGTH(kept); i++)
        assert_int_equal(unlink(in_folder(kept[i])), 0);
    /* Of a run that may still write. */
    FILE *file = fopen(in_folder("file." UUID ".tmp"), "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    put("two");
    assert_int_equal(unlink(in_folder("file." UUID ".tmp")), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_round),          TEST(test_folder_made),
        TEST(test_open_to_others), TEST(test_other_kinds),
        TEST(test_folders_made),   TEST(test_shared_folder),
        TEST(test_ceiling),        TEST(test_of_another),
        TEST(test_leftovers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
