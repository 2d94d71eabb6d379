/* SPDX-License-Identifier: Apache-2.0 */
/* Timers, the next one first. Time is an input. */
#ifndef PIKET_NET_LOOP_TIMER_HEAP_H
#define PIKET_NET_LOOP_TIMER_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/loop/loop_callback.h"

struct loop_timer {
    int64_t due;     /* on the clock of clock_monotonic */
    uint64_t number; /* of the start: orders equal moments */
    loop_callback *callback;
    void *data;   /* for callback */
    size_t place; /* in the heap */
};

struct timer_heap {
    struct loop_timer **timers; /* owned, as are the timers */
    size_t count;
    size_t capacity;
    uint64_t started; /* the number of the last timer */
};

/* NULL where memory runs out. */
struct loop_timer *timer_heap_add(struct timer_heap *heap, int64_t due,
                                  loop_callback *callback, void *data);

/* Releases one timer. */
void timer_heap_remove(struct timer_heap *heap, struct loop_timer *timer);

/* The timer that is due next, or NULL. Borrowed. */
const struct loop_timer *timer_heap_first(const struct timer_heap *heap);

/* Runs, each once, the timers that are due and were started before this
 * call, so that a timer which starts itself again lets others go first. Ends
 * early where a callback sets *stopped. */
void timer_heap_run(struct timer_heap *heap, int64_t now, const bool *stopped);

/* Releases all timers. */
void timer_heap_done(struct timer_heap *heap);

#endif
