/* SPDX-License-Identifier: Apache-2.0 */
/* The ways in which a program gets a token for a person. */
#include "entra/user_grant.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "entra/authority.h"
#include "entra/entra_error.h"
#include "entra/refresh_tokens.h"
#include "entra/token_form.h"
#include "server/world.h"

/* The one person of a tenant. */
#define USER_OBJECT "0b1ec7ed-0000-4000-8000-00000000face"
#define USER_NAME "piket"

static const struct {
    const char *type;
    const struct tenant *(*check)(const struct user_grant_request *request);
} grants[] = {
    { "urn:ietf:params:oauth:grant-type:device_code", grant_device_code },
    { "device_code", grant_device_code }, /* as MSAL for Go writes it */
    { "refresh_token", grant_refresh_token },
};

bool
user_grant_is(const char *type)
{
    for (size_t i = 0; i < ARRAY_LENGTH(grants); i++)
        if (strcmp(grants[i].type, type) == 0)
            return true;
    return false;
}

const struct tenant *
user_grant_tenant(struct exchange *exchange)
{
    const struct estate *estate = exchange->world->estate;
    const char *name = exchange->parameters[0];
    const bool shared = name == NULL
                        || text_equal_ignoring_case(name, "organizations")
                        || text_equal_ignoring_case(name, "common");
    const struct tenant *tenant =
        shared ? &estate->tenants[0] : estate_find_tenant(estate, name);

    if (tenant == NULL)
        entra_refuse(exchange, &entra_no_tenant,
                     "Tenant '%s' not found. Check to make sure you have the "
                     "correct tenant ID and are signing into the correct "
                     "cloud.",
                     name);
    return tenant;
}

const char *
user_grant_client(struct exchange *exchange, const struct form *form,
                  const struct tenant *tenant)
{
    const char *id = form_value(form, "client_id");

    if (id == NULL)
        entra_refuse(exchange, &entra_missing_parameter,
                     "The request body must contain the following "
                     "parameter: 'client_id'.");
    else if (text_equal_ignoring_case(id, USER_GRANT_AZURE_CLI)
             || tenant_find_client(tenant, id) != NULL)
        return id;
    else
        entra_refuse(exchange, &entra_no_application,
                     "Application with identifier '%s' was not found in the "
                     "directory '%s'.",
                     id, tenant->name);
    return NULL;
}

/* Whether the scope asks for a refresh token, too. */
static bool
wants_refresh(const struct form *form)
{
    const char *scope = form_value(form, "scope");

    return scope != NULL && strstr(scope, "offline_access") != NULL;
}

static void
answer_token(struct exchange *exchange, const struct form *form,
             const struct tenant *tenant, const char *client,
             const char *audience)
{
    struct world *world = exchange->world;
    AUTOBUFFER token = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);
    const json_int_t lifetime =
        (json_int_t) authority_lifetime(world->authority);
    const struct token_request request = {
        .tenant = tenant->id,
        .client = client,
        .object = USER_OBJECT,
        .audience = audience,
        .user =
            arena_printf(exchange->arena, "%s@%s", USER_NAME,
                         tenant->domain != NULL ? tenant->domain : tenant->id),
        .now = clock_now() / 1000,
    };

    if (authority_issue(world->authority, &request, &token) < 0) {
        exchange->failed = true;
        return;
    }
    json_t *answer = json_pack("{s:s, s:s*, s:I, s:I, s:s}", "token_type",
                               "Bearer", "scope", form_value(form, "scope"),
                               "expires_in", lifetime, "ext_expires_in",
                               lifetime, "access_token", buffer_text(&token));
    if (wants_refresh(form))
        json_object_set_new(
            answer, "refresh_token",
            json_string(
                refresh_tokens_issue(world->refresh_tokens, tenant, client)
                    ->value));
    exchange_add_header(exchange, "Cache-Control", "no-store, no-cache");
    exchange_add_header(exchange, "Pragma", "no-cache");
    exchange_answer(exchange, 200, answer);
}

void
user_grant_post(struct exchange *exchange, const struct form *form)
{
    const char *type = form_value(form, "grant_type");
    const struct tenant *tenant = user_grant_tenant(exchange);
    const char *client =
        tenant != NULL ? user_grant_client(exchange, form, tenant) : NULL;
    const char *audience =
        client != NULL ? token_form_audience(exchange, form, tenant) : NULL;

    if (audience == NULL)
        return;
    const struct user_grant_request request = { exchange, form, tenant,
                                                client };
    for (size_t i = 0; i < ARRAY_LENGTH(grants); i++)
        if (strcmp(grants[i].type, type) == 0) {
            const struct tenant *signed_in = grants[i].check(&request);
            if (signed_in != NULL)
                answer_token(exchange, form, signed_in, client, audience);
            return;
        }
}
