/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for small secrets. */
#include "base/secret_pool.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    LEAST = 128, /* bytes of a block; powers of 2 above */
    CHUNK_SIZE = SECRET_POOL_LARGEST,
    CHUNKS = SECRET_POOL_SIZE / CHUNK_SIZE,
    CHUNKS_KEPT = CHUNKS / 4, /* for blocks up to SECRET_POOL_SMALL */
    WORD = 64,
    WORDS = CHUNK_SIZE / LEAST / WORD,
};

/* Holds blocks of one size. What is known of them lies outside the pool,
 * which a forked process finds empty. */
struct chunk {
    size_t block; /* size of each */
    size_t used;  /* how many; 0: the chunk may change its size */
    uint64_t taken[WORDS];
};

static struct chunk chunks[CHUNKS];
static size_t empty_chunks = CHUNKS;
static char *pool; /* NULL before it is asked for; MAP_FAILED without */

/* Locks the whole, or the beginning that the limit allows; blocks are taken
 * from the beginning first. A page counts from the start, and takes memory
 * once it is used. */
static void
pool_lock(void)
{
    struct rlimit limit;
    const size_t page = (size_t) sysconf(_SC_PAGESIZE);

    if (mlock2(pool, SECRET_POOL_SIZE, MLOCK_ONFAULT) == 0
        || getrlimit(RLIMIT_MEMLOCK, &limit) < 0
        || limit.rlim_cur >= SECRET_POOL_SIZE)
        return;
    const size_t length = (size_t) limit.rlim_cur / page * page;
    if (length > 0)
        (void) mlock2(pool, length, MLOCK_ONFAULT);
}

static bool
pool_open(void)
{
    if (pool != NULL)
        return pool != MAP_FAILED;
    pool = mmap(NULL, SECRET_POOL_SIZE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pool == MAP_FAILED)
        return false;
    (void) madvise(pool, SECRET_POOL_SIZE, MADV_DONTDUMP);
    (void) madvise(pool, SECRET_POOL_SIZE, MADV_WIPEONFORK);
    pool_lock();
    return true;
}

/* One with room for a block of this size, or NULL. */
static struct chunk *
chunk_find(size_t block)
{
    const bool may_begin =
        block <= SECRET_POOL_SMALL || empty_chunks > CHUNKS_KEPT;
    struct chunk *fresh = NULL;

    for (struct chunk *chunk = chunks; chunk < chunks + CHUNKS; chunk++) {
        if (chunk->used == 0 && !may_begin)
            continue;
        if (chunk->block == block && chunk->used < CHUNK_SIZE / block)
            return chunk;
        if (chunk->used == 0 && fresh == NULL)
            fresh = chunk;
    }
    if (fresh != NULL)
        fresh->block = block;
    return fresh;
}

/* The chunk has room. */
static size_t
slot_take(struct chunk *chunk)
{
    size_t word = 0;

    while (chunk->taken[word] == UINT64_MAX)
        word++;
    const size_t bit = (size_t) __builtin_ctzll(~chunk->taken[word]);
    chunk->taken[word] |= UINT64_C(1) << bit;
    empty_chunks -= chunk->used == 0;
    chunk->used++;
    return word * WORD + bit;
}

void *
secret_pool_take(size_t size)
{
    size_t block = LEAST;

    if (size > SECRET_POOL_LARGEST || !pool_open())
        return NULL;
    while (block < size)
        block *= 2;
    struct chunk *chunk = chunk_find(block);
    if (chunk == NULL)
        return NULL;
    return pool + (size_t) (chunk - chunks) * CHUNK_SIZE
           + slot_take(chunk) * block;
}

bool
secret_pool_owns(const void *memory)
{
    const uintptr_t start = (uintptr_t) pool;
    const uintptr_t place = (uintptr_t) memory;

    return pool != NULL && pool != MAP_FAILED && place >= start
           && place - start < SECRET_POOL_SIZE;
}

/* The chunk that a block lies in. */
static struct chunk *
chunk_of(const void *block)
{
    return &chunks[(size_t) ((const char *) block - pool) / CHUNK_SIZE];
}

size_t
secret_pool_room(const void *block)
{
    return chunk_of(block)->block;
}

void
secret_pool_return(void *block)
{
    struct chunk *chunk = chunk_of(block);
    const size_t offset = (size_t) ((char *) block - pool) % CHUNK_SIZE;
    const size_t slot = offset / chunk->block;

    explicit_bzero(block, chunk->block);
    chunk->taken[slot / WORD] &= ~(UINT64_C(1) << slot % WORD);
    chunk->used--;
    empty_chunks += chunk->used == 0;
}
