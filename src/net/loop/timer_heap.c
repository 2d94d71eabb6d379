/* SPDX-License-Identifier: Apache-2.0 */
/* Timers in a binary heap. */
#include "net/loop/timer_heap.h"

#include <stdlib.h>

static bool
is_before(const struct loop_timer *left, const struct loop_timer *right)
{
    return left->due != right->due ? left->due < right->due
                                   : left->number < right->number;
}

static void
put(struct timer_heap *heap, size_t place, struct loop_timer *timer)
{
    heap->timers[place] = timer;
    timer->place = place;
}

/* Finds the place of a timer whose place is free, upwards and then down. */
static void
settle(struct timer_heap *heap, size_t place, struct loop_timer *timer)
{
    while (place > 0 && is_before(timer, heap->timers[(place - 1) / 2])) {
        put(heap, place, heap->timers[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    for (;;) {
        size_t child = 2 * place + 1;
        if (child + 1 < heap->count
            && is_before(heap->timers[child + 1], heap->timers[child]))
            child++;
        if (child >= heap->count || is_before(timer, heap->timers[child]))
            break;
        put(heap, place, heap->timers[child]);
        place = child;
    }
    put(heap, place, timer);
}

struct loop_timer *
timer_heap_add(struct timer_heap *heap, int64_t due, loop_callback *callback,
               void *data)
{
    if (heap->count == heap->capacity) {
        const size_t capacity = heap->capacity > 0 ? heap->capacity * 2 : 16;
        struct loop_timer **timers =
            reallocarray(heap->timers, capacity, sizeof(struct loop_timer *));
        if (timers == NULL)
            return NULL;
        heap->timers = timers;
        heap->capacity = capacity;
    }
    struct loop_timer *timer = malloc(sizeof(*timer));
    if (timer == NULL)
        return NULL;
    *timer = (struct loop_timer){ .due = due,
                                  .number = ++heap->started,
                                  .callback = callback,
                                  .data = data };
    heap->count++;
    settle(heap, heap->count - 1, timer);
    return timer;
}

void
timer_heap_remove(struct timer_heap *heap, struct loop_timer *timer)
{
    const size_t place = timer->place;
    struct loop_timer *last = heap->timers[--heap->count];

    if (last != timer)
        settle(heap, place, last);
    free(timer);
}

const struct loop_timer *
timer_heap_first(const struct timer_heap *heap)
{
    return heap->count > 0 ? heap->timers[0] : NULL;
}

void
timer_heap_run(struct timer_heap *heap, int64_t now, const bool *stopped)
{
    const uint64_t last = heap->started;

    while (!*stopped && heap->count > 0 && heap->timers[0]->due <= now
           && heap->timers[0]->number <= last) {
        loop_callback *callback = heap->timers[0]->callback;
        void *data = heap->timers[0]->data;
        timer_heap_remove(heap, heap->timers[0]);
        callback(data);
    }
}

void
timer_heap_done(struct timer_heap *heap)
{
    while (heap->count > 0)
        free(heap->timers[--heap->count]);
    free(heap->timers);
    *heap = (struct timer_heap){ 0 };
}
