/* SPDX-License-Identifier: Apache-2.0 */
/* What only all tenants of a run together can tell. */
#include "engine/check/tenant_reconcile.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"

static bool
is_whole(const struct tenant_reconcile *tenant_reconcile)
{
    bool whole = tenant_reconcile->lost == 0;

    for (size_t i = 0; i < tenant_reconcile->count; i++)
        whole = whole && tenant_check_whole(tenant_reconcile->checks[i]);
    return whole;
}

/* Calls for each subscription listed by each check. */
static int
listed_each(const struct tenant_reconcile *tenant_reconcile,
            int (*call)(const struct tenant_reconcile *tenant_reconcile,
                        size_t index, const struct subscription *subscription,
                        void *data, struct error *err),
            void *data, struct error *err)
{
    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        size_t count;
        const struct subscription *const *listed =
            tenant_check_listed(tenant_reconcile->checks[i], &count);
        for (size_t j = 0; j < count; j++)
            if (call(tenant_reconcile, i, listed[j], data, err) < 0)
                return -1;
    }
    return 0;
}

/* Any tenant's list shows what another one expects. */
static int
see(const struct tenant_reconcile *tenant_reconcile, size_t index,
    const struct subscription *subscription, void *data, struct error *err)
{
    (void) index;
    (void) data;
    (void) err;
    for (size_t i = 0; i < tenant_reconcile->count; i++)
        tenant_check_see(tenant_reconcile->checks[i], subscription);
    return 0;
}

static void
count(const struct tenant_reconcile *tenant_reconcile,
      const struct subscription *subscription)
{
    for (size_t i = 0; i < tenant_reconcile->count; i++)
        tenant_check_count(tenant_reconcile->checks[i], subscription->id);
}

/* Owned ones are taken by their check; here they are counted. */
static int
count_owned(const struct tenant_reconcile *tenant_reconcile, size_t index,
            const struct subscription *subscription, void *data,
            struct error *err)
{
    const struct tenant_check *check = tenant_reconcile->checks[index];

    (void) data;
    (void) err;
    if (tenant_check_owns(check, subscription)
        && tenant_check_selects(check, subscription))
        count(tenant_reconcile, subscription);
    return 0;
}

/* All that there is, whoever says so. */
static int
verify(const struct tenant_reconcile *tenant_reconcile, struct error *err)
{
    struct expected_subscriptions_missing missing;
    size_t total = 0, unseen_count = 0, known_count = 0;

    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        size_t index = 0, listed;
        (void) tenant_check_listed(tenant_reconcile->checks[i], &listed);
        total += listed;
        while (tenant_check_next_missing(tenant_reconcile->checks[i], &index,
                                         &missing))
            total++;
    }
    AUTOFREE struct subscription *unseen = calloc(total + 1, sizeof(*unseen));
    AUTOFREE const struct subscription **known =
        calloc(total + 1, sizeof(struct subscription *));
    if (unseen == NULL || known == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        size_t index = 0, listed_count;
        const struct subscription *const *listed =
            tenant_check_listed(tenant_reconcile->checks[i], &listed_count);
        for (size_t j = 0; j < listed_count; j++)
            known[known_count++] = listed[j];
        while (tenant_check_next_missing(tenant_reconcile->checks[i], &index,
                                         &missing)) {
            unseen[unseen_count] = missing.subscription;
            known[known_count++] = &unseen[unseen_count++];
        }
    }
    return tenant_check_verify(tenant_reconcile->checks[0], known, known_count,
                               err);
}

/* What several expect and nobody lists is missed by the first alone. */
static void
share_missing(const struct tenant_reconcile *tenant_reconcile)
{
    struct expected_subscriptions_missing missing;

    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        size_t index = 0;
        while (tenant_check_next_missing(tenant_reconcile->checks[i], &index,
                                         &missing))
            for (size_t j = i + 1; j < tenant_reconcile->count; j++)
                tenant_check_see(tenant_reconcile->checks[j],
                                 &missing.subscription);
    }
}

/* Subscriptions by id, for what is to be done once with each. */
struct seen_twice {
    struct subscription_set owned;   /* by a check that lists them */
    struct subscription_set foreign; /* to a check that lists them */
};

static int
sort_owner(const struct tenant_reconcile *tenant_reconcile, size_t index,
           const struct subscription *subscription, void *data,
           struct error *err)
{
    struct seen_twice *twice = data;
    const struct subscription_entry entry = { .id = subscription->id,
                                              .origin = (unsigned) index };
    const bool owned =
        tenant_check_owns(tenant_reconcile->checks[index], subscription);

    return subscription_set_add(owned ? &twice->owned : &twice->foreign,
                                &entry, err);
}

/* Whether the subscription's own tenant is one of the run's. */
static bool
is_ours(const struct tenant_reconcile *tenant_reconcile,
        const struct subscription *subscription)
{
    for (size_t i = 0; i < tenant_reconcile->count; i++)
        if (text_equal_ignoring_case(
                tenant_check_id(tenant_reconcile->checks[i]),
                subscription->tenant_id))
            return true;
    return false;
}

/* What a check lists and does not own: adopted by the first that lists it,
 * where its owner cannot see it; else left out. */
static int
place_foreign(const struct tenant_reconcile *tenant_reconcile, size_t index,
              const struct subscription *subscription, void *data,
              struct error *err)
{
    const struct seen_twice *twice = data;
    struct tenant_check *check = tenant_reconcile->checks[index];

    if (tenant_check_owns(check, subscription)
        || subscription_set_find(&twice->owned, subscription->id) != NULL)
        return 0;
    struct subscription_entry *entry =
        subscription_set_find(&twice->foreign, subscription->id);
    if (entry == NULL || entry->seen)
        return 0;
    entry->seen = true;
    if (!is_ours(tenant_reconcile, subscription)) {
        tenant_check_leave_out(check, subscription);
        return 0;
    }
    if (tenant_check_selects(check, subscription))
        count(tenant_reconcile, subscription);
    return tenant_check_adopt(check, subscription, err);
}

static int
find_foreign(const struct tenant_reconcile *tenant_reconcile, size_t index,
             const struct subscription *subscription, void *data,
             struct error *err)
{
    bool *found = data;

    (void) err;
    *found =
        *found
        || !tenant_check_owns(tenant_reconcile->checks[index], subscription);
    return 0;
}

static int
place(const struct tenant_reconcile *tenant_reconcile, struct error *err)
{
    bool needed = false;

    (void) listed_each(tenant_reconcile, find_foreign, &needed, err);
    if (!needed)
        return 0;
    struct arena *arena = arena_new();
    struct seen_twice twice = { SUBSCRIPTION_SET_INIT(arena),
                                SUBSCRIPTION_SET_INIT(arena) };
    int result = arena != NULL ? 0 : error_set_memory(err);

    if (result == 0)
        result = listed_each(tenant_reconcile, sort_owner, &twice, err);
    subscription_set_sort(&twice.owned);
    subscription_set_sort(&twice.foreign);
    if (result == 0)
        result = listed_each(tenant_reconcile, place_foreign, &twice, err);
    subscription_set_done(&twice.owned);
    subscription_set_done(&twice.foreign);
    arena_free(arena);
    return result;
}

int
tenant_reconcile_make(const struct tenant_reconcile *tenant_reconcile,
                      struct error *err)
{
    const bool whole = is_whole(tenant_reconcile);

    if (tenant_reconcile->count == 0)
        return 0;
    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        tenant_check_sort(tenant_reconcile->checks[i]);
        if (!whole)
            tenant_check_doubt_list(tenant_reconcile->checks[i]);
    }
    if (listed_each(tenant_reconcile, see, NULL, err) < 0
        || (whole && verify(tenant_reconcile, err) < 0))
        return -1;
    share_missing(tenant_reconcile);
    if (listed_each(tenant_reconcile, count_owned, NULL, err) < 0
        || place(tenant_reconcile, err) < 0)
        return -1;
    for (size_t i = 0; i < tenant_reconcile->count; i++)
        if (tenant_check_settle(tenant_reconcile->checks[i], err) < 0)
            return -1;
    return 0;
}

struct coverage
tenant_reconcile_coverage(const struct tenant_reconcile *tenant_reconcile)
{
    struct coverage all = { .known = tenant_reconcile->lost == 0 };
    bool listed = false;

    if (tenant_reconcile->lost > 0)
        all.reason = COVERAGE_REASON_LIST_INCOMPLETE;
    for (size_t i = 0; i < tenant_reconcile->count; i++) {
        const struct coverage one =
            tenant_check_coverage(tenant_reconcile->checks[i]);
        all.known = all.known && one.known;
        all.sources |= one.sources;
        all.expected += one.expected;
        all.not_visible += one.not_visible;
        listed = listed || (one.sources & COVERAGE_SOURCE_FILE) != 0;
        if (all.reason == COVERAGE_REASON_NONE) {
            all.reason = one.reason;
            all.detail = one.detail;
        }
    }
    /* A list of the user's speaks for all tenants. */
    if (listed && is_whole(tenant_reconcile))
        all.known = true;
    if (all.known) {
        all.reason = COVERAGE_REASON_NONE;
        all.detail = NULL;
    }
    return all;
}
