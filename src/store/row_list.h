/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of which nobody knows beforehand how many there are. */
#ifndef PIKET_STORE_ROW_LIST_H
#define PIKET_STORE_ROW_LIST_H

#include <stddef.h>

#include "base/arena.h"

struct row_list {
    struct arena *arena; /* borrowed; the rows live in it */
    size_t size;         /* of one */
    void *rows;
    size_t count, capacity;
};

#define ROW_LIST_INIT(arena_, type_)             \
    {                                            \
        .arena = (arena_), .size = sizeof(type_) \
    }

/* A new row, zeroed, at the end; NULL where memory runs out. Those before it
 * may have moved. */
void *row_list_add(struct row_list *list);

#endif
