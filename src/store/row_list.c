/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of which nobody knows beforehand how many there are. */
#include "store/row_list.h"

#include <string.h>

enum { ROW_LIST_FIRST = 16 };

void *
row_list_add(struct row_list *list)
{
    if (list->count == list->capacity) {
        const size_t capacity =
            list->capacity > 0 ? 2 * list->capacity : ROW_LIST_FIRST;
        void *rows = arena_allocate_array(list->arena, capacity, list->size);
        if (rows == NULL)
            return NULL;
        if (list->count > 0)
            memcpy(rows, list->rows, list->count * list->size);
        list->rows = rows;
        list->capacity = capacity;
    }
    return (char *) list->rows + list->count++ * list->size;
}
