/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for small secrets: never written to disk by swapping as far as this
 * process may lock memory (RLIMIT_MEMLOCK, 8 MiB on Debian 12), never in a
 * core, and empty in a forked process. Where it cannot be locked it is used
 * all the same: the other promises hold.
 *
 * It is of one size and shared by the blocks of the whole process, so that
 * it takes few system calls, and no more than half of what may be locked.
 * What does not fit goes elsewhere (base/secret.h). For one thread. */
#ifndef PIKET_BASE_SECRET_POOL_H
#define PIKET_BASE_SECRET_POOL_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SECRET_POOL_SIZE = 4 * 1024 * 1024,
    SECRET_POOL_LARGEST = 32 * 1024, /* block */
    /* Blocks above this leave a quarter of the pool to the others: what the
     * bodies of many answers fill has room for a token still. */
    SECRET_POOL_SMALL = 4 * 1024,
};

/* A block of at least this size, of zeros; NULL where none fits. */
void *secret_pool_take(size_t size);

/* Whether memory is a block of the pool. */
bool secret_pool_owns(const void *memory);

/* The room in a block. */
size_t secret_pool_room(const void *block);

/* Wipes a block and takes it back. */
void secret_pool_return(void *block);

#endif
