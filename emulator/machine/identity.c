/* SPDX-License-Identifier: Apache-2.0 */
/* The identities of the machine. */
#include "machine/identity.h"

#include "base/clock.h"
#include "base/text.h"
#include "entra/authority.h"
#include "server/world.h"

static bool
is_chosen(const struct client *client, const struct identity_choice *choice)
{
    return (choice->client == NULL
            || text_equal_ignoring_case(client->id, choice->client))
           && (choice->object == NULL
               || text_equal_ignoring_case(client->object_id, choice->object))
           && (choice->resource == NULL
               || text_equal_ignoring_case(client->resource_id,
                                           choice->resource));
}

enum identity_outcome
identity_find(const struct exchange *exchange,
              const struct identity_choice *choice,
              const struct client **ret_identity)
{
    const struct tenant *tenant = &exchange->world->estate->tenants[0];
    const bool named = choice->client != NULL || choice->object != NULL
                       || choice->resource != NULL;
    size_t count = 0;

    for (size_t i = 0; i < tenant->client_count; i++) {
        const struct client *client = &tenant->clients[i];
        if (client->assignment == ASSIGNMENT_NONE
            || !is_chosen(client, choice))
            continue;
        *ret_identity = client;
        if (named || client->assignment == ASSIGNMENT_SYSTEM)
            return IDENTITY_FOUND;
        count++;
    }
    if (count == 0)
        return IDENTITY_ABSENT;
    return count == 1 ? IDENTITY_FOUND : IDENTITY_AMBIGUOUS;
}

bool
identity_sign(struct exchange *exchange, const struct client *identity,
              const char *resource, struct identity_token *ret_token)
{
    struct authority *authority = exchange->world->authority;
    const int64_t now = clock_now() / 1000;
    const struct token_request request = {
        .tenant = identity->tenant->id,
        .client = identity->id,
        .object = identity->object_id,
        .audience = resource,
        .now = now,
    };

    ret_token->now = now;
    ret_token->lifetime = (int64_t) authority_lifetime(authority);
    if (authority_issue(authority, &request, &ret_token->text) == 0)
        return true;
    exchange->failed = true;
    return false;
}
