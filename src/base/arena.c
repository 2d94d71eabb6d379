/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is released all at once. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

enum { ARENA_BLOCK_SIZE = 16 * 1024 };

struct block {
    struct block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *blocks; /* the first is the one in use */
};

struct arena *
arena_new(void)
{
    return calloc(1, sizeof(struct arena));
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct block *block = arena->blocks; block != NULL;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

static struct block *
block_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        return NULL;
    struct block *block = calloc(1, sizeof(*block) + size);
    if (block != NULL)
        block->size = size;
    return block;
}

/* alignment is a power of two. */
static void *
allocate(struct arena *arena, size_t size, size_t alignment)
{
    struct block *block = arena->blocks;

    if (block != NULL) {
        const size_t start = (block->used + alignment - 1) & ~(alignment - 1);
        if (start <= block->size && size <= block->size - start) {
            block->used = start + size;
            return block->bytes + start;
        }
    }
    const size_t block_size =
        size > ARENA_BLOCK_SIZE / 4 ? size : ARENA_BLOCK_SIZE;
    struct block *fresh = block_new(block_size);
    if (fresh == NULL)
        return NULL;
    fresh->used = size;
    /* A block made for one large object must not end the filling of the
     * block in use. */
    if (block != NULL && block_size != ARENA_BLOCK_SIZE) {
        fresh->next = block->next;
        block->next = fresh;
    } else {
        fresh->next = block;
        arena->blocks = fresh;
    }
    return fresh->bytes;
}

void *
arena_allocate(struct arena *arena, size_t size)
{
    return allocate(arena, size, alignof(max_align_t));
}

void *
arena_allocate_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return arena_allocate(arena, total);
}

void *
arena_grow_array(struct arena *arena, void *array, size_t count, size_t size)
{
    if (count > 0 && (count & (count - 1)) != 0)
        return array;
    void *larger =
        arena_allocate_array(arena, count > 0 ? 2 * count : 1, size);
    if (larger != NULL && count > 0)
        memcpy(larger, array, count * size);
    return larger;
}

char *
arena_copy_bytes(struct arena *arena, const char *text, size_t length)
{
    if (text == NULL || length == SIZE_MAX)
        return NULL;
    char *copy = allocate(arena, length + 1, 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

char *
arena_copy(struct arena *arena, const char *text)
{
    return text != NULL ? arena_copy_bytes(arena, text, strlen(text)) : NULL;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
    AUTOFREE char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text = NULL;
        return NULL;
    }
    return arena_copy_bytes(arena, text, (size_t) length);
}
