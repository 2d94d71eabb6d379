/* SPDX-License-Identifier: Apache-2.0 */
/* What SQLite's codes mean for a person, and what to do. */
#ifndef PIKET_STORE_SQL_CONNECTION_ERROR_H
#define PIKET_STORE_SQL_CONNECTION_ERROR_H

#include "base/error.h"

struct connection;

/* Says what SQLite's code, the last that the connection met, means for a
 * person, and what to do. Returns -1. */
int connection_fail(struct connection *connection, int code,
                    struct error *err);

/* Says that what was read cannot be what piket wrote, and what to do.
 * Returns -1. */
int connection_damaged(struct connection *connection, struct error *err,
                       const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
