/* SPDX-License-Identifier: Apache-2.0 */
/* What connection.c and statement.c share: SQLite's handle, and what its
 * codes mean. */
#ifndef PIKET_STORE_SQL_CONNECTION_HANDLE_H
#define PIKET_STORE_SQL_CONNECTION_HANDLE_H

#include <sqlite3.h>

#include "store/sql/connection.h"

struct connection {
    sqlite3 *database;
    char *path; /* owned */
};

/* Says what SQLite's code, the last that the connection met, means for a
 * person, and what to do. Returns -1. */
int connection_fail(struct connection *connection, int code,
                    struct error *err);

#endif
