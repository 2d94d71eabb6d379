/* SPDX-License-Identifier: Apache-2.0 */
/* The ids of runs and operations, as people type them: whole, or so much of
 * the beginning as no other has. */
#ifndef PIKET_STORE_RECORD_ID_H
#define PIKET_STORE_RECORD_ID_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/sql/connection.h"

/* Finds the only id in the table, "run" or "operation", that begins with
 * text. That there is none, or more than one, is an error that offers some, or
 * says what else has that id. */
int record_id_find(struct connection *connection, const char *table,
                   const char *text, struct arena *arena, const char **ret_id,
                   struct error *err);

/* Tables in which an id is looked for, and what an error calls that which
 * they hold. The names are the program's: they become part of the SQL. */
struct record_place {
    const char *const *tables;
    size_t count;
    const char *words; /* "run or operation" */
};

/* The same for several tables at once; *ret_table is the number of the one
 * that has it. */
int record_id_find_in(struct connection *connection,
                      const struct record_place *place, const char *text,
                      struct arena *arena, size_t *ret_table,
                      const char **ret_id, struct error *err);

#endif
