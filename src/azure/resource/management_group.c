/* SPDX-License-Identifier: Apache-2.0 */
/* The subscriptions below a management group. */
#include "azure/resource/management_group.h"

#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "base/cleanup.h"
#include "base/text.h"

struct listing {
    management_group_item *on_item;
    management_group_end *on_end;
    void *data;
};

static int
take_element(const struct listing *listing, const json_t *element,
             struct error *err)
{
    static const char prefix[] = "/subscriptions/";
    const json_t *properties = json_object_get(element, "properties");
    const char *name = arm_json_name(properties, "displayName");
    const char *id = json_string_value(json_object_get(element, "id"));

    if (id == NULL)
        return error_set(err, "one of its descendants has no id");
    if (!text_starts_with_ignoring_case(id, prefix))
        return 0;
    id += strlen(prefix);
    if (!text_is_uuid(id))
        return error_set(err, "one of its subscriptions has no usable id");
    return listing->on_item(id, name, listing->data, err);
}

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    const struct listing *listing = data;

    for (size_t i = 0; i < json_array_size(elements); i++)
        if (take_element(listing, json_array_get(elements, i), err) < 0)
            return -1;
    return 0;
}

static void
end(const struct arm_error *error, void *data)
{
    const struct listing listing = *(struct listing *) data;

    free(data);
    listing.on_end(error, listing.data);
}

int
management_group_list(struct arm *arm, const char *group,
                      management_group_item *on_item,
                      management_group_end *on_end, void *data,
                      struct error *err)
{
    AUTOFREE char *path = NULL;
    AUTOFREE struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL
        || asprintf(&path,
                    "/providers/Microsoft.Management/managementGroups/%s"
                    "/descendants?api-version=2023-04-01",
                    group)
               < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    *listing = (struct listing){ on_item, on_end, data };
    const struct arm_listing pages = {
        .path = path,
        .elsewhere = true, /* below the group, but not by their ids */
        .ceiling = &arm_list_of_many,
        .on_page = take_page,
        .on_end = end,
        .data = listing,
    };
    if (arm_list(arm, &pages, err) < 0)
        return -1;
    listing = NULL;
    return 0;
}
