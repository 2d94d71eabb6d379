/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a program whose starter is killed. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "net/loop/child.h"
#include "unit/identity/tool_fixture.h"
#include "unit/unit.h"

static void
on_done(const struct child_result *result, void *data)
{
    (void) result;
    (void) data;
}

/* In a process of its own: starts az, and waits for it until it is killed. */
static void
starter_run(void)
{
    const char *const argv[] = { "az", NULL };
    const struct child_command command = { .path = in_folder("az"),
                                           .argv = argv,
                                           .timeout = 3600 * 1000 };
    struct child *child = NULL;
    struct loop *own = NULL;

    if (loop_new(&own, NULL) == 0
        && child_start(&child, own, &command, on_done, NULL, NULL) == 0)
        (void) loop_run(own, NULL);
    _exit(1);
}

static void
file_await(const char *name)
{
    const struct timespec moment = { 0, 10 * 1000 * 1000 };

    while (*written(name) == '\0')
        (void) nanosleep(&moment, NULL);
}

/* Neither the program nor what it started outlives a starter that can do
 * nothing more about them. */
static void
test_starter_killed(void **state)
{
    int status;

    (void) state;
    az_is("sleep 1000 & echo $! >$DIR/child\n"
          "cut -d' ' -f5 /proc/$$/stat >$DIR/guard\n"
          "echo $$ >$DIR/next; mv $DIR/next $DIR/leader\nwait");
    const pid_t starter = fork();
    assert_true(starter >= 0);
    if (starter == 0)
        starter_run();
    file_await("leader");
    assert_true(runs("leader"));
    assert_true(runs("child"));
    assert_true(runs("guard"));
    assert_int_equal(kill(starter, SIGKILL), 0);
    assert_int_equal(waitpid(starter, &status, 0), starter);
    assert_true(WIFSIGNALED(status));
    expect_dead("leader");
    expect_dead("child");
    expect_dead("guard");
}

/* The guard ends with what it guards. */
static void
test_guard_ends(void **state)
{
    (void) state;
    az_is("cut -d' ' -f5 /proc/$$/stat >$DIR/guard; echo '" TOKEN_JSON "'");
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
    expect_dead("guard");
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left */
}

/* A program may leave its group, but not its starter. */
static void
test_group_left(void **state)
{
    (void) state;
    context.tool_timeout = 1000;
    az_is("echo $$ >$DIR/leader; exec setsid sleep 1000");
    ask(NULL);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    expect_dead("leader");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_starter_killed),
        TEST(test_guard_ends),
        TEST(test_group_left),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
