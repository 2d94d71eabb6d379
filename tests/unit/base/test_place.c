/* SPDX-License-Identifier: Apache-2.0 */
/* Where paths lead, and who else has a say there. What only another user can
 * bring about is tested as root, and skipped with a word where it is not. */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "unit/unit.h"

enum { OTHER = 65534 };

static char folder[] = "/tmp/piket-test-place.XXXXXX";

static int
enter_folder(void **state)
{
    (void) state;
    (void) umask(022);
    return mkdtemp(folder) != NULL && chdir(folder) == 0
                   && mkdir("sub", 0755) == 0
               ? 0
               : -1;
}

/* Every test cleans up behind itself. */
static int
leave_folder(void **state)
{
    (void) state;
    return rmdir("sub") == 0 && chdir("/") == 0 ? rmdir(folder) : -1;
}

static void
put(const char *path)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

    assert_true(descriptor >= 0);
    assert_int_equal(close(descriptor), 0);
}

/* What is doubtful about a file that is read: "" where nothing is. */
static void
expect_doubt(const char *path, const char *doubt)
{
    AUTOBUFFER bytes = BUFFER_INIT(64);
    AUTOERROR found = ERROR_INIT, err = ERROR_INIT;

    if (file_read_judged(path, &bytes, &found, &err) < 0)
        fail_msg("%s", error_message(&err));
    if (*doubt == '\0' && found.message != NULL)
        fail_msg("%s: %s", path, found.message);
    if (*doubt == '\0')
        return;
    if (found.message == NULL || strstr(found.message, doubt) == NULL)
        fail_msg("%s: %s", path, error_message(&found));
    assert_non_null(found.advice);
}

/* Whether a file can be put at the path, or why not. */
static void
expect_written(const char *path, const char *why)
{
    AUTOERROR err = ERROR_INIT;
    struct stat status;
    const int result = file_replace(path, "new", 3, 0644, &err);

    if (why == NULL && result < 0)
        fail_msg("%s", error_message(&err));
    if (why == NULL)
        return;
    assert_int_equal(result, -1);
    if (strstr(error_message(&err), why) == NULL)
        fail_msg("%s", error_message(&err));
    /* It is known before the work, too. */
    assert_int_equal(file_replace_check(path, NULL), -1);
    assert_true(stat(path, &status) < 0 || status.st_size == 0);
}

static void
finds_one_place_by_many_names(void **state)
{
    static const char *const same[][2] = {
        { "new", "./new" },          { "new", "sub/../new" },
        { "sub/new", "link/new" },   { "sub/new", "sub//new" },
        { "there", "other" },        { "there", "hard" },
        { "dangling", "sub/later" }, { "/dev/fd/../fd/1", "/dev/stdout" },
    };
    static const char *const others[][2] = { { "new", "newer" },
                                             { "new", "sub/new" },
                                             { "there", "new" } };

    (void) state;
    put("there");
    assert_int_equal(symlink("sub", "link"), 0);
    assert_int_equal(symlink("./link/../there", "other"), 0);
    assert_int_equal(symlink("link/later", "dangling"), 0);
    assert_int_equal(link("there", "hard"), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(same); i++) {
        AUTOPLACE left, right;
        assert_int_equal(place_find(&left, same[i][0], PLACE_READ), 0);
        assert_int_equal(place_find(&right, same[i][1], PLACE_READ), 0);
        if (!place_equal(&left, &right))
            fail_msg("%s and %s", same[i][0], same[i][1]);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++) {
        AUTOPLACE left, right;
        assert_int_equal(place_find(&left, others[i][0], PLACE_READ), 0);
        assert_int_equal(place_find(&right, others[i][1], PLACE_READ), 0);
        assert_false(place_equal(&left, &right));
    }
    assert_int_equal(unlink("hard"), 0);
    assert_int_equal(unlink("dangling"), 0);
    assert_int_equal(unlink("other"), 0);
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("there"), 0);
}

static void
expect_no_way(const char *path, int number)
{
    AUTOPLACE place;

    assert_int_equal(place_find(&place, path, PLACE_READ), -1);
    assert_int_equal(errno, number);
}

static void
says_why_there_is_no_way(void **state)
{
    (void) state;
    put("file");
    assert_int_equal(symlink("b", "a"), 0);
    assert_int_equal(symlink("a", "b"), 0);
    expect_no_way("", ENOENT);
    expect_no_way("none/x", ENOENT);
    expect_no_way("file/x", ENOTDIR);
    expect_no_way("a", ELOOP);
    expect_no_way("a/x", ELOOP);
    assert_int_equal(unlink("a"), 0);
    assert_int_equal(unlink("b"), 0);
    assert_int_equal(unlink("file"), 0);
}

static void
doubts_what_others_can_write(void **state)
{
    static const mode_t open_modes[] = { 0664, 0646, 0622 };

    (void) state;
    put("sub/file");
    expect_doubt("sub/file", "");
    if (geteuid() == 0) {
        /* root's group is root's alone. */
        assert_int_equal(chmod("sub/file", 0664), 0);
        assert_int_equal(chmod("sub", 0775), 0);
        expect_doubt("sub/file", "");
        assert_int_equal(chmod("sub", 0755), 0);
        assert_int_equal(chown("sub/file", 0, OTHER), 0);
        assert_int_equal(chown("sub", 0, OTHER), 0);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(open_modes); i++) {
        assert_int_equal(chmod("sub/file", open_modes[i]), 0);
        expect_doubt("sub/file", "other users can write it (mode 06");
    }
    assert_int_equal(chmod("sub/file", 0644), 0);
    /* Whoever can write in the folder can exchange the file. */
    assert_int_equal(chmod("sub", 0775), 0);
    expect_doubt("sub/file", "other users can write in the folder sub");
    assert_int_equal(chmod("sub", 0757), 0);
    expect_doubt("sub/../sub/file", "(mode 0757)");
    expect_written("sub/new", "other users can write in the folder sub");
    /* Not so in a folder such as /tmp. */
    assert_int_equal(chmod("sub", 01777), 0);
    expect_doubt("sub/file", "");
    expect_written("sub/file", NULL);
    /* Others may give a name in it to what is not theirs. */
    assert_int_equal(link("sub/file", "other"), 0);
    expect_doubt("sub/file", "has another name");
    assert_int_equal(unlink("other"), 0);
    assert_int_equal(chmod("sub", 0755), 0);
    assert_int_equal(unlink("sub/file"), 0);
}

/* A folder further up decides as much; and so for a name without folder. */
static void
doubts_the_whole_way(void **state)
{
    (void) state;
    assert_int_equal(mkdir("sub/deep", 0755), 0);
    put("sub/deep/file");
    assert_int_equal(symlink("sub/deep", "link"), 0);
    assert_int_equal(chmod("sub", 0777), 0);
    expect_doubt("sub/deep/file", "the folder sub (mode 0777)");
    expect_doubt("link/file", "the folder sub (mode 0777)");
    expect_written("link/new", "the folder sub (mode 0777)");
    assert_int_equal(chdir("sub/deep"), 0);
    expect_doubt("file", "/sub (mode 0777)");
    expect_written("new", "/sub (mode 0777)");
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(chmod("sub", 0755), 0);
    expect_doubt("link/file", "");
    assert_int_equal(unlink("sub/deep/file"), 0);
    assert_int_equal(rmdir("sub/deep"), 0);
    assert_int_equal(unlink("link"), 0);
}

static void
doubts_what_is_of_another(void **state)
{
    (void) state;
    if (geteuid() != 0)
        skip();
    put("sub/file");
    assert_int_equal(chown("sub/file", OTHER, OTHER), 0);
    assert_int_equal(unsetenv("SUDO_UID"), 0);
    expect_doubt("sub/file", "belongs to another user (number 65534)");
    assert_int_equal(setenv("SUDO_UID", "65534", 1), 0);
    expect_doubt("sub/file", "(number 65534, who called sudo)");
    assert_int_equal(unsetenv("SUDO_UID"), 0);
    assert_int_equal(chown("sub/file", 0, 0), 0);
    assert_int_equal(chown("sub", OTHER, OTHER), 0);
    expect_doubt("sub/file", "the folder sub: belongs to another user");
    /* Root may write there: nothing of the folder is believed. */
    expect_written("sub/file", NULL);
    assert_int_equal(chown("sub", 0, 0), 0);
    assert_int_equal(unlink("sub/file"), 0);
}

static void
follows_no_link_of_another(void **state)
{
    static const char *const paths[] = { "sub/link", "sub/folder/file",
                                         "mine" };

    (void) state;
    if (geteuid() != 0)
        skip();
    put("file");
    assert_int_equal(chmod("sub", 01777), 0);
    assert_int_equal(symlink("../file", "sub/link"), 0);
    assert_int_equal(symlink("..", "sub/folder"), 0);
    assert_int_equal(symlink("sub/link", "mine"), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(paths); i++)
        expect_doubt(paths[i], "");
    assert_int_equal(lchown("sub/link", OTHER, OTHER), 0);
    assert_int_equal(lchown("sub/folder", OTHER, OTHER), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(paths); i++) {
        expect_doubt(paths[i], "is a symbolic link of another user");
        expect_written(paths[i], "is a symbolic link of another user");
    }
    assert_int_equal(unlink("mine"), 0);
    assert_int_equal(unlink("sub/folder"), 0);
    assert_int_equal(unlink("sub/link"), 0);
    assert_int_equal(unlink("file"), 0);
    assert_int_equal(chmod("sub", 0755), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_one_place_by_many_names),
        cmocka_unit_test(says_why_there_is_no_way),
        cmocka_unit_test(doubts_what_others_can_write),
        cmocka_unit_test(doubts_the_whole_way),
        cmocka_unit_test(doubts_what_is_of_another),
        cmocka_unit_test(follows_no_link_of_another),
    };

    return cmocka_run_group_tests_name("place", tests, enter_folder,
                                       leave_folder);
}
