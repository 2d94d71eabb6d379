/* SPDX-License-Identifier: Apache-2.0 */
#include "base/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
names_the_folder_of_a_path(void **state)
{
    static const struct {
        const char *path, *folder;
    } cases[] = {
        { "/var/state/piket.db", "/var/state" },
        { "piket.db", "." },
        { "/piket.db", "/" },
        { "a/b/", "a" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOFREE char *folder = folder_of(cases[i].path);
        assert_string_equal(folder, cases[i].folder);
    }
}

static void
makes_those_above_it(void **state)
{
    char root[] = "/tmp/piket-folder-XXXXXX";
    char path[128];
    struct stat status;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    (void) umask(0);
    assert_non_null(mkdtemp(root));
    (void) snprintf(path, sizeof(path), "%s/a/b", root);
    assert_int_equal(folder_create(path, &err), 0);
    assert_int_equal(folder_create(path, &err), 0);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777U, 0700);
    assert_int_equal(rmdir(path), 0);

    /* A file stands in the way. */
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    (void) snprintf(path, sizeof(path), "%s/a/b/c", root);
    assert_int_equal(folder_create(path, &err), -1);
    assert_non_null(strstr(error_message(&err), "make the folder"));
    (void) snprintf(path, sizeof(path), "%s/a/b", root);
    assert_int_equal(unlink(path), 0);
    (void) snprintf(path, sizeof(path), "%s/a", root);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(root), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_folder_of_a_path),
        cmocka_unit_test(makes_those_above_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
