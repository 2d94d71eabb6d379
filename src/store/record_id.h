/* SPDX-License-Identifier: Apache-2.0 */
/* The ids of runs and operations, as people type them: whole, or so much of
 * the beginning as no other has. */
#ifndef PIKET_STORE_RECORD_ID_H
#define PIKET_STORE_RECORD_ID_H

#include "base/arena.h"
#include "base/error.h"
#include "store/connection.h"

/* Finds the only id in the table, "run" or "operation", that begins with
 * text. That there is none, or more than one, is an error that offers some. */
int record_id_find(struct connection *connection, const char *table,
                   const char *text, struct arena *arena, const char **ret_id,
                   struct error *err);

#endif
