/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Authorization: who may do what. */
#include "arm/authorization.h"

#include <string.h>

#include "arm/page.h"
#include "base/text.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "server/world.h"

static const char role_owner[] = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
static const char role_security_reader[] =
    "39bc4728-0917-49c7-9d2c-d95423bc2eb4";
static const char role_security_admin[] =
    "fb1c8493-542b-48eb-b624-b4c8fea62acd";

/* A subscription's owner, whose id follows from that of the subscription. */
static const char owner_prefix[] = "00e10000-0000-4000-8000";

struct assignment {
    const char *name; /* the first three groups of its GUID */
    const char *role;
    const char *principal;
    const char *principal_type;
};

static json_t *
describe(const struct exchange *exchange, const struct assignment *assignment)
{
    const char *id = exchange->subscription->id;
    const char *tail = strrchr(id, '-') + 1;

    return json_pack(
        "{s:o, s:s, s:o, s:{s:o, s:s, s:s, s:o, s:n}}", "id",
        json_sprintf("/subscriptions/%s/providers/Microsoft.Authorization/"
                     "roleAssignments/%s-%s",
                     id, assignment->name, tail),
        "type", "Microsoft.Authorization/roleAssignments", "name",
        json_sprintf("%s-%s", assignment->name, tail), "properties",
        "roleDefinitionId",
        json_sprintf("/subscriptions/%s/providers/Microsoft.Authorization/"
                     "roleDefinitions/%s",
                     id, assignment->role),
        "principalId", assignment->principal, "principalType",
        assignment->principal_type, "scope",
        json_sprintf("/subscriptions/%s", id), "condition");
}

void
authorization_assignments(struct exchange *exchange)
{
    const struct subscription *subscription = exchange->subscription;
    const char *owner = arena_printf(exchange->arena, "%s-%s", owner_prefix,
                                     strrchr(subscription->id, '-') + 1);
    const struct assignment own = {
        .name = "a5510000-0000-4000-8001",
        .role = subscription->access == ACCESS_WRITE ? role_security_admin
                                                     : role_security_reader,
        .principal = exchange->token->object,
        .principal_type = "ServicePrincipal",
    };
    const struct assignment others = {
        .name = "a5510000-0000-4000-8002",
        .role = role_owner,
        .principal = owner,
        .principal_type = "User",
    };

    if (owner == NULL) {
        exchange->failed = true;
        return;
    }
    exchange_answer(exchange, 200,
                    json_pack("{s:[o,o]}", "value", describe(exchange, &own),
                              describe(exchange, &others)));
}

/* Whether the pattern, in which * is any text, covers all of the text. */
static bool
covers(const char *pattern, const char *text)
{
    for (; *pattern != '*'; pattern++, text++) {
        const char pair[2][2] = { { *pattern, '\0' }, { *text, '\0' } };
        if (!text_equal_ignoring_case(pair[0], pair[1]))
            return false;
        if (*pattern == '\0')
            return true;
    }
    for (;; text++) {
        if (covers(pattern + 1, text))
            return true;
        if (*text == '\0')
            return false;
    }
}

static bool
any_covers(const char *const *patterns, const char *action)
{
    for (; *patterns != NULL; patterns++)
        if (covers(*patterns, action))
            return true;
    return false;
}

bool
authorization_allows(const struct exchange *exchange, const char *action)
{
    const struct subscription *subscription = exchange->subscription;

    for (size_t i = 0; i < subscription->role_count; i++)
        if (any_covers(subscription->roles[i].actions, action)
            && !any_covers(subscription->roles[i].not_actions, action))
            return true;
    return false;
}

/* The role that stands for an access without roles. */
static const struct role *
roles_of(const struct subscription *subscription, size_t *ret_count)
{
    static const char *none[] = { NULL };
    static const char *writer[] = { "Microsoft.Security/*",
                                    "Microsoft.Resources/subscriptions/read",
                                    NULL };
    static const char *reader[] = { "Microsoft.Security/*/read",
                                    "Microsoft.Resources/subscriptions/read",
                                    NULL };
    static const struct role roles[] = {
        [ACCESS_WRITE] = { writer, none },
        [ACCESS_READ] = { reader, none },
    };

    *ret_count = subscription->role_count;
    if (subscription->roles != NULL)
        return subscription->roles;
    *ret_count = subscription->access == ACCESS_NONE ? 0 : 1;
    return subscription->access == ACCESS_NONE ? roles
                                               : &roles[subscription->access];
}

static json_t *
describe_patterns(const char *const *patterns)
{
    json_t *array = json_array();

    for (; *patterns != NULL; patterns++)
        json_array_append_new(array, json_string(*patterns));
    return array;
}

void
authorization_permissions(struct exchange *exchange)
{
    const size_t size = exchange->world->estate->page_size;
    size_t next, count;
    const struct role *roles = roles_of(exchange->subscription, &count);
    json_t *values = json_array();
    json_t *body = json_pack("{s:o}", "value", values);

    if (!page_start(exchange, &next)) {
        json_decref(body);
        return;
    }
    for (size_t i = 0; i < size && next < count; i++, next++)
        json_array_append_new(
            values,
            json_pack("{s:o, s:o, s:[], s:[]}", "actions",
                      describe_patterns(roles[next].actions), "notActions",
                      describe_patterns(roles[next].not_actions),
                      "dataActions", "notDataActions"));
    if (next < count)
        json_object_set_new(body, "nextLink",
                            json_string(page_link(exchange, next)));
    exchange_answer(exchange, 200, body);
}
