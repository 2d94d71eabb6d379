/* SPDX-License-Identifier: Apache-2.0 */
/* Text that must not stay in memory. */
#include "base/secret.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

char *
secret_copy(const char *text)
{
    return text != NULL ? strdup(text) : NULL;
}

void
secret_free(char *secret)
{
    if (secret == NULL)
        return;
    explicit_bzero(secret, strlen(secret));
    free(secret);
}

void
secret_release(void *memory)
{
    if (memory == NULL)
        return;
    explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

void *
secret_resize(void *memory, size_t size)
{
    const size_t present = malloc_usable_size(memory); /* 0 for NULL */

    if (memory != NULL && size <= present)
        return memory;
    void *larger = malloc(size);
    if (larger == NULL)
        return NULL;
    if (memory != NULL) {
        memcpy(larger, memory, present);
        secret_release(memory);
    }
    return larger;
}

void
secret_clear(char **secret)
{
    secret_free(*secret);
    *secret = NULL;
}
