/* SPDX-License-Identifier: Apache-2.0 */
/* What this Azure holds, and how it is found. */
#include "estate/estate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PAGE_SIZE_DEFAULT = 1000 };

const char *const estate_states[] = { "Enabled",  "Warned",  "PastDue",
                                      "Disabled", "Deleted", NULL };
const char *const estate_accesses[] = { "write", "read", "none", NULL };
const char *const estate_assignments[] = { "none", "system", "user", NULL };
const char *const estate_locks[] = { "None", "CanNotDelete", "ReadOnly",
                                     NULL };
const char *const estate_registrations[] = { "Registered", "NotRegistered",
                                             "Registering", NULL };
const char *const estate_list_shapes[] = { "array", "value", NULL };

struct estate *
estate_new(void)
{
    struct estate *estate = calloc(1, sizeof(*estate));

    if (estate == NULL)
        return NULL;
    estate->arena = arena_new();
    if (estate->arena == NULL) {
        free(estate);
        return NULL;
    }
    estate->location = "westeurope";
    estate->page_size = PAGE_SIZE_DEFAULT;
    estate->put_status_2017 = 200;
    estate->registration_reads = 1;
    return estate;
}

void
estate_free(struct estate *estate)
{
    if (estate == NULL)
        return;
    for (size_t i = 0; i < estate->subscription_count; i++) {
        contacts_done(&estate->subscriptions[i].contacts);
        contacts_done(&estate->subscriptions[i].pending.contacts);
    }
    free(estate->subscriptions);
    free(estate->index);
    arena_free(estate->arena);
    free(estate);
}

int
estate_reserve(struct estate *estate, size_t tenants, size_t groups,
               size_t subscriptions, struct error *err)
{
    if (subscriptions > ESTATE_SUBSCRIPTIONS_MAXIMUM)
        return error_set(err, "more than %d subscriptions",
                         ESTATE_SUBSCRIPTIONS_MAXIMUM);
    estate->tenants =
        arena_allocate_array(estate->arena, tenants, sizeof(*estate->tenants));
    estate->groups =
        arena_allocate_array(estate->arena, groups, sizeof(*estate->groups));
    estate->subscriptions =
        calloc(subscriptions + 1, sizeof(*estate->subscriptions));
    if (estate->tenants == NULL || estate->groups == NULL
        || estate->subscriptions == NULL)
        return error_set_memory(err);
    estate->tenant_count = tenants;
    estate->group_count = groups;
    estate->subscription_count = subscriptions;
    return 0;
}

/* FNV-1a over the lower-case id. */
static size_t
hash(const char *id)
{
    uint64_t value = 14695981039346656037U;

    for (; *id != '\0'; id++) {
        value ^= (uint64_t) tolower((unsigned char) *id);
        value *= 1099511628211U;
    }
    return (size_t) (value ^ (value >> 32));
}

/* The slot that holds id, or the free one where it belongs. */
static uint32_t *
slot_of(const struct estate *estate, const char *id)
{
    size_t slot = hash(id) & (estate->index_size - 1);

    while (estate->index[slot] != 0
           && !text_equal_ignoring_case(
               estate->subscriptions[estate->index[slot] - 1].id, id))
        slot = (slot + 1) & (estate->index_size - 1);
    return &estate->index[slot];
}

int
estate_index(struct estate *estate, struct error *err)
{
    size_t size = 16;

    while (size < estate->subscription_count * 2)
        size *= 2;
    free(estate->index);
    estate->index = calloc(size, sizeof(*estate->index));
    estate->index_size = size;
    if (estate->index == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < estate->subscription_count; i++) {
        uint32_t *slot = slot_of(estate, estate->subscriptions[i].id);
        if (*slot != 0)
            return error_set(err, "subscription %s occurs twice",
                             estate->subscriptions[i].id);
        *slot = (uint32_t) i + 1;
    }
    return 0;
}

struct subscription *
estate_find_subscription(const struct estate *estate, const char *id)
{
    const uint32_t found = *slot_of(estate, id);

    return found != 0 ? &estate->subscriptions[found - 1] : NULL;
}

const struct tenant *
estate_find_tenant(const struct estate *estate, const char *id_or_domain)
{
    for (size_t i = 0; i < estate->tenant_count; i++)
        if (text_equal_ignoring_case(estate->tenants[i].id, id_or_domain)
            || text_equal_ignoring_case(estate->tenants[i].domain,
                                        id_or_domain))
            return &estate->tenants[i];
    return NULL;
}

const struct client *
tenant_find_client(const struct tenant *tenant, const char *id)
{
    for (size_t i = 0; i < tenant->client_count; i++)
        if (text_equal_ignoring_case(tenant->clients[i].id, id))
            return &tenant->clients[i];
    return NULL;
}

const struct group *
estate_find_group(const struct estate *estate, const char *id)
{
    for (size_t i = 0; i < estate->group_count; i++)
        if (text_equal_ignoring_case(estate->groups[i].id, id))
            return &estate->groups[i];
    return NULL;
}

bool
subscription_is_for(const struct subscription *subscription,
                    const char *tenant)
{
    const char **manager = subscription->managers;

    if (strcmp(subscription->tenant->id, tenant) == 0)
        return true;
    for (; manager != NULL && *manager != NULL; manager++)
        if (strcmp(*manager, tenant) == 0)
            return true;
    return false;
}

bool
estate_has_api_version(const struct estate *estate, const char *version)
{
    if (estate->api_versions == NULL)
        return true;
    for (size_t i = 0; estate->api_versions[i] != NULL; i++)
        if (text_equal_ignoring_case(estate->api_versions[i], version))
            return true;
    return false;
}
