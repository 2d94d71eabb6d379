/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Resources/tenants: those that the caller's token is of. An
 * application lives in one. */
#include "arm/tenants.h"

#include "entra/authority.h"
#include "estate/estate.h"
#include "server/world.h"

void
tenants_list(struct exchange *exchange)
{
    const struct tenant *tenant =
        estate_find_tenant(exchange->world->estate, exchange->token->tenant);
    json_t *list = json_array();

    if (tenant != NULL)
        json_array_append_new(
            list,
            json_pack("{s:o, s:s, s:s, s:s, s:s, s:[s], s:s, s:s}", "id",
                      json_sprintf("/tenants/%s", tenant->id), "tenantId",
                      tenant->id, "countryCode", tenant->country,
                      "displayName", tenant->name, "tenantCategory", "Home",
                      "domains", tenant->domain, "defaultDomain",
                      tenant->domain, "tenantType", "AAD"));
    exchange_answer(exchange, 200, json_pack("{s:o}", "value", list));
}
