/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Resources: subscriptions. */
#include "arm/subscriptions.h"

#include <string.h>

#include "arm/page.h"
#include "base/cleanup.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "json/text.h"
#include "server/world.h"

static void
append_member(struct buffer *target, const char *name, const char *value)
{
    buffer_printf(target, ",\"%s\":", name);
    json_text_string(target, value);
}

static void
append_managers(const struct subscription *subscription, struct buffer *target)
{
    const char **manager = subscription->managers;

    buffer_append_text(target, ",\"managedByTenants\":[");
    for (; manager != NULL && *manager != NULL; manager++) {
        buffer_append_text(target, manager > subscription->managers
                                       ? ",{\"tenantId\":"
                                       : "{\"tenantId\":");
        json_text_string(target, *manager);
        buffer_append_text(target, "}");
    }
    buffer_append_text(target, "]");
}

/* tenantId, managedByTenants and tags came after 2016-06-01. */
static void
append_subscription(const struct exchange *exchange,
                    const struct subscription *subscription,
                    struct buffer *target)
{
    const bool early = strcmp(exchange->api_version, "2019-06-01") < 0;

    buffer_printf(target, "{\"id\":\"/subscriptions/%s\"", subscription->id);
    append_member(target, "subscriptionId", subscription->id);
    append_member(target, "displayName", subscription->name);
    append_member(target, "state", estate_states[subscription->state]);
    if (!early) {
        append_member(target, "tenantId", subscription->tenant->id);
        append_managers(subscription, target);
    }
    buffer_append_text(target,
                       ",\"subscriptionPolicies\":{\"locationPlacementId\":"
                       "\"Public_2014-09-01\"");
    append_member(target, "quotaId", subscription->quota_id);
    append_member(target, "spendingLimit", subscription->spending_limit);
    buffer_append_text(target, "},\"authorizationSource\":\"RoleBased\"}");
}

static bool
is_listed(const struct exchange *exchange,
          const struct subscription *subscription)
{
    return !subscription->unlisted
           && subscription_is_for(subscription, exchange->token->tenant);
}

void
subscriptions_list(struct exchange *exchange)
{
    const struct estate *estate = exchange->world->estate;
    struct buffer *body = &exchange->answer.body;
    uint64_t count = 0;
    size_t next;

    if (!page_start(exchange, &next))
        return;
    buffer_append_text(body, "{\"value\":[");
    for (; next < estate->subscription_count && count < estate->page_size;
         next++) {
        if (!is_listed(exchange, &estate->subscriptions[next]))
            continue;
        buffer_append_text(body, count++ > 0 ? "," : "");
        append_subscription(exchange, &estate->subscriptions[next], body);
    }
    while (next < estate->subscription_count
           && !is_listed(exchange, &estate->subscriptions[next]))
        next++;
    buffer_append_text(body, "]");
    if (next < estate->subscription_count)
        append_member(body, "nextLink", page_link(exchange, next));
    buffer_printf(body, ",\"count\":{\"type\":\"Total\",\"value\":%zu}",
                  (size_t) count);
    exchange_answer_text(exchange, 200, "}");
}

void
subscriptions_get(struct exchange *exchange)
{
    append_subscription(exchange, exchange->subscription,
                        &exchange->answer.body);
    exchange_answer_text(exchange, 200, "");
}

static const struct {
    const char *name;
    const char *display;
    const char *latitude;
    const char *longitude;
    const char *paired;
} locations[] = {
    { "westeurope", "West Europe", "52.3667", "4.9", "northeurope" },
    { "northeurope", "North Europe", "53.3478", "-6.2597", "westeurope" },
    { "swedencentral", "Sweden Central", "60.67488", "17.14127",
      "swedensouth" },
    { "germanywestcentral", "Germany West Central", "50.110924", "8.682127",
      "germanynorth" },
};

void
subscriptions_locations(struct exchange *exchange)
{
    const char *id = exchange->subscription->id;
    json_t *list = json_array();

    for (size_t i = 0; i < ARRAY_LENGTH(locations); i++)
        json_array_append_new(
            list,
            json_pack("{s:o, s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s, s:s,"
                      " s:[{s:s, s:o}]}}",
                      "id",
                      json_sprintf("/subscriptions/%s/locations/%s", id,
                                   locations[i].name),
                      "name", locations[i].name, "type", "Region",
                      "displayName", locations[i].display,
                      "regionalDisplayName", locations[i].display, "metadata",
                      "regionType", "Physical", "regionCategory",
                      "Recommended", "longitude", locations[i].longitude,
                      "latitude", locations[i].latitude, "pairedRegion",
                      "name", locations[i].paired, "id",
                      json_sprintf("/subscriptions/%s/locations/%s", id,
                                   locations[i].paired)));
    exchange_answer(exchange, 200, json_pack("{s:o}", "value", list));
}
