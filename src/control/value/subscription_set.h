/* SPDX-License-Identifier: Apache-2.0 */
/* Subscriptions of which little more than the id is known, each once. */
#ifndef PIKET_CONTROL_VALUE_SUBSCRIPTION_SET_H
#define PIKET_CONTROL_VALUE_SUBSCRIPTION_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Ten times the largest estates that are known of. */
enum { SUBSCRIPTION_SET_CEILING = 1000 * 1000 };

struct subscription_entry {
    const char *id;    /* a UUID, in lower case */
    const char *name;  /* never NULL, may be "": hostile, as Azure's is */
    unsigned sources;  /* bits of the caller's, of all that named it */
    unsigned origin;   /* a number of the caller's, of the first that did */
    unsigned position; /* in the order in which they were added */
    bool seen;         /* the caller's mark */
};

struct subscription_set {
    struct arena *arena; /* borrowed: of the texts */
    struct subscription_entry *entries;
    size_t count, capacity;
};

/* A set that is released at the end of its scope. */
#define AUTOSUBSCRIPTION_SET \
    __attribute__((cleanup(subscription_set_done))) struct subscription_set

#define SUBSCRIPTION_SET_INIT(arena_) \
    {                                 \
        .arena = (arena_)             \
    }

/* Adds what entry names; its texts are copied. The id is a UUID in any
 * letter case, the name may be NULL, position and seen are not looked at.
 * May be done until subscription_set_sort, and after it again. */
int subscription_set_add(struct subscription_set *set,
                         const struct subscription_entry *entry,
                         struct error *err);

/* Adds all of another set, whose texts are not copied: they outlive this
 * one. Sources and origin are those of common. */
int subscription_set_join(struct subscription_set *set,
                          const struct subscription_set *other,
                          const struct subscription_entry *common,
                          struct error *err);

/* Orders by id, and makes one of those with the same id: all sources, the
 * first origin, the first name that is not empty. */
void subscription_set_sort(struct subscription_set *set);

/* In any letter case; the set has been sorted. NULL where there is none. */
struct subscription_entry *subscription_set_find(
    const struct subscription_set *set, const char *id);

/* Releases the entries, not the arena. */
void subscription_set_done(struct subscription_set *set);

#endif
