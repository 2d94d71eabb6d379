/* SPDX-License-Identifier: Apache-2.0 */
#include "net/loop/trusted_path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "unit/unit.h"

enum { NOBODY = 65534 };

/* Below a sticky folder that everybody may write to:
 *   top/tools/az, top/other/az -> ../tools/az, top/all -> tools */
static char top[] = "/tmp/piket-test-path-XXXXXX";

static const char *
at(const char *name)
{
    static char path[256];

    (void) snprintf(path, sizeof(path), "%s/%s", top, name);
    return path;
}

static int
make(void **state)
{
    (void) state;
    if (mkdtemp(top) == NULL || mkdir(at("tools"), 0755) < 0
        || mkdir(at("other"), 0755) < 0)
        return -1;
    const int file =
        open(at("tools/az"), O_CREAT | O_WRONLY | O_CLOEXEC, 0755);
    (void) close(file);
    return file < 0 || symlink("../tools/az", at("other/az")) < 0
                   || symlink("tools", at("all")) < 0
                   || symlink("loop", at("loop")) < 0
                   || symlink("nothing", at("dangling")) < 0
               ? -1
               : 0;
}

static int
take_away(void **state)
{
    static const char *const names[] = { "dangling", "loop",  "all",
                                         "other/az", "other", "tools/az",
                                         "tools" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        (void) remove(at(names[i]));
    return rmdir(top);
}

static void
expect_trusted(const char *name)
{
    AUTOERROR err = ERROR_INIT;

    if (trusted_path_check(at(name), &err) < 0)
        fail_msg("%s: %s", name, error_message(&err));
}

/* The message names the part that is at fault. */
static void
expect_refused(const char *name, const char *why)
{
    AUTOERROR err = ERROR_INIT;

    if (trusted_path_check(at(name), &err) == 0)
        fail_msg("%s is trusted", name);
    if (strstr(error_message(&err), why) == NULL)
        fail_msg("%s: '%s' lacks '%s'", name, error_message(&err), why);
}

static void
what_only_the_caller_can_write_is_trusted(void **state)
{
    (void) state;
    expect_trusted("tools/az");
    expect_trusted("tools/");
    expect_trusted("other/az");
    expect_trusted("all/az");
    expect_trusted("all/");
    expect_trusted("tools/./../all/az");
    expect_trusted("other/../tools//az");
    assert_int_equal(trusted_path_check("/", NULL), 0);
    assert_int_equal(trusted_path_check("/bin/sh", NULL), 0);
}

static void
what_others_can_write_is_not(void **state)
{
    static const mode_t modes[] = { 0777, 0775, 0757, 0775 | S_ISGID };
    static const char *const ways[] = { "tools/az", "other/az", "all/az",
                                        "other/../tools/az" };

    (void) state;
    /* root's group is root's alone. */
    for (size_t i = 0; geteuid() == 0 && i < ARRAY_LENGTH(ways); i++)
        assert_int_equal(chown(at(ways[i]), 0, NOBODY), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(top, 0, NOBODY), 0);
        assert_int_equal(chown(at("tools"), 0, NOBODY), 0);
        assert_int_equal(chown(at("other"), 0, NOBODY), 0);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(modes); i++) {
        assert_int_equal(chmod(at("tools"), modes[i]), 0);
        for (size_t j = 0; j < ARRAY_LENGTH(ways); j++)
            expect_refused(ways[j], "/tools (mode ");
        expect_refused("tools/", "/tools (mode ");
        expect_refused("all/", "/tools (mode ");
        assert_int_equal(chmod(at("tools"), 0755), 0);
        /* above */
        assert_int_equal(chmod(top, modes[i]), 0);
        expect_refused("tools/az", "write in the folder /tmp/piket-test-path");
        expect_refused("tools/", "write in the folder /tmp/piket-test-path");
        assert_int_equal(chmod(top, 0755), 0);
        /* where the link lies */
        assert_int_equal(chmod(at("other"), modes[i]), 0);
        expect_refused("other/az", "/other (mode ");
        assert_int_equal(chmod(at("other"), 0755), 0);
        /* the program itself */
        assert_int_equal(chmod(at("tools/az"), modes[i]), 0);
        expect_refused("other/az", "users can write it (mode ");
        assert_int_equal(chmod(at("tools/az"), 0755), 0);
    }
}

/* Nobody else can rename in it what is the caller's; but beside a program
 * anybody could put what it loads. */
static void
a_sticky_folder_may_lie_above_only(void **state)
{
    (void) state;
    assert_int_equal(chmod(top, 01777), 0);
    expect_trusted("tools/az");
    expect_trusted("all/az");
    assert_int_equal(chmod(top, 0755), 0);
    assert_int_equal(chmod(at("other"), 01777), 0);
    expect_refused("other/az", "others can put files beside ");
    expect_refused("other/", "users can write it (mode 1777)");
    assert_int_equal(chmod(at("other"), 0755), 0);
}

static void
what_leads_nowhere_is_an_error(void **state)
{
    (void) state;
    expect_refused("dangling", "/dangling: No such file");
    expect_refused("loop", "Too many levels of symbolic links");
    expect_refused("tools/az/x", "Not a directory");
    expect_refused("missing/az", "/missing/az: No such file");
}

/* Only root can give files away. */
static void
what_belongs_to_somebody_else_is_not_trusted(void **state)
{
    (void) state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(chown(at("tools"), NOBODY, 0), 0);
    expect_refused("other/az",
                   "/tools: belongs to another user (number 65534");
    assert_int_equal(chown(at("tools"), 0, 0), 0);
    assert_int_equal(chown(at("tools/az"), NOBODY, 0), 0);
    expect_refused("all/az", "belongs to another user (number 65534");
    assert_int_equal(chown(at("tools/az"), 0, 0), 0);
    assert_int_equal(lchown(at("all"), NOBODY, 0), 0);
    expect_refused("all/az", "/all is a symbolic link of another user");
    assert_int_equal(lchown(at("all"), 0, 0), 0);
    assert_int_equal(chown(top, NOBODY, 0), 0);
    expect_refused("tools/", "belongs to another user");
    assert_int_equal(chown(top, 0, 0), 0);
    expect_trusted("all/az");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_only_the_caller_can_write_is_trusted),
        cmocka_unit_test(what_others_can_write_is_not),
        cmocka_unit_test(a_sticky_folder_may_lie_above_only),
        cmocka_unit_test(what_leads_nowhere_is_an_error),
        cmocka_unit_test(what_belongs_to_somebody_else_is_not_trusted),
    };

    return cmocka_run_group_tests_name("trusted_path", tests, make, take_away);
}
