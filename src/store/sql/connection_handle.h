/* SPDX-License-Identifier: Apache-2.0 */
/* What connection.c and statement.c share: SQLite's handle, and what its
 * codes mean. */
#ifndef PIKET_STORE_SQL_CONNECTION_HANDLE_H
#define PIKET_STORE_SQL_CONNECTION_HANDLE_H

#include <sqlite3.h>

struct connection {
    sqlite3 *database;
    char *path; /* owned */
};

#endif
