/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for what must not stay in it. */
#include "base/secret.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret_pool.h"

void *
secret_allocate(size_t size)
{
#ifdef PIKET_SANITIZED /* they watch each block of malloc's, none of ours */
    return malloc(size);
#else
    void *memory = secret_pool_take(size);

    return memory != NULL ? memory : malloc(size);
#endif
}

/* The room in a block, wherever it lies. 0 for NULL. */
static size_t
room(void *memory)
{
    return secret_pool_owns(memory) ? secret_pool_room(memory)
                                    : malloc_usable_size(memory);
}

void
secret_release(void *memory)
{
    if (memory == NULL)
        return;
    if (secret_pool_owns(memory)) {
        secret_pool_return(memory);
        return;
    }
    explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

void *
secret_resize(void *memory, size_t size)
{
    const size_t present = room(memory);

    if (memory != NULL && size <= present)
        return memory;
    void *larger = secret_allocate(size);
    if (larger == NULL)
        return NULL;
    if (memory != NULL) {
        memcpy(larger, memory, present);
        secret_release(memory);
    }
    return larger;
}

char *
secret_copy_part(const char *text, size_t length)
{
    char *copy = secret_allocate(length + 1);

    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *
secret_copy(const char *text)
{
    return text != NULL ? secret_copy_part(text, strlen(text)) : NULL;
}

void
secret_free(char *secret)
{
    secret_release(secret);
}

void
secret_clear(char **secret)
{
    secret_release(*secret);
    *secret = NULL;
}
