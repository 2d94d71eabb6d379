/* SPDX-License-Identifier: Apache-2.0 */
/* One statement of SQL, with its parameters and its rows. Parameters are
 * written $1, $2 and so on, each first met in that order. */
#ifndef PIKET_STORE_SQL_STATEMENT_H
#define PIKET_STORE_SQL_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct connection;
struct statement;

/* A statement that is released at the end of its scope. */
#define AUTOSTATEMENT __attribute__((cleanup(statement_freep)))

/* The connection is borrowed. */
int statement_prepare(struct statement **ret_statement,
                      struct connection *connection, const char *sql,
                      struct error *err);

/* NULL is allowed. */
void statement_free(struct statement *statement);
void statement_freep(struct statement **statement);

/* Gives the next parameter its value, beginning with $1 after each execution;
 * NULL is SQL's. What is given is borrowed until the statement has run. A
 * failure sticks until then. */
void statement_bind_text(struct statement *statement, const char *text);
void statement_bind_bytes(struct statement *statement, const void *bytes,
                          size_t length);
void statement_bind_integer(struct statement *statement, int64_t integer);

/* The next row; *ret_row is false where there is none left, and the statement
 * can then be given new values. */
int statement_step(struct statement *statement, bool *ret_row,
                   struct error *err);

/* Leaves the rows that are left, so that it can be given new values. */
void statement_rewind(struct statement *statement);

/* Runs one that gives no rows. */
int statement_run(struct statement *statement, struct error *err);

/* How many rows the last run has changed. */
int64_t statement_changed(const struct statement *statement);

/* The id of the row that it has added. */
int64_t statement_added(const struct statement *statement);

/* Columns of the row, counted from 0. Borrowed until the next step; NULL
 * where SQL's. */
const char *statement_text(struct statement *statement, int column);
const void *statement_bytes(struct statement *statement, int column,
                            size_t *ret_length);
int64_t statement_integer(struct statement *statement, int column);
bool statement_is_null(struct statement *statement, int column);

/* A text as a copy in the arena, *ret_text NULL where SQL's. Valid UTF-8,
 * whatever is stored. Returns -1 where memory ran out. */
int statement_copy(struct statement *statement, int column,
                   struct arena *arena, const char **ret_text);

/* Fails where one of the first count columns is SQL's NULL: those that every
 * row has, whatever damage or another program has made of the file. */
int statement_check(struct statement *statement, int count, struct error *err);

/* Says that the row cannot be what piket wrote. Returns -1. */
int statement_damaged(struct statement *statement, const char *what,
                      struct error *err);

#endif
