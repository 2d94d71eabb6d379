/* SPDX-License-Identifier: Apache-2.0 */
/* The journal where processes meet, are killed, or find the disk full. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/store.h"
#include "unit/store/journal_fixture.h"
#include "store/store_parts.h"

static void
note_wait(long process, void *data)
{
    *(long *) data = process;
}

/* Tells when it has the lock, and keeps it until the pipe is closed. */
static int
hold_lock(void *data)
{
    const int *pipes = data;
    struct store *mine = NULL;
    char byte;

    if (store_open(&mine, fixture_store(), STORE_WRITE, NULL) < 0
        || journal_lock(mine, 0, NULL, NULL, NULL) < 0)
        return 1;
    (void) !write(pipes[1], "x", 1);
    (void) close(pipes[3]);
    (void) !read(pipes[2], &byte, 1);
    return 0;
}

static void
is_locked_by_one_process(void **state)
{
    int pipes[4];
    char byte = 0, words[64];
    long waited_for = 0;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    journal_unlock(store);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(pipe(pipes + 2), 0);
    const pid_t process = fork();
    if (process == 0)
        _exit(hold_lock(pipes));
    assert_int_equal(read(pipes[0], &byte, 1), 1);
    assert_int_equal(journal_lock(store, 0, note_wait, &waited_for, &err), -1);
    assert_int_equal(waited_for, 0);
    (void) snprintf(words, sizeof(words), "process %ld is changing",
                    (long) process);
    assert_non_null(strstr(error_message(&err), words));
    assert_int_equal(journal_lock(store, 1, note_wait, &waited_for, &err), -1);
    assert_int_equal(waited_for, process);
    /* Others read meanwhile. */
    changes(&(struct journal_filter){ 0 }, 0);
    /* However it ends, the kernel lets go. */
    assert_int_equal(kill(process, SIGKILL), 0);
    assert_int_equal(waitpid(process, NULL, 0), process);
    assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), 0);
    assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), 0);
}

static int
take_lock(const int *pipes)
{
    struct store *mine = NULL;

    (void) close(pipes[3]);
    if (store_open(&mine, fixture_store(), STORE_WRITE, NULL) < 0)
        return 1;
    return journal_lock(mine, -1, NULL, NULL, NULL) == 0 ? 0 : 2;
}

static void
waits_for_the_lock(void **state)
{
    int pipes[4];
    char byte = 0;

    (void) state;
    journal_unlock(store);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(pipe(pipes + 2), 0);
    const pid_t holder = fork();
    if (holder == 0)
        _exit(hold_lock(pipes));
    assert_int_equal(read(pipes[0], &byte, 1), 1);
    const pid_t waiter = fork();
    if (waiter == 0)
        _exit(take_lock(pipes));
    (void) close(pipes[2]);
    (void) close(pipes[3]);
    int status = 0;
    assert_int_equal(waitpid(waiter, &status, 0), waiter);
    assert_int_equal(status, 0);
    assert_int_equal(waitpid(holder, &status, 0), holder);
    assert_int_equal(status, 0);
}

/* Dies after as many changes as it is told, before the next is complete, and
 * before anything is tidied up. */
static int
die_amid(void *data)
{
    const int *numbers = data;
    struct store *mine = NULL;

    if (store_open(&mine, fixture_store(), STORE_WRITE, NULL) < 0
        || journal_lock(mine, 0, NULL, NULL, NULL) < 0
        || journal_begin(mine, &remediation, NULL) < 0)
        return 1;
    for (int i = 0; i < numbers[0]; i++) {
        struct change change = new_change(FIRST, PLAN_UPDATE);
        if (journal_record(mine, &change, NULL) < 0)
            return 1;
        (void) !write(numbers[1], &change.id, sizeof(change.id));
    }
    if (connection_begin(mine->connection, NULL) < 0
        || connection_execute(mine->connection, "DELETE FROM change", NULL)
               < 0)
        return 1;
    return raise(SIGKILL);
}

static void
keeps_what_was_recorded_when_killed(void **state)
{
    (void) state;
    store_close(store);
    store = NULL;
    for (int count = 0; count < 6; count++) {
        int numbers[2], pipes[2];
        int64_t id;
        size_t told = 0;
        assert_int_equal(pipe(pipes), 0);
        numbers[0] = count;
        numbers[1] = pipes[1];
        const int status = fixture_child(die_amid, numbers, 0);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        (void) close(pipes[1]);
        store = fixture_open(STORE_WRITE);
        const struct change *rows = changes(
            &(struct journal_filter){ .pending = true }, (size_t) count);
        for (; read(pipes[0], &id, sizeof(id)) == sizeof(id); told++) {
            assert_int_equal(rows[told].id, id);
            assert_image(rows[told].before, &before);
        }
        assert_int_equal(told, count);
        (void) close(pipes[0]);
        store_close(store);
        store = NULL;
        assert_int_equal(unlink(fixture_store()), 0);
    }
}

/* A disk that is full: nothing can be added to any file. */
static int
meet_full_disk(void *data)
{
    struct change change = new_change(FIRST, PLAN_UPDATE);
    AUTOFREE char *large = malloc(4 * 1024 * 1024);
    const struct contact_snapshot image = { CONTACT_VERSION_2023_12_01, large,
                                            4 * 1024 * 1024 };
    const struct rlimit limit = { 1024 * 1024, RLIM_INFINITY };
    const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
    AUTOERROR err = ERROR_INIT;

    (void) data;
    store = fixture_open(STORE_WRITE);
    if (large == NULL || journal_lock(store, 0, NULL, NULL, NULL) < 0)
        return 1;
    memset(large, 'x', image.length);
    change.before = &image;
    (void) signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) < 0
        || journal_record(store, &change, &err) == 0 || change.id != 0)
        return 2;
    if (strstr(error_message(&err), "no room") == NULL || err.advice == NULL) {
        (void) fprintf(stderr, "%s\n", error_message(&err));
        return 3;
    }
    /* Room again, and all goes on. */
    if (setrlimit(RLIMIT_FSIZE, &none) < 0
        || journal_record(store, &change, &err) < 0) {
        (void) fprintf(stderr, "%s\n", error_message(&err));
        return 4;
    }
    return 0;
}

static void
tells_that_the_disk_is_full(void **state)
{
    (void) state;
    begin(&remediation);
    store_close(store);
    assert_int_equal(fixture_child(meet_full_disk, NULL, 0), 0);
    store = fixture_open(STORE_WRITE);
    const struct change *row = changes(&(struct journal_filter){ 0 }, 1);
    assert_int_equal(row->before->length, 4 * 1024 * 1024);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, journal_setup, journal_teardown)
        TEST(is_locked_by_one_process),
        TEST(waits_for_the_lock),
        TEST(keeps_what_was_recorded_when_killed),
        TEST(tells_that_the_disk_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
