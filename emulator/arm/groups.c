/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Management/managementGroups. Above the groups of the estate
 * stands the tenant's root group, whose name is the tenant's id. */
#include "arm/groups.h"

#include <string.h>

#include "arm/arm_error.h"
#include "arm/gate.h"
#include "arm/page.h"
#include "base/text.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "json/text.h"
#include "server/route.h"
#include "server/world.h"

enum { DEPTH_MAXIMUM = 16 };

#define ROOT_NAME "Tenant Root Group"
#define GROUP_PREFIX "/providers/Microsoft.Management/managementGroups/"

/* A page in the making; of a list of groups, or of descendants. */
struct page {
    struct exchange *exchange;
    const char *top; /* the id of the group whose descendants these are */
    size_t start;
    size_t size;
    size_t met; /* descendants so far, on earlier pages as well */
};

/* The id of what stands above; NULL above the root. */
static const char *
parent_of(const struct exchange *exchange, const char *id)
{
    const struct group *group = estate_find_group(exchange->world->estate, id);

    if (group == NULL)
        return NULL;
    return group->parent != NULL ? group->parent : group->tenant;
}

/* Whether the group id is top, or below it. */
static bool
is_within(const struct exchange *exchange, const char *id, const char *top)
{
    for (int depth = 0; id != NULL && depth < DEPTH_MAXIMUM; depth++) {
        if (text_equal_ignoring_case(id, top))
            return true;
        id = parent_of(exchange, id);
    }
    return false;
}

/* The role of whoever asks. */
static enum access
access_to(const struct exchange *exchange, const struct group *group)
{
    const struct tenant *tenant =
        estate_find_tenant(exchange->world->estate, exchange->token->tenant);

    if (group != NULL)
        return group->access;
    return tenant != NULL ? tenant->root_access : ACCESS_NONE;
}

/* Whether there is such a group of the caller's tenant, with a role on it;
 * if not, that is answered. */
static bool
may_read(struct exchange *exchange, const char *id)
{
    const struct group *group = estate_find_group(exchange->world->estate, id);
    const char *tenant = exchange->token->tenant;

    if (text_equal_ignoring_case(id, tenant)
        || (group != NULL && strcmp(group->tenant, tenant) == 0)) {
        if (access_to(exchange, group) != ACCESS_NONE)
            return true;
        arm_refuse(exchange, 403, "AuthorizationFailed",
                   "The client '%s' with object id '%s' does not have "
                   "authorization to perform action '%s' over scope '%s%s' "
                   "or the scope is invalid. If access was recently granted, "
                   "please refresh your credentials.",
                   exchange->token->client, exchange->token->object,
                   exchange->route->rule->action, GROUP_PREFIX, id);
        return false;
    }
    arm_provider_refuse(exchange, 404, "NotFound",
                        "The management group '%s' cannot be found.", id);
    return false;
}

void
groups_get(struct exchange *exchange)
{
    const struct estate *estate = exchange->world->estate;
    const char *id = exchange->parameters[0];

    if (!may_read(exchange, id))
        return;
    const struct group *group = estate_find_group(estate, id);
    const char *parent = parent_of(exchange, id);
    exchange_answer(
        exchange, 200,
        json_pack("{s:o, s:s, s:s, s:{s:s, s:s, s:{s:i, s:o?}}}", "id",
                  json_sprintf(GROUP_PREFIX "%s", id), "type",
                  "Microsoft.Management/managementGroups", "name",
                  group != NULL ? group->id : id, "properties", "tenantId",
                  exchange->token->tenant, "displayName",
                  group != NULL ? group->name : ROOT_NAME, "details",
                  "version", 1, "parent",
                  parent != NULL ? json_pack(
                      "{s:o, s:s}", "id",
                      json_sprintf(GROUP_PREFIX "%s", parent), "name", parent)
                                 : NULL));
}

/* Appends a group to a list, if it belongs to this page. */
static void
meet_group(struct page *page, const char *id, const char *name)
{
    struct buffer *body = &page->exchange->answer.body;
    const size_t number = page->met++;

    if (number < page->start || number >= page->start + page->size)
        return;
    buffer_append_text(body, number > page->start ? ",{\"id\":" : "{\"id\":");
    json_text_string(
        body, arena_printf(page->exchange->arena, GROUP_PREFIX "%s", id));
    buffer_append_text(
        body, ",\"type\":\"Microsoft.Management/managementGroups\",\"name\":");
    json_text_string(body, id);
    buffer_append_text(body, ",\"properties\":{\"tenantId\":");
    json_text_string(body, page->exchange->token->tenant);
    buffer_append_text(body, ",\"displayName\":");
    json_text_string(body, name);
    buffer_append_text(body, "}}");
}

/* The list of groups calls its link otherwise than that of descendants. */
static void
finish_page(struct page *page, const char *link)
{
    struct exchange *exchange = page->exchange;

    buffer_printf(&exchange->answer.body, "],\"%s\":", link);
    json_text_string(&exchange->answer.body,
                     page->start + page->size < page->met
                         ? page_link(exchange, page->start + page->size)
                         : NULL);
    exchange_answer_text(exchange, 200, "}");
}

/* Those on which the caller has a role; without any the list is empty. */
void
groups_list(struct exchange *exchange)
{
    const struct estate *estate = exchange->world->estate;
    const char *tenant = exchange->token->tenant;
    struct page page = { .exchange = exchange, .size = estate->page_size };

    if (!page_start(exchange, &page.start))
        return;
    buffer_append_text(&exchange->answer.body, "{\"value\":[");
    if (access_to(exchange, NULL) != ACCESS_NONE)
        meet_group(&page, tenant, ROOT_NAME);
    for (size_t i = 0; i < estate->group_count; i++) {
        const struct group *group = &estate->groups[i];
        if (strcmp(group->tenant, tenant) == 0
            && access_to(exchange, group) != ACCESS_NONE)
            meet_group(&page, group->id, group->name);
    }
    finish_page(&page, "@nextLink");
}

/* A group or a subscription, below its parent group. */
struct descendant {
    const char *prefix; /* of its id, before the name */
    const char *type;
    const char *name;
    const char *display;
    const char *parent;
};

/* Appends a descendant, if it belongs to this page. */
static void
meet(struct page *page, const struct descendant *descendant)
{
    struct buffer *body = &page->exchange->answer.body;
    struct arena *arena = page->exchange->arena;
    const size_t number = page->met++;

    if (number < page->start || number >= page->start + page->size)
        return;
    buffer_append_text(body, number > page->start ? ",{\"id\":" : "{\"id\":");
    json_text_string(body, arena_printf(arena, "%s%s", descendant->prefix,
                                        descendant->name));
    buffer_printf(body, ",\"type\":\"%s\",\"name\":", descendant->type);
    json_text_string(body, descendant->name);
    buffer_append_text(body, ",\"properties\":{\"displayName\":");
    json_text_string(body, descendant->display);
    buffer_append_text(body, ",\"parent\":{\"id\":");
    json_text_string(
        body, arena_printf(arena, GROUP_PREFIX "%s", descendant->parent));
    buffer_append_text(body, "}}}");
}

static void
meet_groups(struct page *page)
{
    const struct estate *estate = page->exchange->world->estate;

    for (size_t i = 0; i < estate->group_count; i++) {
        const struct group *group = &estate->groups[i];
        const struct descendant descendant = {
            .prefix = GROUP_PREFIX,
            .type = "Microsoft.Management/managementGroups",
            .name = group->id,
            .display = group->name,
            .parent = group->parent != NULL ? group->parent : group->tenant,
        };
        if (is_within(page->exchange, descendant.parent, page->top))
            meet(page, &descendant);
    }
}

static void
meet_subscriptions(struct page *page)
{
    const struct estate *estate = page->exchange->world->estate;
    const char *tenant = page->exchange->token->tenant;

    for (size_t i = 0; i < estate->subscription_count; i++) {
        const struct subscription *subscription = &estate->subscriptions[i];
        const struct descendant descendant = {
            .prefix = "/subscriptions/",
            .type = "Microsoft.Management/managementGroups/subscriptions",
            .name = subscription->id,
            .display = subscription->name,
            .parent = subscription->group != NULL ? subscription->group
                                                  : subscription->tenant->id,
        };
        if (strcmp(subscription->tenant->id, tenant) == 0
            && is_within(page->exchange, descendant.parent, page->top))
            meet(page, &descendant);
    }
}

static bool
read_size(struct exchange *exchange, size_t *ret_size)
{
    const char *top = exchange_argument(exchange, "$top");
    uint64_t size = exchange->world->estate->page_size;

    if (top != NULL
        && (text_to_unsigned(top, UINT32_MAX, &size) < 0 || size == 0)) {
        arm_provider_refuse(exchange, 400, "BadRequest",
                            "The value '%s' of $top is invalid.", top);
        return false;
    }
    *ret_size = (size_t) size;
    return true;
}

void
groups_descendants(struct exchange *exchange)
{
    struct page page = { .exchange = exchange,
                         .top = exchange->parameters[0] };

    if (!may_read(exchange, page.top) || !read_size(exchange, &page.size)
        || !page_start(exchange, &page.start))
        return;
    buffer_append_text(&exchange->answer.body, "{\"value\":[");
    meet_groups(&page);
    meet_subscriptions(&page);
    finish_page(&page, "nextLink");
}
