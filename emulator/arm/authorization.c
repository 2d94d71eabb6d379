/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Authorization: who may do what. */
#include "arm/authorization.h"

#include <string.h>

#include "entra/authority.h"
#include "estate/estate.h"

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

void
authorization_permissions(struct exchange *exchange)
{
    static const char *const actions[] = {
        [ACCESS_WRITE] = "Microsoft.Security/*",
        [ACCESS_READ] = "Microsoft.Security/*/read",
    };
    const enum access access = exchange->subscription->access;

    if (access == ACCESS_NONE)
        exchange_answer(exchange, 200, json_pack("{s:[]}", "value"));
    else
        exchange_answer(exchange, 200,
                        json_pack("{s:[{s:[s,s], s:[], s:[], s:[]}]}", "value",
                                  "actions", actions[access],
                                  "Microsoft.Resources/subscriptions/read",
                                  "notActions", "dataActions",
                                  "notDataActions"));
}
