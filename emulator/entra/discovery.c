/* SPDX-License-Identifier: Apache-2.0 */
/* The documents by which clients find the authority. */
#include "entra/discovery.h"

#include <string.h>

#include "base/text.h"
#include "entra/authority.h"
#include "entra/entra_error.h"
#include "estate/estate.h"
#include "server/world.h"

/* Names that stand for whatever tenant the user turns out to have. */
static bool
is_shared(const char *tenant)
{
    return text_equal_ignoring_case(tenant, "common")
           || text_equal_ignoring_case(tenant, "organizations");
}

/* What is at origin/prefix/rest. */
static json_t *
link_to(struct exchange *exchange, const char *prefix, const char *rest)
{
    return json_sprintf("%s/%s%s", exchange_origin(exchange), prefix, rest);
}

struct configuration {
    const char *prefix; /* of all paths */
    const char *issuer;
    const char *token;
    const char *authorize;
    const char *device;
    const char *keys;
};

static void
answer_configuration(struct exchange *exchange,
                     const struct configuration *configuration)
{
    const char *prefix = configuration->prefix;

    exchange_answer(
        exchange, 200,
        json_pack(
            "{s:o, s:[s,s,s], s:o, s:[s,s], s:[s], s:[s], s:[s,s],"
            " s:[s,s,s], s:s, s:o, s:o, s:s, s:s}",
            "token_endpoint", link_to(exchange, prefix, configuration->token),
            "token_endpoint_auth_methods_supported", "client_secret_post",
            "private_key_jwt", "client_secret_basic", "jwks_uri",
            link_to(exchange, prefix, configuration->keys),
            "response_modes_supported", "query", "form_post",
            "subject_types_supported", "pairwise",
            "id_token_signing_alg_values_supported", "RS256",
            "response_types_supported", "code", "id_token", "scopes_supported",
            "openid", "profile", "offline_access", "issuer",
            configuration->issuer, "authorization_endpoint",
            link_to(exchange, prefix, configuration->authorize),
            "device_authorization_endpoint",
            link_to(exchange, prefix, configuration->device),
            "tenant_region_scope", "EU", "cloud_instance_name",
            "microsoftonline.com"));
}

/* The tenant's id, or what stands for any; NULL, answered, for others. */
static const char *
requested_tenant(struct exchange *exchange)
{
    const char *name = exchange->parameters[0];
    const struct tenant *tenant =
        estate_find_tenant(exchange->world->estate, name);

    if (tenant != NULL)
        return tenant->id;
    if (is_shared(name))
        return name;
    entra_refuse(exchange, &entra_no_tenant,
                 "Tenant '%s' not found. Check to make sure you have the "
                 "correct tenant ID and are signing into the correct cloud. "
                 "Check with your subscription administrator, this may "
                 "happen if there are no active subscriptions for the "
                 "tenant.",
                 name);
    return NULL;
}

void
discovery_tenant(struct exchange *exchange)
{
    const char *tenant = requested_tenant(exchange);

    if (tenant == NULL)
        return;
    const struct configuration configuration = {
        .prefix = tenant,
        .issuer = arena_printf(exchange->arena, "https://sts.windows.net/%s/",
                               tenant),
        .token = "/oauth2/token",
        .authorize = "/oauth2/authorize",
        .device = "/oauth2/devicecode",
        .keys = "/discovery/keys",
    };
    answer_configuration(exchange, &configuration);
}

/* MSAL holds the issuer's host against the authority's, so that it is this
 * server. */
void
discovery_tenant_v2(struct exchange *exchange)
{
    const char *tenant = requested_tenant(exchange);

    if (tenant == NULL)
        return;
    const struct configuration configuration = {
        .prefix = tenant,
        .issuer = arena_printf(exchange->arena, "%s/%s/v2.0",
                               exchange_origin(exchange), tenant),
        .token = "/oauth2/v2.0/token",
        .authorize = "/oauth2/v2.0/authorize",
        .device = "/oauth2/v2.0/devicecode",
        .keys = "/discovery/v2.0/keys",
    };
    answer_configuration(exchange, &configuration);
}

void
discovery_adfs(struct exchange *exchange)
{
    const struct configuration configuration = {
        .prefix = "adfs",
        .issuer = arena_printf(exchange->arena, "%s/adfs",
                               exchange_origin(exchange)),
        .token = "/oauth2/token/",
        .authorize = "/oauth2/authorize/",
        .device = "/oauth2/devicecode",
        .keys = "/discovery/keys",
    };

    answer_configuration(exchange, &configuration);
}

void
discovery_instance(struct exchange *exchange)
{
    const char *endpoint =
        exchange_argument(exchange, "authorization_endpoint");
    const char *host = exchange_header(exchange, "Host");
    char *asked =
        arena_copy(exchange->arena, endpoint != NULL ? endpoint : "");
    json_t *body;

    if (asked == NULL || host == NULL
        || !text_starts_with_ignoring_case(asked, "https://")) {
        entra_refuse(exchange, &entra_bad_request,
                     "The request must contain the following parameter: "
                     "'authorization_endpoint'.");
        return;
    }
    char *asked_host = asked + strlen("https://");
    char *path = strchr(asked_host, '/');
    const char *tenant = "common";
    if (path != NULL) {
        *path = '\0';
        tenant = path + 1;
        path[1 + strcspn(path + 1, "/")] = '\0';
    }
    body = json_pack(
        "{s:o, s:s, s:[{s:s, s:s, s:[s]}]}", "tenant_discovery_endpoint",
        json_sprintf("https://%s/%s/v2.0/.well-known/"
                     "openid-configuration",
                     asked_host, tenant),
        "api-version", "1.1", "metadata", "preferred_network", asked_host,
        "preferred_cache", asked_host, "aliases", asked_host);
    exchange_answer(exchange, 200, body);
}

void
discovery_keys(struct exchange *exchange)
{
    exchange_answer(exchange, 200, authority_keys(exchange->world->authority));
}
