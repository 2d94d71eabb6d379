/* SPDX-License-Identifier: Apache-2.0 */
/* Moments to wait for, the next one first: a binary heap. */
#ifndef EMULATOR_SERVER_TIMERS_H
#define EMULATOR_SERVER_TIMERS_H

#include <stddef.h>
#include <stdint.h>

struct timer {
    int64_t due;    /* on the monotonic clock, in milliseconds */
    uint64_t order; /* of those due at once, first come first served */
    void *data;     /* borrowed */
};

struct timers {
    struct timer *items;
    size_t count;
    size_t capacity;
    uint64_t added;
};

/* Returns 0, or -1 where memory runs out. */
int timers_add(struct timers *timers, int64_t due, void *data);

/* When the next one is due, or -1 where there is none. */
int64_t timers_next(const struct timers *timers);

/* Takes one that is due, or NULL. */
void *timers_take(struct timers *timers, int64_t now);

/* Takes any, due or not, or NULL. */
void *timers_take_any(struct timers *timers);

void timers_done(struct timers *timers);

#endif
