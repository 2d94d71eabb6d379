/* SPDX-License-Identifier: Apache-2.0 */
/* Which files of a command may be one. */
#include "cli/terminal/path_list.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "unit/unit.h"

static char folder[] = "/tmp/piket-test-path-list.XXXXXX";

static int
enter_folder(void **state)
{
    (void) state;
    if (mkdtemp(folder) == NULL || chdir(folder) < 0 || mkdir("sub", 0700) < 0
        || file_replace("there", "x", 1, 0600, NULL) < 0)
        return -1;
    return symlink("there", "link") == 0 && link("there", "hard") == 0
                   && symlink("sub", "folder") == 0
               ? 0
               : -1;
}

static int
leave_folder(void **state)
{
    (void) state;
    (void) unlink("there");
    (void) unlink("link");
    (void) unlink("hard");
    (void) unlink("folder");
    (void) rmdir("sub");
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static bool
agree(enum path_role left, const char *one, enum path_role right,
      const char *other)
{
    AUTOPATHS paths = { .count = 0 };
    AUTOERROR err = ERROR_INIT;

    path_list_add(&paths, left, "--left", one);
    path_list_add(&paths, right, "--right", other);
    const bool agreed = path_list_check(&paths, &err) == 0;
    if (!agreed) {
        assert_non_null(strstr(error_message(&err), "name the same file"));
        assert_non_null(err.advice);
    }
    return agreed;
}

static void
knows_two_names_of_one_file(void **state)
{
    static const char *const same[][2] = {
        { "new", "new" },
        { "new", "./new" },
        { "sub/new", "folder/new" },
        { "there", "link" },
        { "there", "hard" },
        { "sub/../there", "there" },
        { "none/new", "none/new" },
    };
    static const char *const others[][2] = {
        { "new", "newer" },           { "new", "sub/new" },
        { "there", "new" },           { "none/new", "new" },
        { "/dev/null", "/dev/null" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(same); i++) {
        const char *one = same[i][0], *other = same[i][1];
        assert_false(agree(PATH_PRINTED, one, PATH_PRINTED, other));
        assert_false(agree(PATH_PRINTED, other, PATH_READ, one));
        assert_false(agree(PATH_READ, one, PATH_KEPT, other));
        assert_true(agree(PATH_READ, one, PATH_READ, other));
    }
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        assert_true(
            agree(PATH_PRINTED, others[i][0], PATH_PRINTED, others[i][1]));
}

static void
knows_standard_output(void **state)
{
    (void) state;
    assert_false(agree(PATH_PRINTED, NULL, PATH_PRINTED, "-"));
    assert_true(agree(PATH_PRINTED, "-", PATH_PRINTED, "new"));
    /* "-" is an ordinary name of what is read or kept. */
    assert_true(agree(PATH_PRINTED, "-", PATH_READ, "-"));
    assert_true(agree(PATH_PRINTED, NULL, PATH_READ, NULL));
    /* The shell may have sent it to a file. */
    const int before = dup(STDOUT_FILENO);
    const int there = open("there", O_WRONLY | O_CLOEXEC);
    assert_true(dup2(there, STDOUT_FILENO) >= 0);
    const bool printed = agree(PATH_PRINTED, NULL, PATH_PRINTED, "link");
    const bool read = agree(PATH_READ, "there", PATH_PRINTED, "-");
    const bool named = agree(PATH_KEPT, "there", PATH_PRINTED, "/dev/stdout");
    assert_true(dup2(before, STDOUT_FILENO) >= 0);
    assert_false(printed);
    assert_false(read);
    assert_false(named);
    assert_int_equal(close(there), 0);
    assert_int_equal(close(before), 0);
}

static void
knows_what_lies_beside_a_store(void **state)
{
    static const char *const names[] = { "sub/p.db", "folder/p.db-wal",
                                         "sub/./p.db-shm", "sub/p.db.lock",
                                         "sub/p.db-journal" };

    (void) state;
    for (size_t i = 0; i <= ARRAY_LENGTH(names); i++) {
        AUTOPATHS paths = { .count = 0 };
        const bool beside = i < ARRAY_LENGTH(names);
        path_list_add_store(&paths, "--store", "sub/p.db");
        path_list_add(&paths, PATH_PRINTED, "--output",
                      beside ? names[i] : "sub/p.db.json");
        assert_int_equal(path_list_check(&paths, NULL), beside ? -1 : 0);
    }
}

static void
has_a_ceiling(void **state)
{
    AUTOPATHS paths = { .count = 0 };

    (void) state;
    for (int i = 0; i <= PATH_LIST_CEILING; i++)
        path_list_add(&paths, PATH_READ, "--expect", "there");
    assert_int_equal(path_list_check(&paths, NULL), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_two_names_of_one_file),
        cmocka_unit_test(knows_standard_output),
        cmocka_unit_test(knows_what_lies_beside_a_store),
        cmocka_unit_test(has_a_ceiling),
    };

    return cmocka_run_group_tests_name("path_list", tests, enter_folder,
                                       leave_folder);
}
