/* SPDX-License-Identifier: Apache-2.0 */
/* Estate files, written. */
#include <jansson.h>

#include "estate/estate.h"
#include "estate/estate_client.h"
#include "estate/estate_contact.h"
#include "estate/estate_role.h"
#include "json/text.h"

static void
write_text(struct buffer *target, const char *name, const char *text)
{
    buffer_printf(target, ",\"%s\":", name);
    json_text_string(target, text);
}

static void
write_settings(const struct estate *estate, struct buffer *target)
{
    buffer_printf(target,
                  "{\"pageSize\":%zu,\"putStatus2017\":%zu,"
                  "\"registrationReads\":%zu",
                  (size_t) estate->page_size, (size_t) estate->put_status_2017,
                  (size_t) estate->registration_reads);
    write_text(target, "location", estate->location);
    write_text(target, "listShape2020",
               estate_list_shapes[estate->list_shape_2020]);
    if (estate->api_versions == NULL)
        return;
    buffer_append_text(target, ",\"contactApiVersions\":[");
    for (size_t i = 0; estate->api_versions[i] != NULL; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        json_text_string(target, estate->api_versions[i]);
    }
    buffer_append_text(target, "]");
}

static void
write_tenant(const struct tenant *tenant, struct buffer *target)
{
    buffer_append_text(target, "{\"id\":");
    json_text_string(target, tenant->id);
    write_text(target, "displayName", tenant->name);
    write_text(target, "defaultDomain", tenant->domain);
    write_text(target, "countryCode", tenant->country);
    write_text(target, "rootGroupAccess",
               estate_accesses[tenant->root_access]);
    buffer_append_text(target, ",\"clients\":[");
    for (size_t i = 0; i < tenant->client_count; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        estate_client_write(&tenant->clients[i], target);
    }
    buffer_append_text(target, "]}");
}

static void
write_group(const struct group *group, struct buffer *target)
{
    buffer_append_text(target, "{\"id\":");
    json_text_string(target, group->id);
    write_text(target, "displayName", group->name);
    write_text(target, "tenantId", group->tenant);
    write_text(target, "access", estate_accesses[group->access]);
    if (group->parent != NULL)
        write_text(target, "parent", group->parent);
    buffer_append_text(target, "}");
}

static void
write_managers(const struct subscription *subscription, struct buffer *target)
{
    if (subscription->managers == NULL)
        return;
    buffer_append_text(target, ",\"managedByTenants\":[");
    for (size_t i = 0; subscription->managers[i] != NULL; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        json_text_string(target, subscription->managers[i]);
    }
    buffer_append_text(target, "]");
}

static void
write_subscription(const struct subscription *subscription,
                   struct buffer *target)
{
    buffer_append_text(target, "{\"id\":");
    json_text_string(target, subscription->id);
    write_text(target, "displayName", subscription->name);
    write_text(target, "tenantId", subscription->tenant->id);
    write_managers(subscription, target);
    write_text(target, "quotaId", subscription->quota_id);
    write_text(target, "spendingLimit", subscription->spending_limit);
    if (subscription->group != NULL)
        write_text(target, "managementGroup", subscription->group);
    write_text(target, "state", estate_states[subscription->state]);
    write_text(target, "access", estate_accesses[subscription->access]);
    estate_roles_write(subscription, target);
    write_text(target, "lock", estate_locks[subscription->lock]);
    buffer_printf(target,
                  ",\"registered\":%s,\"listed\":%s,\"policyDenied\":%s,"
                  "\"defenderPlan\":%s,\"contacts\":[",
                  subscription->registration == REGISTRATION_NOT_REGISTERED
                      ? "false"
                      : "true",
                  subscription->unlisted ? "false" : "true",
                  subscription->policy_denied ? "true" : "false",
                  subscription->paid ? "true" : "false");
    for (size_t i = 0; i < subscription->contacts.count; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        json_text_value(target,
                        estate_contact_write(subscription->contacts.items[i]));
    }
    buffer_append_text(target, "]}");
}

int
estate_write(const struct estate *estate, struct buffer *target)
{
    write_settings(estate, target);
    buffer_append_text(target, ",\n\"tenants\":[");
    for (size_t i = 0; i < estate->tenant_count; i++) {
        buffer_append_text(target, i > 0 ? ",\n" : "\n");
        write_tenant(&estate->tenants[i], target);
    }
    buffer_append_text(target, "],\n\"managementGroups\":[");
    for (size_t i = 0; i < estate->group_count; i++) {
        buffer_append_text(target, i > 0 ? ",\n" : "\n");
        write_group(&estate->groups[i], target);
    }
    buffer_append_text(target, "],\n\"subscriptions\":[");
    for (size_t i = 0; i < estate->subscription_count; i++) {
        buffer_append_text(target, i > 0 ? ",\n" : "\n");
        write_subscription(&estate->subscriptions[i], target);
    }
    return buffer_append_text(target, "]}\n");
}
