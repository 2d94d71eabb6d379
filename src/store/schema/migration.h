/* SPDX-License-Identifier: Apache-2.0 */
/* The database's schema, and the steps that lead to it. */
#ifndef PIKET_STORE_SCHEMA_MIGRATION_H
#define PIKET_STORE_SCHEMA_MIGRATION_H

#include "store/sql/connection.h"

/* Makes an empty database one of piket's, and brings an older one up to date:
 * all steps or none. A database of something else, and one that a newer
 * piket has made, are errors. */
int migration_run(struct connection *connection, const char *path,
                  struct error *err);

/* Fails where the database is not one that migration_run would leave as it
 * is. */
int migration_check(struct connection *connection, const char *path,
                    struct error *err);

#endif
