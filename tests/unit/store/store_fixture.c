/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of a test's own, with a store in it. */
#include "unit/store/store_fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/cleanup.h"
#include "store/store.h"
#include "unit/unit.h"

enum { NOBODY = 65534 };

static char folder[64];

int
fixture_setup(void **state)
{
    (void) state;
    (void) umask(022);
    (void) snprintf(folder, sizeof(folder), "/tmp/piket-store-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *status, int type,
           struct FTW *where)
{
    (void) status;
    (void) type;
    (void) where;
    return remove(path);
}

int
fixture_teardown(void **state)
{
    (void) state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *
fixture_path(const char *name)
{
    static char paths[8][256];
    static unsigned next;
    char *path = paths[next++ % 8];

    (void) snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

const char *
fixture_store(void)
{
    return fixture_path("state/piket.db");
}

struct store *
fixture_open(enum store_access access)
{
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;

    if (store_open(&store, fixture_store(), access, &err) < 0)
        fail_msg("%s", error_message(&err));
    return store;
}

void
fixture_refuses(const char *path, enum store_access access, const char *words,
                const char *advice)
{
    struct store *store = NULL;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(store_open(&store, path, access, &err), -1);
    assert_null(store);
    if (strstr(error_message(&err), words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, error_message(&err));
    if (advice != NULL
        && (err.advice == NULL || strstr(err.advice, advice) == NULL))
        fail_msg("\"%s\" is not in the advice: %s", advice,
                 err.advice != NULL ? err.advice : "(none)");
}

static sqlite3 *
open_database(const char *path)
{
    sqlite3 *database = NULL;

    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    return database;
}

void
fixture_execute(const char *path, const char *sql)
{
    sqlite3 *database = open_database(path);

    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

char *
fixture_text(const char *path, const char *sql)
{
    sqlite3 *database = open_database(path);
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = strdup((const char *) sqlite3_column_text(statement, 0));
    assert_non_null(text);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return text;
}

long long
fixture_number(const char *path, const char *sql)
{
    AUTOFREE char *text = fixture_text(path, sql);

    return strtoll(text, NULL, 10);
}

void
fixture_overwrite(const char *path, long offset, const void *bytes,
                  size_t length)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(descriptor >= 0);
    assert_int_equal(pwrite(descriptor, bytes, length, offset), length);
    assert_int_equal(close(descriptor), 0);
}

int
fixture_child(int (*act)(void *data), void *data, int as_nobody)
{
    int status = 0;
    const pid_t process = fork();

    assert_true(process >= 0);
    if (process == 0) {
        if (as_nobody && geteuid() == 0
            && (setgid(NOBODY) < 0 || setuid(NOBODY) < 0))
            _exit(99);
        _exit(act(data));
    }
    assert_int_equal(waitpid(process, &status, 0), process);
    return status;
}
