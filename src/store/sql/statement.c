/* SPDX-License-Identifier: Apache-2.0 */
/* One statement of SQL. */
#include "store/sql/statement.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "store/sql/connection_error.h"
#include "store/sql/connection_handle.h"
#include "store/sql/sql_limits.h"

struct statement {
    struct connection *connection; /* borrowed */
    sqlite3_stmt *handle;
    int bound;   /* parameters that have a value */
    int failure; /* of a binding; SQLITE_OK where none failed */
};

int
statement_prepare(struct statement **ret_statement,
                  struct connection *connection, const char *sql,
                  struct error *err)
{
    struct statement *statement = calloc(1, sizeof(*statement));

    if (statement == NULL)
        return error_set_memory(err);
    statement->connection = connection;
    const int code = sqlite3_prepare_v2(connection->database, sql, -1,
                                        &statement->handle, NULL);
    if (code != SQLITE_OK) {
        connection_fail(connection, code, err);
        statement_free(statement);
        return -1;
    }
    *ret_statement = statement;
    return 0;
}

void
statement_free(struct statement *statement)
{
    if (statement == NULL)
        return;
    (void) sqlite3_finalize(statement->handle);
    free(statement);
}

void
statement_freep(struct statement **statement)
{
    statement_free(*statement);
}

static void
note_binding(struct statement *statement, int code)
{
    if (statement->failure == SQLITE_OK)
        statement->failure = code;
}

void
statement_bind_text(struct statement *statement, const char *text)
{
    note_binding(statement,
                 sqlite3_bind_text(statement->handle, ++statement->bound, text,
                                   -1, SQLITE_STATIC));
}

void
statement_bind_bytes(struct statement *statement, const void *bytes,
                     size_t length)
{
    /* No bytes are not nothing: only NULL is SQL's. */
    const void *given = bytes != NULL && length == 0 ? "" : bytes;

    note_binding(statement,
                 sqlite3_bind_blob64(statement->handle, ++statement->bound,
                                     given, length, SQLITE_STATIC));
}

void
statement_bind_integer(struct statement *statement, int64_t integer)
{
    note_binding(statement, sqlite3_bind_int64(statement->handle,
                                               ++statement->bound, integer));
}

void
statement_rewind(struct statement *statement)
{
    (void) sqlite3_reset(statement->handle);
    statement->bound = 0;
    statement->failure = SQLITE_OK;
}

int
statement_step(struct statement *statement, bool *ret_row, struct error *err)
{
    int code = statement->failure;

    errno = 0;
    if (code == SQLITE_OK)
        code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW) {
        *ret_row = true;
        return 0;
    }
    if (code == SQLITE_TOOBIG)
        error_set(err, "a value of more than %d bytes cannot be stored",
                  CONNECTION_VALUE_CEILING);
    else if (code != SQLITE_DONE)
        connection_fail(statement->connection, code, err);
    statement_rewind(statement);
    if (code != SQLITE_DONE)
        return -1;
    *ret_row = false;
    return 0;
}

int
statement_run(struct statement *statement, struct error *err)
{
    bool row = false;

    if (statement_step(statement, &row, err) < 0)
        return -1;
    if (row)
        statement_rewind(statement);
    return 0;
}

int64_t
statement_changed(const struct statement *statement)
{
    return sqlite3_changes64(statement->connection->database);
}

int64_t
statement_added(const struct statement *statement)
{
    return sqlite3_last_insert_rowid(statement->connection->database);
}

const char *
statement_text(struct statement *statement, int column)
{
    return (const char *) sqlite3_column_text(statement->handle, column);
}

const void *
statement_bytes(struct statement *statement, int column, size_t *ret_length)
{
    const void *bytes = sqlite3_column_blob(statement->handle, column);

    *ret_length = (size_t) sqlite3_column_bytes(statement->handle, column);
    /* SQLite gives none where there are no bytes. */
    return bytes != NULL || statement_is_null(statement, column) ? bytes : "";
}

int64_t
statement_integer(struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

bool
statement_is_null(struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

int
statement_copy(struct statement *statement, int column, struct arena *arena,
               const char **ret_text)
{
    AUTOBUFFER repaired = BUFFER_INIT(3 * (size_t) CONNECTION_VALUE_CEILING);
    const char *text = statement_text(statement, column);

    *ret_text = NULL;
    if (text == NULL)
        return statement_is_null(statement, column) ? 0 : -1;
    if (text_repair_utf8(&repaired, text, strlen(text)) < 0)
        return -1;
    *ret_text = arena_copy(arena, buffer_text(&repaired));
    return *ret_text != NULL ? 0 : -1;
}

int
statement_check(struct statement *statement, int count, struct error *err)
{
    for (int i = 0; i < count; i++)
        if (statement_is_null(statement, i))
            return connection_damaged(
                statement->connection, err, "a row has no %s",
                sqlite3_column_name(statement->handle, i));
    return 0;
}

int
statement_damaged(struct statement *statement, const char *what,
                  struct error *err)
{
    return connection_damaged(statement->connection, err, "%s", what);
}
