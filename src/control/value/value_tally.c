/* SPDX-License-Identifier: Apache-2.0 */
/* How many contacts use a value. */
#include "control/value/value_tally.h"

#include <stdlib.h>
#include <string.h>

struct value_tally_entry {
    const char *text;
    size_t contact;
    value_tally_compare *compare; /* for qsort, which hands on no data */
};

int
value_tally_add(struct value_tally *tally, const char *text, size_t contact,
                struct error *err)
{
    if (tally->count == tally->capacity) {
        const size_t capacity =
            tally->capacity == 0 ? 64 : 2 * tally->capacity;
        struct value_tally_entry *grown =
            reallocarray(tally->entries, capacity, sizeof(*grown));
        if (grown == NULL)
            return error_set_memory(err);
        tally->entries = grown;
        tally->capacity = capacity;
    }
    tally->entries[tally->count++] =
        (struct value_tally_entry){ text, contact, tally->compare };
    return 0;
}

/* By value, and for one value by contact, so that the first of each can be
 * told whatever qsort does. */
static int
compare_entries(const void *left, const void *right)
{
    const struct value_tally_entry *first = left, *second = right;
    const int order = first->compare(first->text, second->text);

    if (order != 0)
        return order;
    if (first->contact != second->contact)
        return first->contact < second->contact ? -1 : 1;
    return strcmp(first->text, second->text);
}

/* What stands at the same place among the values, ranked by use. */
struct ranked {
    struct value_use use;
    size_t place;
};

static int
compare_ranked(const void *left, const void *right)
{
    const struct ranked *first = left, *second = right;

    if (first->use.contacts != second->use.contacts)
        return first->use.contacts > second->use.contacts ? -1 : 1;
    return first->place < second->place ? -1 : 1;
}

/* Counts the sorted entries into ranked, which has room for all of them. */
static size_t
count_values(const struct value_tally *tally, struct ranked *ranked)
{
    size_t count = 0;

    for (size_t i = 0; i < tally->count; i++) {
        const struct value_tally_entry *entry = &tally->entries[i];
        if (i == 0 || entry->compare(entry[-1].text, entry->text) != 0) {
            ranked[count] = (struct ranked){ { entry->text, 1 }, count };
            count++;
        } else if (entry[-1].contact != entry->contact) {
            ranked[count - 1].use.contacts++;
        }
    }
    return count;
}

int
value_tally_rank(struct value_tally *tally, struct arena *arena,
                 struct value_use **ret_uses, size_t *ret_count,
                 struct error *err)
{
    struct ranked *ranked =
        arena_allocate_array(arena, tally->count + 1, sizeof(*ranked));
    struct value_use *uses =
        arena_allocate_array(arena, tally->count + 1, sizeof(*uses));

    if (ranked == NULL || uses == NULL)
        return error_set_memory(err);
    if (tally->count > 0)
        qsort(tally->entries, tally->count, sizeof(*tally->entries),
              compare_entries);
    const size_t count = count_values(tally, ranked);
    if (count > 0)
        qsort(ranked, count, sizeof(*ranked), compare_ranked);
    for (size_t i = 0; i < count; i++)
        uses[i] = ranked[i].use;
    *ret_uses = uses;
    *ret_count = count;
    return 0;
}

void
value_tally_done(struct value_tally *tally)
{
    free(tally->entries);
    *tally = (struct value_tally) VALUE_TALLY_INIT(tally->compare);
}
