/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two runs. */
#include "control/past/drift.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"

static const char *const kind_names[DRIFT_KIND_COUNT] = {
    [DRIFT_BROKEN] = "broken",   [DRIFT_UNREADABLE] = "unreadable",
    [DRIFT_GONE] = "gone",       [DRIFT_NEW] = "new",
    [DRIFT_CHANGED] = "changed", [DRIFT_READABLE] = "readable",
    [DRIFT_FIXED] = "fixed",
};

const char *
drift_kind_name(enum drift_kind kind)
{
    return kind_names[kind];
}

const struct subscription *
drift_subscription(const struct drift_entry *entry)
{
    return entry->after != NULL ? &entry->after->subscription
                                : &entry->before->subscription;
}

/* One side of the comparison. */
struct side {
    const struct assessment **by_id; /* owned */
    size_t count;
    bool whole; /* what it does not list, is not there */
};

/* The entries found so far; they grow outside the arena, which could not give
 * back what they outgrew. */
struct collection {
    struct arena *arena;
    struct drift_entry *entries; /* owned */
    size_t count, capacity;
    size_t same;
};

static int
compare_ids(const void *left, const void *right)
{
    const struct assessment *left_side =
        *(const struct assessment *const *) left;
    const struct assessment *right_side =
        *(const struct assessment *const *) right;

    return strcmp(left_side->subscription.id, right_side->subscription.id);
}

static bool
is_whole(const struct run *run)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            return false;
    return run->complete && !run->interrupted;
}

static int
side_init(struct side *side, const struct run *run)
{
    side->by_id = calloc(run->assessment_count + 1, sizeof(const void *));
    if (side->by_id == NULL)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++)
        side->by_id[i] = &run->assessments[i];
    side->count = run->assessment_count;
    side->whole = is_whole(run);
    qsort(side->by_id, side->count, sizeof(*side->by_id), compare_ids);
    return 0;
}

static int
collection_add(struct collection *collection, const struct drift_entry *entry)
{
    if (collection->count == collection->capacity) {
        const size_t capacity =
            collection->capacity > 0 ? 2 * collection->capacity : 16;
        struct drift_entry *grown =
            reallocarray(collection->entries, capacity, sizeof(*grown));
        if (grown == NULL)
            return -1;
        collection->entries = grown;
        collection->capacity = capacity;
    }
    collection->entries[collection->count++] = *entry;
    return 0;
}

static bool
is_good(enum assessment_status status)
{
    return status == ASSESSMENT_COMPLIANT || status == ASSESSMENT_MUTED;
}

/* CHANGED where nothing stronger can be said. */
static enum drift_kind
kind_of(enum assessment_status before, enum assessment_status after)
{
    if (before == after)
        return DRIFT_CHANGED;
    if (after == ASSESSMENT_UNKNOWN)
        return DRIFT_UNREADABLE;
    if (before == ASSESSMENT_UNKNOWN)
        return DRIFT_READABLE;
    if (is_good(before) && after == ASSESSMENT_NON_COMPLIANT)
        return DRIFT_BROKEN;
    if (before == ASSESSMENT_NON_COMPLIANT && is_good(after))
        return DRIFT_FIXED;
    return DRIFT_CHANGED;
}

static const struct finding *
finding_on(const struct assessment *assessment,
           const struct requirement *requirement)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].requirement == requirement)
            return &assessment->findings[i];
    return NULL;
}

static bool
same_finding(const struct finding *before, const struct finding *after)
{
    if (before == NULL || after == NULL)
        return before == after;
    return before->status == after->status && before->reason == after->reason;
}

/* Whether its findings say something, each for itself. */
static bool
was_judged(const struct assessment *assessment)
{
    return assessment->status != ASSESSMENT_NOT_APPLICABLE
           && assessment->reading.kind != CONTACT_READING_FAILED;
}

static int
compare_findings(struct drift_entry *entry, struct arena *arena)
{
    if (!was_judged(entry->before) || !was_judged(entry->after))
        return 0;
    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct requirement *requirement = &requirement_table[i];
        const struct finding *before = finding_on(entry->before, requirement);
        const struct finding *after = finding_on(entry->after, requirement);
        if (same_finding(before, after))
            continue;
        if (entry->findings == NULL)
            entry->findings = arena_allocate_array(
                arena, requirement_table_length - i, sizeof(*entry->findings));
        if (entry->findings == NULL)
            return -1;
        entry->findings[entry->finding_count++] =
            (struct drift_finding){ requirement, before, after };
    }
    return 0;
}

/* Both runs have the subscription. */
static int
add_pair(struct collection *collection, const struct assessment *before,
         const struct assessment *after)
{
    struct drift_entry entry = { .kind =
                                     kind_of(before->status, after->status),
                                 .before = before,
                                 .after = after };

    if (drift_field_compare(before, after, collection->arena, &entry.fields,
                            &entry.field_count)
            < 0
        || compare_findings(&entry, collection->arena) < 0)
        return -1;
    if (before->status == after->status && before->reach == after->reach
        && entry.field_count == 0 && entry.finding_count == 0) {
        collection->same++;
        return 0;
    }
    return collection_add(collection, &entry);
}

static int
add_single(struct collection *collection, const struct assessment *before,
           const struct assessment *after, bool other_is_whole)
{
    const enum drift_kind sure = after == NULL ? DRIFT_GONE : DRIFT_NEW;
    const enum drift_kind unsure =
        after == NULL ? DRIFT_UNREADABLE : DRIFT_READABLE;
    const struct drift_entry entry = { .kind = other_is_whole ? sure : unsure,
                                       .before = before,
                                       .after = after };

    return collection_add(collection, &entry);
}

static int
merge(struct collection *collection, const struct side *before,
      const struct side *after)
{
    size_t left = 0, right = 0;

    while (left < before->count || right < after->count) {
        int order = left == before->count ? 1 : -1;
        int added;
        if (left < before->count && right < after->count)
            order = compare_ids(&before->by_id[left], &after->by_id[right]);
        if (order == 0)
            added = add_pair(collection, before->by_id[left++],
                             after->by_id[right++]);
        else if (order < 0)
            added = add_single(collection, before->by_id[left++], NULL,
                               after->whole);
        else
            added = add_single(collection, NULL, after->by_id[right++],
                               before->whole);
        if (added < 0)
            return -1;
    }
    return 0;
}

static int
compare_entries(const void *left, const void *right)
{
    const struct drift_entry *left_entry = left;
    const struct drift_entry *right_entry = right;

    if (left_entry->kind != right_entry->kind)
        return left_entry->kind < right_entry->kind ? -1 : 1;
    return subscription_compare(drift_subscription(left_entry),
                                drift_subscription(right_entry));
}

/* Puts the collection into its order, and into the arena. */
static int
conclude(const struct collection *collection, struct drift *drift)
{
    drift->same = collection->same;
    drift->entry_count = collection->count;
    if (collection->count == 0)
        return 0;
    qsort(collection->entries, collection->count, sizeof(*collection->entries),
          compare_entries);
    drift->entries = arena_allocate_array(collection->arena, collection->count,
                                          sizeof(*drift->entries));
    if (drift->entries == NULL)
        return -1;
    memcpy(drift->entries, collection->entries,
           collection->count * sizeof(*drift->entries));
    for (size_t i = 0; i < drift->entry_count; i++)
        drift->counts[drift->entries[i].kind]++;
    return 0;
}

int
drift_make(const struct run *before, const struct run *after,
           struct arena *arena, struct drift *ret_drift, struct error *err)
{
    struct side left = { 0 }, right = { 0 };
    struct collection collection = { .arena = arena };
    struct drift drift = {
        .before = before,
        .after = after,
        .other_profile =
            strcmp(before->profile->name, after->profile->name) != 0,
    };
    const bool made = side_init(&left, before) == 0
                      && side_init(&right, after) == 0
                      && merge(&collection, &left, &right) == 0
                      && conclude(&collection, &drift) == 0;

    free(left.by_id);
    free(right.by_id);
    free(collection.entries);
    if (!made)
        return error_set_memory(err);
    *ret_drift = drift;
    return 0;
}
