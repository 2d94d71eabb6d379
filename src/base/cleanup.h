/* SPDX-License-Identifier: Apache-2.0 */
/* Release of local variables when they go out of scope. */
#ifndef PIKET_BASE_CLEANUP_H
#define PIKET_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Calls function(&variable) when the variable goes out of scope. */
#define CLEANUP(function) __attribute__((cleanup(function)))

/* A malloc'ed local that is freed at the end of its scope. */
#define AUTOFREE CLEANUP(cleanup_free)

/* A descriptor that is closed at the end of its scope; -1 is none. */
#define AUTOCLOSE CLEANUP(cleanup_close)

/* Moves a pointer out of its variable: the caller owns it from here on, and
 * the variable is NULL. */
#define take_pointer(variable)                         \
    __extension__({                                    \
        __typeof__(variable) *take_slot = &(variable); \
        __typeof__(variable) take_value = *take_slot;  \
        *take_slot = NULL;                             \
        take_value;                                    \
    })

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static inline void
cleanup_free(void *variable)
{
    free(*(void **) variable);
}

static inline void
cleanup_close(const int *descriptor)
{
    if (*descriptor >= 0)
        (void) close(*descriptor);
}

static inline void
cleanup_fclose(FILE **stream)
{
    if (*stream != NULL)
        (void) fclose(*stream);
}

#endif
