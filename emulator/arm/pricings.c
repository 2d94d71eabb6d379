/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/pricings: Defender's plans. */
#include "arm/pricings.h"

#include "arm/arm_error.h"
#include "arm/provider.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "estate/estate.h"

/* Those that the estate's "defenderPlan" switches on, and those that it does
 * not. */
static const struct plan {
    const char *name;
    bool switched;
} plans[] = {
    { "VirtualMachines", true },
    { "SqlServers", true },
    { "AppServices", false },
    { "StorageAccounts", true },
    { "KeyVaults", true },
    { "Arm", true },
    { "OpenSourceRelationalDatabases", false },
    { "CosmosDbs", false },
    { "Containers", true },
    { "CloudPosture", false },
};

static json_t *
pricing(const struct exchange *exchange, const struct plan *plan)
{
    const struct subscription *subscription = exchange->subscription;
    const bool standard = plan->switched && subscription->paid;

    return json_pack(
        "{s:o, s:s, s:s, s:{s:s, s:s}}", "id",
        json_sprintf("/subscriptions/%s/providers/Microsoft.Security/"
                     "pricings/%s",
                     subscription->id, plan->name),
        "name", plan->name, "type", "Microsoft.Security/pricings",
        "properties", "pricingTier", standard ? "Standard" : "Free",
        "freeTrialRemainingTime", "PT0S");
}

void
pricings_list(struct exchange *exchange)
{
    json_t *list = json_array();

    provider_headers(exchange);
    if (!provider_require_registration(exchange)) {
        json_decref(list);
        return;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(plans); i++)
        json_array_append_new(list, pricing(exchange, &plans[i]));
    exchange_answer(exchange, 200, json_pack("{s:o}", "value", list));
}

void
pricings_get(struct exchange *exchange)
{
    const char *name = exchange->parameters[1];

    provider_headers(exchange);
    if (!provider_require_registration(exchange))
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(plans); i++)
        if (text_equal_ignoring_case(plans[i].name, name)) {
            exchange_answer(exchange, 200, pricing(exchange, &plans[i]));
            return;
        }
    arm_provider_refuse(exchange, 404, "ResourceNotFound",
                        "The pricing '%s' could not be found.", name);
}
