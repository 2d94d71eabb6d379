/* SPDX-License-Identifier: Apache-2.0 */
/* The database as this process has it open. */
#include "store/sql/connection.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "store/sql/connection_error.h"
#include "store/sql/connection_handle.h"
#include "store/sql/proof.h"
#include "store/sql/sql_limits.h"
#include "store/sql/statement.h"

enum { CONNECTION_PAUSE = 20 }; /* milliseconds between two attempts */

/* The schema is data, too: what somebody hid in it is not run. */
static int
restrain(struct connection *connection, struct error *err)
{
    static const struct {
        int option, value;
    } settings[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
        { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(settings); i++) {
        const int code = sqlite3_db_config(
            connection->database, settings[i].option, settings[i].value, NULL);
        if (code != SQLITE_OK)
            return connection_fail(connection, code, err);
    }
    (void) sqlite3_limit(connection->database, SQLITE_LIMIT_LENGTH,
                         CONNECTION_VALUE_CEILING);
    (void) sqlite3_limit(connection->database, SQLITE_LIMIT_ATTACHED, 0);
    (void) sqlite3_busy_timeout(connection->database, CONNECTION_BUSY_TIMEOUT);
    return connection_execute(connection, "PRAGMA cell_size_check = ON", err);
}

/* To turn the log on, SQLite wants the file for itself, and does not wait for
 * it: processes that make the same store at once have to try again. */
static int
turn_on_log(struct connection *connection, const char **ret_mode,
            struct statement **ret_statement, struct error *err)
{
    const int64_t end = clock_monotonic() + CONNECTION_BUSY_TIMEOUT;

    for (;;) {
        AUTOERROR busy = ERROR_INIT;
        struct statement *statement = NULL;
        bool row = false;
        if (statement_prepare(&statement, connection,
                              "PRAGMA journal_mode = WAL", err)
            < 0)
            return -1;
        if (statement_step(statement, &row, &busy) == 0) {
            *ret_mode = row ? statement_text(statement, 0) : NULL;
            *ret_statement = statement;
            return 0;
        }
        const int code = sqlite3_errcode(connection->database) & 0xff;
        statement_free(statement);
        if (code != SQLITE_BUSY || clock_monotonic() >= end) {
            error_move(err, &busy);
            return -1;
        }
        (void) sqlite3_sleep(CONNECTION_PAUSE);
    }
}

/* With a write-ahead log, reports read while a check writes; FULL has each
 * commit on the disk before it returns, as the journal demands. */
static int
prepare_to_write(struct connection *connection, struct error *err)
{
    struct statement *statement = NULL;
    const char *mode = NULL;
    char limit[64];

    if (turn_on_log(connection, &mode, &statement, err) < 0)
        return -1;
    const bool on = mode != NULL && strcmp(mode, "wal") == 0;
    statement_free(statement);
    if (!on) {
        error_set(err,
                  "%s: its disk cannot be shared by several processes, such "
                  "as a network drive",
                  connection->path);
        return error_advise(err, "name a file on a local disk with --store");
    }
    (void) snprintf(limit, sizeof(limit), "PRAGMA journal_size_limit = %d",
                    CONNECTION_LOG_CEILING);
    if (connection_execute(connection, "PRAGMA synchronous = FULL", err) < 0)
        return -1;
    return connection_execute(connection, limit, err);
}

int
connection_open(struct connection **ret_connection, const char *path,
                bool writable, struct error *err)
{
    struct connection *connection = calloc(1, sizeof(*connection));
    const int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE
        | (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);

    if (connection == NULL || (connection->path = strdup(path)) == NULL) {
        connection_close(connection);
        return error_set_memory(err);
    }
    const int code = sqlite3_open_v2(path, &connection->database, flags, NULL);
    if (code != SQLITE_OK) {
        connection_fail(connection, code, err);
    } else if (restrain(connection, err) == 0
               && proof_install(connection, err) == 0
               && (!writable || prepare_to_write(connection, err) == 0)) {
        *ret_connection = connection;
        return 0;
    }
    connection_close(connection);
    return -1;
}

void
connection_close(struct connection *connection)
{
    if (connection == NULL)
        return;
    (void) sqlite3_close_v2(connection->database);
    free(connection->path);
    free(connection);
}

void
connection_closep(struct connection **connection)
{
    connection_close(*connection);
}

int
connection_execute(struct connection *connection, const char *sql,
                   struct error *err)
{
    const int code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : connection_fail(connection, code, err);
}

int
connection_number(struct connection *connection, const char *sql,
                  int64_t *ret_number, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(&statement, connection, sql, err) < 0
        || statement_step(statement, &row, err) < 0)
        return -1;
    if (!row)
        return connection_damaged(connection, err, "nothing answers %s", sql);
    *ret_number = statement_integer(statement, 0);
    return 0;
}

int
connection_begin(struct connection *connection, struct error *err)
{
    return connection_execute(connection, "BEGIN IMMEDIATE", err);
}

int
connection_begin_reading(struct connection *connection, struct error *err)
{
    return connection_execute(connection, "BEGIN", err);
}

int
connection_end(struct connection *connection, int result, struct error *err)
{
    if (result == 0)
        result = connection_execute(connection, "COMMIT", err);
    /* Some failures have undone it already. */
    if (result < 0 && sqlite3_get_autocommit(connection->database) == 0)
        (void) connection_execute(connection, "ROLLBACK", NULL);
    return result;
}

bool
connection_has_moved(struct connection *connection)
{
    int moved = 0;

    return sqlite3_file_control(connection->database, NULL,
                                SQLITE_FCNTL_HAS_MOVED, &moved)
               == SQLITE_OK
           && moved != 0;
}

void
connection_keep_log(struct connection *connection)
{
    (void) sqlite3_db_config(connection->database,
                             SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

int
connection_empty_log(struct connection *connection, struct error *err)
{
    const int code = sqlite3_wal_checkpoint_v2(
        connection->database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    /* Somebody else may be at it. */
    return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY
               ? 0
               : connection_fail(connection, code, err);
}

int
connection_check_table(struct connection *connection, const char *table,
                       struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOFREE char *sql = NULL;
    bool row = false;

    if (asprintf(&sql, "PRAGMA integrity_check('%s')", table) < 0) {
        sql = NULL;
        return error_set_memory(err);
    }
    if (statement_prepare(&statement, connection, sql, err) < 0
        || statement_step(statement, &row, err) < 0)
        return -1;
    const char *found = row ? statement_text(statement, 0) : NULL;
    if (found != NULL && strcmp(found, "ok") == 0)
        return 0;
    return connection_damaged(connection, err, "%s: %s", table,
                              found != NULL ? found : "nothing was checked");
}
