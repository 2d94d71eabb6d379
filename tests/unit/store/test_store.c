/* SPDX-License-Identifier: Apache-2.0 */
/* The file: where it is made, whose it must be, and what is not used. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/sql_limits.h"
#include "store/store.h"
#include "unit/store/schema_1.h"
#include "store/sql/connection_handle.h"
#include "store/journal.h"
#include "store/store_parts.h"
#include "unit/store/store_fixture.h"
#include "unit/unit.h"

static void
expect_mode(const char *path, unsigned mode)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777U, mode);
}

static void
is_made_for_this_user_alone(void **state)
{
    (void) state;
    (void) umask(0);
    struct store *store = fixture_open(STORE_WRITE);
    expect_mode(fixture_path("state"), 0700);
    expect_mode(fixture_path("state/piket.db"), 0600);
    expect_mode(fixture_path("state/piket.db-wal"), 0600);
    expect_mode(fixture_path("state/piket.db-shm"), 0600);
    assert_int_equal(journal_lock(store, 0, NULL, NULL, NULL), 0);
    expect_mode(fixture_path("state/piket.db.lock"), 0600);
    store_close(store);
    /* What nobody uses is tidied up. */
    assert_int_equal(access(fixture_path("state/piket.db-wal"), F_OK), -1);
    assert_int_equal(fixture_number(fixture_store(), "PRAGMA application_id"),
                     0x70696b74);
}

/* What makes a commit durable, and a schema harmless. */
static void
is_careful(void **state)
{
    static const struct {
        const char *sql;
        int64_t expected;
    } cases[] = {
        { "PRAGMA synchronous", 2 }, /* FULL */
        { "PRAGMA foreign_keys", 1 },
        { "PRAGMA trusted_schema", 0 },
        { "PRAGMA cell_size_check", 1 },
        { "PRAGMA busy_timeout", CONNECTION_BUSY_TIMEOUT },
        { "SELECT 1 FROM pragma_journal_mode WHERE journal_mode = 'wal'", 1 },
    };

    (void) state;
    struct store *store = fixture_open(STORE_WRITE);
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        int64_t number = -1;
        if (connection_number(store->connection, cases[i].sql, &number, &err)
            < 0)
            fail_msg("%s", error_message(&err));
        assert_int_equal(number, cases[i].expected);
    }
    store_close(store);
}

static void
names_the_default(void **state)
{
    static const struct {
        const char *state_home, *home, *path;
    } cases[] = {
        { "/var/state", "/home/jan", "/var/state/piket/piket.db" },
        { NULL, "/home/jan", "/home/jan/.local/state/piket/piket.db" },
        { "", "/home/jan", "/home/jan/.local/state/piket/piket.db" },
        { "relative", "/home/jan", "/home/jan/.local/state/piket/piket.db" },
        { "relative", "", NULL },
        { NULL, NULL, NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOFREE char *path = NULL;
        AUTOERROR err = ERROR_INIT;
        (void) unsetenv("XDG_STATE_HOME");
        (void) unsetenv("HOME");
        if (cases[i].state_home != NULL)
            (void) setenv("XDG_STATE_HOME", cases[i].state_home, 1);
        if (cases[i].home != NULL)
            (void) setenv("HOME", cases[i].home, 1);
        if (cases[i].path != NULL) {
            assert_int_equal(store_default_path(&path, &err), 0);
            assert_string_equal(path, cases[i].path);
        } else {
            assert_int_equal(store_default_path(&path, &err), -1);
            assert_non_null(strstr(err.advice, "--store"));
        }
    }
}

static void
is_read_only_where_it_exists(void **state)
{
    (void) state;
    fixture_refuses(fixture_store(), STORE_READ, "there is no store",
                    "piket check");
    assert_int_equal(access(fixture_path("state"), F_OK), -1);
    store_close(fixture_open(STORE_WRITE));
    struct store *store = fixture_open(STORE_READ);
    AUTOERROR err = ERROR_INIT;
    const struct operation operation = { .id = "x",
                                         .cloud = "AzureCloud",
                                         .endpoint = "https://x",
                                         .profile = "strict" };
    assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), 0);
    assert_int_equal(journal_begin(store, &operation, &err), -1);
    assert_non_null(strstr(error_message(&err), "cannot be written"));
    store_close(store);
}

static void
refuses_what_others_could_have_written(void **state)
{
    (void) state;
    store_close(fixture_open(STORE_WRITE));

    assert_int_equal(chmod(fixture_store(), 0640), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "open to other users",
                    "chmod 600");
    assert_int_equal(chmod(fixture_store(), 0600), 0);

    assert_int_equal(chmod(fixture_path("state"), 0755), 0);
    store_close(fixture_open(STORE_WRITE));
    assert_int_equal(chmod(fixture_path("state"), 01777), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "other users can write in",
                    "--store");
    fixture_refuses(fixture_store(), STORE_READ, "other users can write in",
                    "--store");
    assert_int_equal(chmod(fixture_path("state"), 0700), 0);

    fixture_overwrite(fixture_path("state/piket.db-wal"), 0, "x", 1);
    assert_int_equal(chmod(fixture_path("state/piket.db-wal"), 0666), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "piket.db-wal", NULL);
    assert_int_equal(unlink(fixture_path("state/piket.db-wal")), 0);

    assert_int_equal(
        symlink("/etc/passwd", fixture_path("state/piket.db.lock")), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "is a symbolic link", NULL);
    assert_int_equal(unlink(fixture_path("state/piket.db.lock")), 0);

    assert_int_equal(symlink(fixture_store(), fixture_path("link.db")), 0);
    fixture_refuses(fixture_path("link.db"), STORE_WRITE, "is a symbolic link",
                    "leads to");
    fixture_refuses(fixture_path("state"), STORE_WRITE, "is a folder",
                    "/piket.db");
    assert_int_equal(mkfifo(fixture_path("pipe"), 0600), 0);
    fixture_refuses(fixture_path("pipe"), STORE_WRITE, "not a regular file",
                    NULL);
    store_close(fixture_open(STORE_WRITE));
}

static void
refuses_another_users(void **state)
{
    (void) state;
    if (geteuid() != 0)
        skip();
    store_close(fixture_open(STORE_WRITE));
    assert_int_equal(chown(fixture_store(), 65534, 65534), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "belongs to another user",
                    NULL);
    assert_int_equal(chown(fixture_store(), 0, 0), 0);
    assert_int_equal(chown(fixture_path("state"), 65534, 65534), 0);
    fixture_refuses(fixture_store(), STORE_WRITE, "belongs to another user",
                    "of your own");
}

static void
refuses_what_is_no_store(void **state)
{
    (void) state;
    store_close(fixture_open(STORE_WRITE));
    fixture_overwrite(fixture_path("text"), 0, "id;name\n1;2\n", 12);
    fixture_refuses(fixture_path("text"), STORE_WRITE,
                    "is not a store of piket", "--store");

    fixture_execute(fixture_path("other.db"), "CREATE TABLE t (x)");
    assert_int_equal(chmod(fixture_path("other.db"), 0600), 0);
    fixture_refuses(fixture_path("other.db"), STORE_WRITE,
                    "something else than piket", "--store");
    fixture_refuses(fixture_path("other.db"), STORE_READ,
                    "something else than piket", "--store");
    assert_int_equal(fixture_number(fixture_path("other.db"),
                                    "SELECT count(*) FROM sqlite_schema"),
                     1);

    fixture_execute(fixture_store(), "PRAGMA user_version = 7");
    fixture_refuses(fixture_store(), STORE_WRITE, "by a newer piket",
                    "use that piket");
    fixture_refuses(fixture_store(), STORE_READ, "by a newer piket", NULL);
    fixture_execute(fixture_store(), "PRAGMA user_version = 0");
    fixture_refuses(fixture_store(), STORE_READ, "still being made",
                    "piket check");
}

/* The schema is data: it must not make piket do something. */
static void
runs_no_trigger(void **state)
{
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;
    const struct operation operation = { .id = "x",
                                         .cloud = "AzureCloud",
                                         .endpoint = "https://x",
                                         .profile = "strict" };

    (void) state;
    store_close(fixture_open(STORE_WRITE));
    fixture_execute(fixture_store(),
                    "CREATE TRIGGER t AFTER INSERT ON operation BEGIN DELETE "
                    "FROM operation; END");
    store = fixture_open(STORE_WRITE);
    assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), 0);
    assert_int_equal(journal_begin(store, &operation, &err), 0);
    store_close(store);
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM operation"), 1);
}

static void
tells_damage(void **state)
{
    static const char zeros[4096];
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    store_close(fixture_open(STORE_WRITE));
    const long long page = fixture_number(
        fixture_store(),
        "SELECT rootpage FROM sqlite_schema WHERE name = 'change'");
    fixture_overwrite(fixture_store(), (long) (page - 1) * 4096, zeros,
                      sizeof(zeros));
    /* A check, which never looks there, does not pay for it. */
    store = fixture_open(STORE_WRITE);
    assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), -1);
    assert_non_null(strstr(error_message(&err), "is damaged"));
    assert_non_null(strstr(err.advice, "revert --from"));
    store_close(store);

    fixture_overwrite(fixture_store(), 100, zeros, 3000);
    fixture_refuses(fixture_store(), STORE_WRITE, "is damaged",
                    "move these away");
    fixture_overwrite(fixture_store(), 0, zeros, 100);
    fixture_refuses(fixture_store(), STORE_WRITE, "not a store", NULL);
}

static void
tells_a_missing_table(void **state)
{
    AUTOERROR err = ERROR_INIT;
    struct arena *arena = arena_new();
    struct history_operation *rows = NULL;
    size_t count = 0;

    (void) state;
    store_close(fixture_open(STORE_WRITE));
    fixture_execute(fixture_store(),
                    "PRAGMA foreign_keys = OFF; DROP TABLE operation");
    struct store *store = fixture_open(STORE_WRITE);
    assert_int_equal(journal_operations(store, 0, arena, &rows, &count, &err),
                     -1);
    assert_non_null(strstr(error_message(&err), "is damaged: no such table"));
    store_close(store);
    arena_free(arena);
}

/* Each opens the store that none of them has made yet, and writes to it. */
static int
open_and_write(void *data)
{
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;
    char id[32];
    const struct operation operation = { .id = id,
                                         .cloud = "AzureCloud",
                                         .endpoint = "https://x",
                                         .profile = "strict" };

    (void) snprintf(id, sizeof(id), "%d", *(const int *) data);
    if (store_open(&store, fixture_store(), STORE_WRITE, &err) < 0
        || journal_lock(store, -1, NULL, NULL, &err) < 0
        || journal_begin(store, &operation, &err) < 0) {
        (void) fprintf(stderr, "%s\n", error_message(&err));
        return 1;
    }
    store_close(store);
    return 0;
}

static void
is_shared_by_many(void **state)
{
    enum { PROCESSES = 12 };
    pid_t processes[PROCESSES];

    (void) state;
    for (int i = 0; i < PROCESSES; i++) {
        processes[i] = fork();
        assert_true(processes[i] >= 0);
        if (processes[i] == 0)
            _exit(open_and_write(&i));
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;
        assert_int_equal(waitpid(processes[i], &status, 0), processes[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM operation"),
        PROCESSES);
}

static void
says_who_has_locked_it(void **state)
{
    int ready[2], done[2];
    char byte = 0, words[64];
    AUTOERROR err = ERROR_INIT;

    (void) state;
    store_close(fixture_open(STORE_WRITE));
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(done), 0);
    const pid_t process = fork();
    if (process == 0) {
        struct store *store = fixture_open(STORE_WRITE);
        if (connection_begin(store->connection, NULL) < 0)
            _exit(1);
        (void) !write(ready[1], "x", 1);
        (void) close(done[1]);
        (void) !read(done[0], &byte, 1);
        _exit(0);
    }
    (void) close(done[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    struct store *store = fixture_open(STORE_WRITE);
    (void) sqlite3_busy_timeout(store->connection->database, 0);
    assert_int_equal(connection_begin(store->connection, &err), -1);
    (void) snprintf(words, sizeof(words), "process %ld has been writing",
                    (long) process);
    assert_non_null(strstr(error_message(&err), words));
    assert_non_null(strstr(err.advice, "try again"));
    (void) close(done[1]);
    assert_int_equal(waitpid(process, NULL, 0), process);
    /* The kernel lets go of what an ended process had. */
    assert_int_equal(connection_begin(store->connection, &err), 0);
    assert_int_equal(connection_end(store->connection, 0, &err), 0);
    store_close(store);
}

static int
open_as_nobody(void *data)
{
    const struct {
        const char *path;
        enum store_access access;
        const char *words;
    } *expected = data;
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;

    if (store_open(&store, expected->path, expected->access, &err) == 0)
        return 1;
    if (strstr(error_message(&err), expected->words) != NULL
        && err.advice != NULL)
        return 0;
    (void) fprintf(stderr, "%s\n", error_message(&err));
    return 2;
}

static int
make_as_nobody(void *data)
{
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;

    (void) data;
    if (store_open(&store, fixture_path("mine/piket.db"), STORE_WRITE, &err)
        < 0) {
        (void) fprintf(stderr, "%s\n", error_message(&err));
        return 1;
    }
    store_close(store);
    return 0;
}

static void
tells_what_may_not_be_written(void **state)
{
    struct {
        const char *path;
        enum store_access access;
        const char *words;
    } expected = { fixture_path("locked/new/piket.db"), STORE_WRITE,
                   "Permission denied" };

    (void) state;
    assert_int_equal(chmod(fixture_path("."), 0755), 0);
    assert_int_equal(mkdir(fixture_path("locked"), 0755), 0);
    assert_int_equal(mkdir(fixture_path("mine"), 0755), 0);
    if (geteuid() == 0)
        assert_int_equal(chown(fixture_path("mine"), 65534, 65534), 0);
    if (geteuid() != 0)
        assert_int_equal(chmod(fixture_path("locked"), 0555), 0);
    assert_int_equal(fixture_child(open_as_nobody, &expected, 1), 0);
    expected.path = fixture_path("locked/piket.db");
    assert_int_equal(fixture_child(open_as_nobody, &expected, 1), 0);
    /* One that is there, in a folder that has become read-only. */
    if (geteuid() == 0)
        assert_int_equal(fixture_child(make_as_nobody, NULL, 1), 0);
    else
        assert_int_equal(make_as_nobody(NULL), 0);
    assert_int_equal(chmod(fixture_path("mine"), 0555), 0);
    expected.path = fixture_path("mine/piket.db");
    expected.words = "cannot be used in its folder: Permission denied";
    assert_int_equal(fixture_child(open_as_nobody, &expected, 1), 0);
    expected.access = STORE_READ;
    assert_int_equal(fixture_child(open_as_nobody, &expected, 1), 0);
    assert_int_equal(chmod(fixture_path("mine"), 0755), 0);
    expected.access = STORE_WRITE;
    expected.path = "/proc/piket/piket.db";
    expected.words = "/proc/piket";
    assert_int_equal(fixture_child(open_as_nobody, &expected, 1), 0);
}

static void
brings_schema_1_up_to_date(void **state)
{
    static const char all_sql[] =
        "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema "
        "WHERE sql IS NOT NULL ORDER BY name)";

    (void) state;
    store_close(fixture_open(STORE_WRITE));
    fixture_execute(fixture_path("old.db"), schema_1);
    fixture_execute(fixture_path("old.db"), schema_1_rows);
    assert_int_equal(chmod(fixture_path("old.db"), 0600), 0);
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;
    if (store_open(&store, fixture_path("old.db"), STORE_WRITE, &err) < 0)
        fail_msg("%s", error_message(&err));
    store_close(store);
    /* Both have the same tables now, word for word. */
    AUTOFREE char *brought = fixture_text(fixture_path("old.db"), all_sql);
    AUTOFREE char *made = fixture_text(fixture_store(), all_sql);
    assert_string_equal(brought, made);
    assert_int_equal(
        fixture_number(fixture_path("old.db"), "PRAGMA user_version"),
        fixture_number(fixture_store(), "PRAGMA user_version"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        TEST(is_made_for_this_user_alone),
        TEST(is_careful),
        TEST(names_the_default),
        TEST(is_read_only_where_it_exists),
        TEST(refuses_what_others_could_have_written),
        TEST(refuses_another_users),
        TEST(refuses_what_is_no_store),
        TEST(runs_no_trigger),
        TEST(tells_damage),
        TEST(tells_a_missing_table),
        TEST(is_shared_by_many),
        TEST(says_who_has_locked_it),
        TEST(tells_what_may_not_be_written),
        TEST(brings_schema_1_up_to_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
