/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is released all at once, such as everything a run holds. */
#ifndef PIKET_BASE_ARENA_H
#define PIKET_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* NULL where memory runs out. */
struct arena *arena_new(void);

/* Releases the arena and everything made in it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Zeroed memory, aligned for any type. NULL where memory runs out. */
void *arena_allocate(struct arena *arena, size_t size);

/* The same for an array; NULL also where count * size overflows. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);

/* Room for one more behind count elements, which were all added through this
 * function: it doubles where count is a power of two. Returns the array, with
 * its elements, which may be a new one; NULL where memory runs out. */
void *arena_grow_array(struct arena *arena, void *array, size_t count,
                       size_t size);

/* Copies of text. NULL where memory runs out, or where text is NULL. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_bytes(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
