/* SPDX-License-Identifier: Apache-2.0 */
/* The token endpoint. */
#include "entra/token_endpoint.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "entra/authority.h"
#include "entra/entra_error.h"
#include "entra/grant.h"
#include "entra/token_form.h"
#include "entra/user_grant.h"
#include "server/world.h"

static const struct grant grants[] = {
    { "client_credentials", "client_secret", grant_client_secret },
    { "client_credentials", "client_assertion", grant_client_assertion },
};

/* The tenant of the path; with ADFS, which has none, that of the client. */
static const struct tenant *
requested_tenant(struct exchange *exchange)
{
    const struct estate *estate = exchange->world->estate;
    const char *name = exchange->parameters[0];
    const struct tenant *tenant =
        name != NULL ? estate_find_tenant(estate, name) : &estate->tenants[0];

    if (tenant == NULL)
        entra_refuse(exchange, &entra_no_tenant,
                     "Tenant '%s' not found. Check to make sure you have the "
                     "correct tenant ID and are signing into the correct "
                     "cloud. Check with your subscription administrator, "
                     "this may happen if there are no active subscriptions "
                     "for the tenant.",
                     name);
    return tenant;
}

static bool
require(struct exchange *exchange, const struct form *form, const char *name)
{
    if (form_value(form, name) != NULL)
        return true;
    entra_refuse(exchange, &entra_missing_parameter,
                 "The request body must contain the following parameter: "
                 "'%s'.",
                 name);
    return false;
}

static const struct grant *
requested_grant(struct exchange *exchange, const struct form *form)
{
    const char *type = form_value(form, "grant_type");
    bool known = false;

    for (size_t i = 0; i < ARRAY_LENGTH(grants); i++) {
        if (strcmp(grants[i].type, type) != 0)
            continue;
        known = true;
        if (grants[i].credential == NULL
            || form_value(form, grants[i].credential) != NULL)
            return &grants[i];
    }
    if (known)
        entra_refuse(exchange, &entra_no_credential,
                     "The request body must contain the following "
                     "parameter: 'client_assertion' or 'client_secret'.");
    else
        entra_refuse(exchange, &entra_bad_grant,
                     "The app requested an unsupported grant type '%s'.",
                     type);
    return NULL;
}

static void
answer_token(struct exchange *exchange, const struct client *client,
             const char *audience)
{
    struct authority *authority = exchange->world->authority;
    AUTOBUFFER token = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);
    const struct token_request request = {
        .tenant = client->tenant->id,
        .client = client->id,
        .object = client->object_id,
        .audience = audience,
        .now = clock_now() / 1000,
    };
    const json_int_t lifetime = (json_int_t) authority_lifetime(authority);

    if (authority_issue(authority, &request, &token) < 0) {
        exchange->failed = true;
        return;
    }
    exchange_add_header(exchange, "Cache-Control", "no-store, no-cache");
    exchange_add_header(exchange, "Pragma", "no-cache");
    exchange_answer(exchange, 200,
                    json_pack("{s:s, s:I, s:I, s:s}", "token_type", "Bearer",
                              "expires_in", lifetime, "ext_expires_in",
                              lifetime, "access_token", buffer_text(&token)));
}

void
token_endpoint_post(struct exchange *exchange)
{
    struct form form;

    if (!token_form_read(exchange, &form)
        || !require(exchange, &form, "grant_type"))
        return;
    if (user_grant_is(form_value(&form, "grant_type"))) {
        user_grant_post(exchange, &form);
        return;
    }
    const struct tenant *tenant = requested_tenant(exchange);
    if (tenant == NULL || !require(exchange, &form, "client_id"))
        return;
    const struct grant *grant = requested_grant(exchange, &form);
    if (grant == NULL)
        return;
    const char *id = form_value(&form, "client_id");
    const struct grant_request request = { exchange, &form, tenant,
                                           tenant_find_client(tenant, id) };
    if (request.client == NULL) {
        entra_refuse(exchange, &entra_no_application,
                     "Application with identifier '%s' was not found in the "
                     "directory '%s'. This can happen if the application has "
                     "not been installed by the administrator of the tenant "
                     "or consented to by any user in the tenant. You may "
                     "have sent your authentication request to the wrong "
                     "tenant.",
                     id, tenant->name);
        return;
    }
    const char *audience = token_form_audience(exchange, &form, tenant);
    if (audience != NULL && grant->check(&request))
        answer_token(exchange, request.client, audience);
}
