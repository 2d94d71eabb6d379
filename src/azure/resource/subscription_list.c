/* SPDX-License-Identifier: Apache-2.0 */
/* The subscriptions that ARM shows to the caller. */
#include "azure/resource/subscription_list.h"

#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "base/text.h"
#include "control/value/subscription_set.h"

static const char path[] = "/subscriptions?api-version=2022-12-01";

struct listing {
    struct arena *arena;
    subscription_list_item *on_item;
    subscription_list_end *on_end;
    void *data;
    json_t *seen; /* the state of each id, by id; at most
                     SUBSCRIPTION_SET_CEILING */
    size_t strange;
};

static void
listing_free(struct listing *listing)
{
    json_decref(listing->seen);
    free(listing);
}

/* "/subscriptions/{id}" where there is no subscriptionId, as in the oldest
 * API versions. */
static const char *
find_id(const json_t *element)
{
    static const char prefix[] = "/subscriptions/";
    const char *id =
        json_string_value(json_object_get(element, "subscriptionId"));

    if (id != NULL)
        return id;
    id = json_string_value(json_object_get(element, "id"));
    if (id != NULL && text_starts_with_ignoring_case(id, prefix))
        return id + sizeof(prefix) - 1;
    return NULL;
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

/* A member's text, "" where it has none. */
static const char *
text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));

    return text != NULL ? text : "";
}

static int
decode(const json_t *element, const char *id, struct arena *arena,
       struct subscription *ret_subscription)
{
    const json_t *policies = json_object_get(element, "subscriptionPolicies");
    const char *quota =
        json_string_value(json_object_get(policies, "quotaId"));
    const char *tenant = text_of(element, "tenantId");
    const struct subscription made = {
        .id = copy_lower(arena, id),
        .name = arena_copy(arena, arm_json_name(element, "displayName")),
        .tenant_id = copy_lower(arena, text_is_uuid(tenant) ? tenant : ""),
        .state = arena_copy(arena, text_of(element, "state")),
        .quota_id = arena_copy(arena, quota),
    };

    if (made.id == NULL || made.name == NULL || made.tenant_id == NULL
        || made.state == NULL || (quota != NULL && made.quota_id == NULL))
        return -1;
    *ret_subscription = made;
    return 0;
}

static int
take_element(struct listing *listing, const json_t *element, struct error *err)
{
    struct subscription subscription;
    const char *id = find_id(element);

    /* The id goes into a path: nothing but a UUID may. */
    if (!text_is_uuid(id)) {
        listing->strange++;
        return 0;
    }
    if (decode(element, id, listing->arena, &subscription) < 0)
        return error_set_memory(err);
    const json_t *seen = json_object_get(listing->seen, subscription.id);
    if (seen != NULL) {
        /* Repeated, as pages shift; but it may not say something else. */
        if (strcmp(json_string_value(seen), subscription.state) != 0)
            listing->strange++;
        return 0;
    }
    if (json_object_size(listing->seen) >= SUBSCRIPTION_SET_CEILING)
        return error_set(err, "there are more than %d subscriptions",
                         SUBSCRIPTION_SET_CEILING);
    if (json_object_set_new(listing->seen, subscription.id,
                            json_string(subscription.state))
        < 0)
        return error_set_memory(err);
    return listing->on_item(&subscription, listing->data, err);
}

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    for (size_t i = 0; i < json_array_size(elements); i++)
        if (take_element(data, json_array_get(elements, i), err) < 0)
            return -1;
    return 0;
}

static void
end(const struct arm_error *error, void *data)
{
    struct listing listing = *(struct listing *) data;

    listing_free(data);
    listing.on_end(error, listing.strange, listing.data);
}

int
subscription_list(struct arm *arm, struct arena *arena,
                  subscription_list_item *on_item,
                  subscription_list_end *on_end, void *data, struct error *err)
{
    struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL || (listing->seen = json_object()) == NULL) {
        free(listing);
        return error_set_memory(err);
    }
    listing->arena = arena;
    listing->on_item = on_item;
    listing->on_end = on_end;
    listing->data = data;
    const struct arm_listing pages = {
        .path = path,
        .name = "subscriptionId",
        .ceiling = &arm_list_of_many,
        .on_page = take_page,
        .on_end = end,
        .data = listing,
    };
    if (arm_list(arm, &pages, err) < 0) {
        listing_free(listing);
        return -1;
    }
    return 0;
}
