/* SPDX-License-Identifier: Apache-2.0 */
/* The management groups that ARM shows to the caller. */
#include "azure/resource/management_group_list.h"

#include <stdlib.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "base/cleanup.h"

static const char path[] =
    "/providers/Microsoft.Management/managementGroups?api-version=2023-04-01";

struct listing {
    management_group_list_item *on_item;
    management_group_list_end *on_end;
    void *data;
};

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    const struct listing *listing = data;

    for (size_t i = 0; i < json_array_size(elements); i++) {
        const json_t *element = json_array_get(elements, i);
        const char *id = json_string_value(json_object_get(element, "name"));
        const char *name = arm_json_name(
            json_object_get(element, "properties"), "displayName");
        if (id != NULL && listing->on_item(id, name, listing->data, err) < 0)
            return -1;
    }
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
management_group_list_read(struct arm *arm,
                           management_group_list_item *on_item,
                           management_group_list_end *on_end, void *data,
                           struct error *err)
{
    AUTOFREE struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL)
        return error_set_memory(err);
    *listing = (struct listing){ on_item, on_end, data };
    const struct arm_listing pages = { .path = path,
                                       .ceiling = &arm_list_of_many,
                                       .on_page = take_page,
                                       .on_end = end,
                                       .data = listing };
    if (arm_list(arm, &pages, err) < 0)
        return -1;
    listing = NULL;
    return 0;
}
