/* SPDX-License-Identifier: Apache-2.0 */
/* The database as this process has it open. Beside statement.c the only file
 * that knows SQLite: another database would be another pair of these. */
#ifndef PIKET_STORE_SQL_CONNECTION_H
#define PIKET_STORE_SQL_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct connection;

/* Opens the file at an absolute path without symbolic links. Nothing is
 * written unless it is writable, in which case several processes may write
 * from here on, one at a time. */
int connection_open(struct connection **ret_connection, const char *path,
                    bool writable, struct error *err);

/* What was not committed is undone. NULL is allowed. */
void connection_close(struct connection *connection);
void connection_closep(struct connection **connection);

/* Runs statements that have neither parameters nor rows. */
int connection_execute(struct connection *connection, const char *sql,
                       struct error *err);

/* Asks for one number. */
int connection_number(struct connection *connection, const char *sql,
                      int64_t *ret_number, struct error *err);

/* Begins to write; everybody else only reads until connection_end. */
int connection_begin(struct connection *connection, struct error *err);

/* Begins to read: until connection_end everything is as it was, whatever
 * others write. */
int connection_begin_reading(struct connection *connection, struct error *err);

/* Makes what was written since durable where result is 0, undoes it where it
 * is not. Returns result, or -1. */
int connection_end(struct connection *connection, int result,
                   struct error *err);

/* Whether the file that is open is not the one at its path any more. */
bool connection_has_moved(struct connection *connection);

/* Has the log of writes left where it is when the connection is closed. */
void connection_keep_log(struct connection *connection);

/* Puts what the log of writes holds into the database itself, as far as
 * nobody is reading. */
int connection_empty_log(struct connection *connection, struct error *err);

/* Reads every page of a table, whose name is the program's, and of its
 * indexes, and fails where one is damaged or they contradict each other. */
int connection_check_table(struct connection *connection, const char *table,
                           struct error *err);

#endif
