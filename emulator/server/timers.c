/* SPDX-License-Identifier: Apache-2.0 */
/* Moments to wait for: a binary heap. */
#include "server/timers.h"

#include <stdbool.h>
#include <stdlib.h>

static bool
is_before(const struct timer *left, const struct timer *right)
{
    if (left->due != right->due)
        return left->due < right->due;
    return left->order < right->order;
}

static void
swap(struct timer *left, struct timer *right)
{
    const struct timer kept = *left;

    *left = *right;
    *right = kept;
}

int
timers_add(struct timers *timers, int64_t due, void *data)
{
    if (timers->count == timers->capacity) {
        const size_t capacity =
            timers->capacity == 0 ? 64 : timers->capacity * 2;
        struct timer *items =
            reallocarray(timers->items, capacity, sizeof(*items));
        if (items == NULL)
            return -1;
        timers->items = items;
        timers->capacity = capacity;
    }
    size_t at = timers->count++;
    timers->items[at] = (struct timer){ due, timers->added++, data };
    while (at > 0
           && is_before(&timers->items[at], &timers->items[(at - 1) / 2])) {
        swap(&timers->items[at], &timers->items[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    return 0;
}

int64_t
timers_next(const struct timers *timers)
{
    return timers->count > 0 ? timers->items[0].due : -1;
}

void *
timers_take(struct timers *timers, int64_t now)
{
    if (timers->count == 0 || timers->items[0].due > now)
        return NULL;
    return timers_take_any(timers);
}

void *
timers_take_any(struct timers *timers)
{
    size_t at = 0;

    if (timers->count == 0)
        return NULL;
    void *data = timers->items[0].data;
    timers->items[0] = timers->items[--timers->count];
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < timers->count
                && is_before(&timers->items[child], &timers->items[least]))
                least = child;
        if (least == at)
            return data;
        swap(&timers->items[at], &timers->items[least]);
        at = least;
    }
}

void
timers_done(struct timers *timers)
{
    free(timers->items);
    *timers = (struct timers){ .count = 0 };
}
