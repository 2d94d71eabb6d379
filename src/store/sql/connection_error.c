/* SPDX-License-Identifier: Apache-2.0 */
/* What SQLite's codes mean for a person, and what to do. */
#include "store/sql/connection_error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/folder.h"
#include "store/sql/connection_error.h"
#include "store/sql/connection_handle.h"
#include "store/sql/sql_limits.h"
#include "store/sql/store_file.h"

static int
advise_elsewhere(struct error *err)
{
    return error_advise(err, "mend that, or name another file with --store");
}

static int
damaged(const struct connection *connection, const char *what,
        struct error *err)
{
    const char *path = connection->path;

    error_set(err, "%s: is damaged: %s", path, what);
    return error_advise(
        err,
        "if piket history names only runs, piket history prune removes those; "
        "otherwise keep a copy of all files whose names begin with %s, then "
        "move these away, and piket makes a new store: changes can be taken "
        "back by it from a file of --backup, with piket revert --from",
        path);
}

int
connection_damaged(struct connection *connection, struct error *err,
                   const char *format, ...)
{
    AUTOFREE char *what = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&what, format, arguments);
    va_end(arguments);
    if (length < 0) {
        what = NULL;
        return error_set_memory(err);
    }
    return damaged(connection, what, err);
}

static int
busy(const struct connection *connection, struct error *err)
{
    const long process = store_file_writer(connection->path);

    if (process > 0)
        error_set(err,
                  "%s: process %ld has been writing to it for more than %d "
                  "seconds",
                  connection->path, process, CONNECTION_BUSY_TIMEOUT / 1000);
    else
        error_set(err,
                  "%s: another process has locked it for more than %d "
                  "seconds",
                  connection->path, CONNECTION_BUSY_TIMEOUT / 1000);
    return error_advise(err, "try again when it has ended");
}

/* A disk, a quota or a limit on the size of files. */
static bool
no_room(int number)
{
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/* last is errno: of a commit that fails SQLite keeps none itself. */
static int
input_output(const struct connection *connection, int code, int last,
             const char *what, struct error *err)
{
    const int told = sqlite3_system_errno(connection->database);
    const int number = no_room(last) ? last : told;

    if (no_room(number)) {
        error_set(err, "%s: there is no room for it: %s", connection->path,
                  strerror(number));
        return error_advise(err, "make room, or name a file on another disk "
                                 "with --store");
    }
    error_set(err, "%s: %s: %s (SQLite's code %d)", connection->path, what,
              number != 0 ? strerror(number)
                          : sqlite3_errmsg(connection->database),
              code);
    return advise_elsewhere(err);
}

/* Whoever reads makes files beside the database, too. SQLite says only that
 * it could not, in words that depend on what it tried first. Returns whether
 * that is the reason, and says so. */
static bool
folder_is_closed(const struct connection *connection, struct error *err)
{
    AUTOFREE char *folder = folder_of(connection->path);

    if (folder == NULL || access(folder, W_OK) == 0)
        return false;
    error_set_errno(err, "%s: cannot be used in its folder", connection->path);
    error_advise(err, "make the folder writable, or copy the store elsewhere "
                      "and name it with --store");
    return true;
}

int
connection_fail(struct connection *connection, int code, struct error *err)
{
    const int last = errno;
    const char *path = connection->path;
    const char *message = sqlite3_errmsg(connection->database);

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return error_set_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return busy(connection, err);
    case SQLITE_FULL:
        error_set(err, "%s: there is no room left on its disk", path);
        return error_advise(err, "make room, or name a file on another disk "
                                 "with --store");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        if (folder_is_closed(connection, err))
            return -1;
        error_set(err, "%s: cannot be written: %s", path, message);
        return advise_elsewhere(err);
    case SQLITE_CANTOPEN:
        if (folder_is_closed(connection, err))
            return -1;
        return input_output(connection, code, last, "cannot be opened", err);
    case SQLITE_IOERR:
        return input_output(connection, code, last,
                            "cannot be read or written", err);
    case SQLITE_NOTADB:
        error_set(err, "%s: is not a store of piket", path);
        return error_advise(err, "name another file with --store; where this "
                                 "one was a store, restore it from a backup");
    /* The SQL is the program's: what it names must be there. */
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
        return damaged(connection, message, err);
    default:
        return error_set(err, "%s: %s", path, message);
    }
}
