/* SPDX-License-Identifier: Apache-2.0 */
/* Subscriptions of which little more than the id is known. */
#include "control/value/subscription_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int
grow(struct subscription_set *set, struct error *err)
{
    if (set->count < set->capacity)
        return 0;
    if (set->count >= SUBSCRIPTION_SET_CEILING)
        return error_set(err, "there are more than %d subscriptions",
                         SUBSCRIPTION_SET_CEILING);
    const size_t capacity = set->capacity == 0 ? 256 : 2 * set->capacity;
    struct subscription_entry *grown =
        reallocarray(set->entries, capacity, sizeof(*grown));
    if (grown == NULL)
        return error_set_memory(err);
    set->entries = grown;
    set->capacity = capacity;
    return 0;
}

static char *
copy_lower(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text);

    for (char *letter = copy; letter != NULL && *letter != '\0'; letter++)
        if (*letter >= 'A' && *letter <= 'Z')
            *letter = (char) (*letter - 'A' + 'a');
    return copy;
}

int
subscription_set_add(struct subscription_set *set,
                     const struct subscription_entry *entry, struct error *err)
{
    if (grow(set, err) < 0)
        return -1;
    const bool named = entry->name != NULL && *entry->name != '\0';
    const struct subscription_entry made = {
        .id = copy_lower(set->arena, entry->id),
        .name = named ? arena_copy(set->arena, entry->name) : "",
        .sources = entry->sources,
        .origin = entry->origin,
        .position = (unsigned) set->count,
    };
    if (made.id == NULL || made.name == NULL)
        return error_set_memory(err);
    set->entries[set->count++] = made;
    return 0;
}

int
subscription_set_join(struct subscription_set *set,
                      const struct subscription_set *other,
                      const struct subscription_entry *common,
                      struct error *err)
{
    for (size_t i = 0; i < other->count; i++) {
        if (grow(set, err) < 0)
            return -1;
        set->entries[set->count] = (struct subscription_entry){
            .id = other->entries[i].id,
            .name = other->entries[i].name,
            .sources = common->sources,
            .origin = common->origin,
            .position = (unsigned) set->count,
        };
        set->count++;
    }
    return 0;
}

/* By id, and for one id in the order of adding. */
static int
compare(const void *left, const void *right)
{
    const struct subscription_entry *left_entry = left;
    const struct subscription_entry *right_entry = right;
    const int order = strcmp(left_entry->id, right_entry->id);

    if (order != 0)
        return order;
    return left_entry->position < right_entry->position
               ? -1
               : left_entry->position > right_entry->position;
}

static void
merge(struct subscription_entry *target,
      const struct subscription_entry *source)
{
    target->sources |= source->sources;
    target->seen = target->seen || source->seen;
    if (*target->name == '\0')
        target->name = source->name;
}

void
subscription_set_sort(struct subscription_set *set)
{
    size_t kept = 0;

    if (set->count > 1)
        qsort(set->entries, set->count, sizeof(*set->entries), compare);
    for (size_t i = 0; i < set->count; i++) {
        struct subscription_entry *entry = &set->entries[i];
        if (kept > 0 && strcmp(set->entries[kept - 1].id, entry->id) == 0)
            merge(&set->entries[kept - 1], entry);
        else
            set->entries[kept++] = *entry;
    }
    set->count = kept;
    for (size_t i = 0; i < kept; i++)
        set->entries[i].position = (unsigned) i;
}

struct subscription_entry *
subscription_set_find(const struct subscription_set *set, const char *id)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order =
            text_compare_ignoring_case(set->entries[middle].id, id);
        if (order == 0)
            return &set->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void
subscription_set_done(struct subscription_set *set)
{
    free(set->entries);
    *set = (struct subscription_set) SUBSCRIPTION_SET_INIT(set->arena);
}
