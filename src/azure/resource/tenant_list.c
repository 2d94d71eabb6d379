/* SPDX-License-Identifier: Apache-2.0 */
/* The tenants that the caller belongs to. */
#include "azure/resource/tenant_list.h"

#include <stdlib.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "base/cleanup.h"
#include "base/text.h"

struct listing {
    tenant_list_item *on_item;
    tenant_list_end *on_end;
    void *data;
};

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    const struct listing *listing = data;

    for (size_t i = 0; i < json_array_size(elements); i++) {
        const json_t *element = json_array_get(elements, i);
        const struct tenant tenant = {
            .id = json_string_value(json_object_get(element, "tenantId")),
            .name = arm_json_name(element, "displayName"),
            .domain =
                json_string_value(json_object_get(element, "defaultDomain")),
        };
        if (tenant.id != NULL && text_is_uuid(tenant.id)
            && listing->on_item(&tenant, listing->data, err) < 0)
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
tenant_list(struct arm *arm, tenant_list_item *on_item,
            tenant_list_end *on_end, void *data, struct error *err)
{
    AUTOFREE struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL)
        return error_set_memory(err);
    *listing = (struct listing){ on_item, on_end, data };
    const struct arm_listing pages = {
        .path = "/tenants?api-version=2022-12-01",
        .name = "tenantId",
        .ceiling = &arm_list_of_few,
        .on_page = take_page,
        .on_end = end,
        .data = listing,
    };
    if (arm_list(arm, &pages, err) < 0)
        return -1;
    listing = NULL;
    return 0;
}
