/* SPDX-License-Identifier: Apache-2.0 */
#include "net/loop/loop.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "unit/unit.h"

struct fixture {
    struct loop *loop;
    struct loop_timer *timer;
    struct loop_watch *watches[3];
    int pipe[2];
    char log[64]; /* a letter for each callback */
};

static int
set_up(void **state)
{
    static struct fixture fixture;

    memset(&fixture, 0, sizeof(fixture));
    assert_int_equal(loop_new(&fixture.loop, NULL), 0);
    assert_int_equal(pipe2(fixture.pipe, O_CLOEXEC), 0);
    *state = &fixture;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *fixture = *state;

    loop_free(fixture->loop);
    (void) close(fixture->pipe[0]);
    if (fixture->pipe[1] >= 0)
        (void) close(fixture->pipe[1]);
    return 0;
}

static void
note(struct fixture *fixture, char letter)
{
    const size_t length = strlen(fixture->log);

    assert_true(length + 1 < sizeof(fixture->log));
    fixture->log[length] = letter;
}

static void
note_a(void *data)
{
    note(data, 'a');
}

static void
note_b(void *data)
{
    note(data, 'b');
}

static void
note_and_stop(void *data)
{
    struct fixture *fixture = data;

    note(fixture, 's');
    loop_stop(fixture->loop);
}

static void
note_and_cancel_timer(void *data)
{
    struct fixture *fixture = data;

    note(fixture, 'c');
    loop_timer_cancel(fixture->loop, fixture->timer);
}

static void
read_one(void *data)
{
    struct fixture *fixture = data;
    char letter;

    assert_int_equal(read(fixture->pipe[0], &letter, 1), 1);
    note(fixture, letter);
    if (letter == '.')
        loop_stop(fixture->loop);
}

static void
read_to_the_end(void *data)
{
    struct fixture *fixture = data;
    char letter;

    assert_int_equal(read(fixture->pipe[0], &letter, 1), 0);
    note(fixture, 'e');
    loop_stop(fixture->loop);
}

static void
cancel_all_watches(void *data)
{
    struct fixture *fixture = data;

    note(fixture, 'w');
    for (size_t i = 0; i < 3; i++)
        loop_watch_cancel(fixture->loop, fixture->watches[i]);
    loop_stop(fixture->loop);
}

static void
an_empty_loop_returns(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(loop_run(fixture->loop, NULL), 0);
}

static void
timers_run_in_their_order_until_none_is_left(void **state)
{
    struct fixture *fixture = *state;

    assert_non_null(loop_timer_start(fixture->loop, 20, note_b, fixture));
    assert_non_null(loop_timer_start(fixture->loop, 0, note_a, fixture));
    assert_non_null(loop_timer_start(fixture->loop, 0, note_b, fixture));
    assert_non_null(loop_timer_start(fixture->loop, 5, note_a, fixture));
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "abab");
}

static void
a_callback_may_cancel_another_timer(void **state)
{
    struct fixture *fixture = *state;

    loop_timer_cancel(fixture->loop, NULL);
    assert_non_null(
        loop_timer_start(fixture->loop, 0, note_and_cancel_timer, fixture));
    fixture->timer = loop_timer_start(fixture->loop, 0, note_a, fixture);
    assert_non_null(fixture->timer);
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "c");
}

static void
stopping_ends_this_run_or_the_next_but_only_one(void **state)
{
    struct fixture *fixture = *state;

    assert_non_null(
        loop_timer_start(fixture->loop, 0, note_and_stop, fixture));
    assert_non_null(loop_timer_start(fixture->loop, 0, note_a, fixture));
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    loop_stop(fixture->loop);
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "s");
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "sa");
}

static void
a_watch_is_called_while_there_is_something_to_read(void **state)
{
    struct fixture *fixture = *state;

    fixture->watches[0] =
        loop_watch_start(fixture->loop, fixture->pipe[0], read_one, fixture);
    assert_non_null(fixture->watches[0]);
    /* A watch alone would not keep the loop running. */
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    fixture->timer =
        loop_timer_start(fixture->loop, 60 * 1000, note_a, fixture);
    assert_int_equal(write(fixture->pipe[1], "xyz.", 4), 4);
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "xyz.");
    loop_timer_cancel(fixture->loop, fixture->timer);
    loop_watch_cancel(fixture->loop, fixture->watches[0]);
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
}

static void
a_watch_is_called_when_the_other_end_closes(void **state)
{
    struct fixture *fixture = *state;

    fixture->watches[0] = loop_watch_start(fixture->loop, fixture->pipe[0],
                                           read_to_the_end, fixture);
    fixture->timer =
        loop_timer_start(fixture->loop, 60 * 1000, note_a, fixture);
    assert_int_equal(close(fixture->pipe[1]), 0);
    fixture->pipe[1] = -1;
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "e");
}

static void
watches_may_cancel_each_other(void **state)
{
    struct fixture *fixture = *state;

    loop_watch_cancel(fixture->loop, NULL);
    for (size_t i = 0; i < 3; i++) {
        fixture->watches[i] = loop_watch_start(fixture->loop, fixture->pipe[0],
                                               cancel_all_watches, fixture);
        assert_non_null(fixture->watches[i]);
    }
    fixture->timer =
        loop_timer_start(fixture->loop, 60 * 1000, note_a, fixture);
    assert_int_equal(write(fixture->pipe[1], "x", 1), 1);
    assert_int_equal(loop_run(fixture->loop, NULL), 0);
    assert_string_equal(fixture->log, "w");
}

static void
sigpipe_is_ignored_from_here_on(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(close(fixture->pipe[0]), 0);
    assert_int_equal(write(fixture->pipe[1], "x", 1), -1);
    fixture->pipe[0] = fixture->pipe[1];
    fixture->pipe[1] = -1;
}

static void
on_signal(int number)
{
    (void) number;
}

static void
a_handler_for_sigpipe_stays(void **state)
{
    struct loop *loop;
    struct sigaction action = { .sa_handler = on_signal };

    (void) state;
    assert_int_equal(sigaction(SIGPIPE, &action, NULL), 0);
    assert_int_equal(loop_new(&loop, NULL), 0);
    assert_int_equal(sigaction(SIGPIPE, NULL, &action), 0);
    assert_true(action.sa_handler == on_signal);
    loop_free(loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_loop_returns, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            timers_run_in_their_order_until_none_is_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_callback_may_cancel_another_timer,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            stopping_ends_this_run_or_the_next_but_only_one, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            a_watch_is_called_while_there_is_something_to_read, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            a_watch_is_called_when_the_other_end_closes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(watches_may_cancel_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(sigpipe_is_ignored_from_here_on,
                                        set_up, tear_down),
        cmocka_unit_test(a_handler_for_sigpipe_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
