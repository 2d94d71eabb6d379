/* SPDX-License-Identifier: Apache-2.0 */
/* Runs where the store is damaged, processes meet or are killed, or the disk
 * is full. */
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
#include "unit/store/run_fixture.h"
#include "store/sql/proof.h"
#include "store/store_parts.h"

static void
tells_damaged_documents(void **state)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {
        { "UPDATE run SET json = '{'", "is not JSON" },
        { "UPDATE run SET json = '[]'", "is a list" },
        { "UPDATE run SET json = json_remove(json, '$.tenants')", "tenants" },
        { "UPDATE run SET json = json_set(json, '$.startedAt', 'x')",
          "startedAt" },
        { "UPDATE assessment SET json = json_set(json, '$.findings[0][1]', "
          "'great')",
          "findings[0][1]" },
        { "UPDATE assessment SET json = json_set(json, '$.contact', "
          "5)",
          "contact: is a number" },
        { "DELETE FROM run_assessment WHERE position = 3", "23 subscr" },
        { "DELETE FROM assessment WHERE number = 3", "23 subscr" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        struct run *run = NULL;
        size_t removed;
        EXPECT_DONE(run_store_prune(store, 0, &removed, &done_err));
        save_day(1);
        fixture_execute(fixture_store(), cases[i].sql);
        assert_int_equal(run_store_load(store, NULL, &run, &err), -1);
        assert_non_null(strstr(error_message(&err), "is damaged: "));
        error_done(&err);
        /* As if piket had written it so. */
        EXPECT_DONE(connection_execute(
            store->connection,
            "UPDATE run SET digest = row_digest(NULL, " PROOF_RUN "); UPDATE "
            "assessment SET digest = row_digest(NULL, " PROOF_ASSESSMENT ")",
            &done_err));
        assert_int_equal(run_store_load(store, NULL, &run, &err), -1);
        assert_non_null(strstr(error_message(&err), "is damaged: "));
        if (strstr(error_message(&err), cases[i].words) == NULL)
            fail_msg("%s", error_message(&err));
        assert_non_null(err.advice);
        assert_null(run);
    }
}

/* Many processes save at once, while one of them is killed amid its run. */
static int
save_and_die(void *data)
{
    const int day = *(const int *) data;

    store = fixture_open(STORE_WRITE);
    struct run *run = run_of_day(day);
    if (day == 7) {
        /* Within the transaction. */
        if (connection_begin(store->connection, NULL) < 0
            || connection_execute(store->connection,
                                  "DELETE FROM run_assessment", NULL)
                   < 0)
            return 1;
        return raise(SIGKILL);
    }
    save(run);
    run_free(run);
    store_close(store);
    return 0;
}

static void
is_whole_or_not_at_all(void **state)
{
    struct history_run *rows = NULL;
    pid_t processes[10];
    size_t count = 0;

    (void) state;
    store_close(store);
    for (int i = 0; i < 10; i++) {
        processes[i] = fork();
        assert_true(processes[i] >= 0);
        const int day = i + 1;
        if (processes[i] == 0)
            _exit(save_and_die(&(int){ day }));
    }
    for (int i = 0; i < 10; i++) {
        int status = 0;
        assert_int_equal(waitpid(processes[i], &status, 0), processes[i]);
        assert_int_equal(status, i == 6 ? SIGKILL : 0);
    }
    store = fixture_open(STORE_WRITE);
    EXPECT_DONE(run_store_list(store, 0, arena, &rows, &count, &done_err));
    assert_int_equal(count, 9);
    for (size_t i = 0; i < count; i++) {
        struct run *run = load(rows[i].id);
        assert_int_equal(run->assessment_count, rows[i].summary.subscriptions);
        run_free(run);
    }
}

static int
meet_full_disk(void *data)
{
    const struct rlimit limit = { 64 * 1024, RLIM_INFINITY };
    AUTOERROR err = ERROR_INIT;
    int failures = 0;

    (void) data;
    store = fixture_open(STORE_WRITE);
    (void) signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) < 0)
        return 1;
    for (int day = 2; day <= 28; day++) {
        struct run *run = run_of_day(day);
        if (run_store_save(store, run, NULL, &err) < 0)
            failures++;
        run_free(run);
    }
    if (failures > 0 && strstr(error_message(&err), "no room") != NULL)
        return 0;
    (void) fprintf(stderr, "%d: %s\n", failures, error_message(&err));
    return 2;
}

static void
survives_a_full_disk(void **state)
{
    struct history_run *rows = NULL;
    size_t count = 0;

    (void) state;
    save_day(1);
    store_close(store);
    assert_int_equal(fixture_child(meet_full_disk, NULL, 0), 0);
    store = fixture_open(STORE_WRITE);
    EXPECT_DONE(run_store_list(store, 0, arena, &rows, &count, &done_err));
    assert_true(count >= 1 && count < 28);
    for (size_t i = 0; i < count; i++)
        run_free(load(rows[i].id));
    save_day(29);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
        TEST(tells_damaged_documents),
        TEST(is_whole_or_not_at_all),
        TEST(survives_a_full_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
