/* SPDX-License-Identifier: Apache-2.0 */
/* Every path that is answered. */
#include "routes.h"

#include "arm/arm_error.h"
#include "arm/contacts.h"
#include "arm/gate.h"
#include "arm/metadata.h"
#include "arm/provider.h"
#include "arm/subscriptions.h"
#include "arm/tenants.h"
#include "base/cleanup.h"
#include "entra/discovery.h"
#include "entra/token_endpoint.h"
#include "machine/imds.h"
#include "server/route.h"

#define SUBSCRIPTION "/subscriptions/{}"
#define SECURITY SUBSCRIPTION "/providers/Microsoft.Security"
#define CONTACTS SECURITY "/securityContacts"

/* Versions of Microsoft.Resources that clients are known to use. */
static const char *const resources[] = {
    "2022-12-01", "2022-09-01", "2021-04-01", "2021-01-01", "2020-10-01",
    "2020-06-01", "2020-01-01", "2019-11-01", "2019-10-01", "2019-06-01",
    "2019-05-01", "2018-06-01", "2016-06-01", NULL
};
static const char *const endpoints[] = { "2022-09-01", "2020-06-01",
                                         "2019-05-01", "2015-01-01", NULL };
static const char *const contacts[] = { "2017-08-01-preview",
                                        "2020-01-01-preview",
                                        "2023-12-01-preview", NULL };

/* What ARM checks before a handler runs. */
#define ARM(scope_, operation_, versions_, type_, action_) \
    (&(const struct arm_rule){ .scope = (scope_),          \
                               .operation = (operation_),  \
                               .versions = (versions_),    \
                               .type = (type_),            \
                               .action = (action_) })

#define CONTACT_RULE(operation_, verb_)                         \
    ARM(ARM_PROVIDER, operation_, contacts, "securityContacts", \
        "Microsoft.Security/securityContacts/" verb_)

static const struct route routes[] = {
    /* Security contacts. */
    { PLANE_CLOUD, "GET", CONTACTS, CONTACT_RULE(ARM_READ, "read"),
      contacts_list },
    { PLANE_CLOUD, "GET", CONTACTS "/{}", CONTACT_RULE(ARM_READ, "read"),
      contacts_get },
    { PLANE_CLOUD, "PUT", CONTACTS "/{}", CONTACT_RULE(ARM_WRITE, "write"),
      contacts_put },
    { PLANE_CLOUD, "PATCH", CONTACTS "/{}", CONTACT_RULE(ARM_WRITE, "write"),
      contacts_patch },
    { PLANE_CLOUD, "DELETE", CONTACTS "/{}",
      CONTACT_RULE(ARM_DELETE, "delete"), contacts_delete },

    /* Subscriptions and tenants. */
    { PLANE_CLOUD, "GET", "/subscriptions",
      ARM(ARM_TENANT, ARM_READ, resources, NULL, NULL), subscriptions_list },
    { PLANE_CLOUD, "GET", SUBSCRIPTION,
      ARM(ARM_SUBSCRIPTION, ARM_READ, resources, NULL, NULL),
      subscriptions_get },
    { PLANE_CLOUD, "GET", SUBSCRIPTION "/locations",
      ARM(ARM_SUBSCRIPTION, ARM_READ, resources, NULL, NULL),
      subscriptions_locations },
    { PLANE_CLOUD, "GET", "/tenants",
      ARM(ARM_TENANT, ARM_READ, resources, NULL, NULL), tenants_list },

    /* Registration. */
    { PLANE_CLOUD, "GET", SUBSCRIPTION "/providers/{}",
      ARM(ARM_PROVIDER, ARM_READ, resources, NULL,
          "Microsoft.Resources/subscriptions/providers/read"),
      provider_get },
    { PLANE_CLOUD, "POST", SUBSCRIPTION "/providers/{}/register",
      ARM(ARM_PROVIDER, ARM_ACTION, resources, NULL,
          "Microsoft.Security/register/action"),
      provider_register },

    /* The cloud itself. */
    { PLANE_CLOUD, "GET", "/metadata/endpoints",
      ARM(ARM_OPEN, ARM_READ, endpoints, NULL, NULL), metadata_endpoints },

    /* Entra. ADFS comes before the tenants, whose place it takes. */
    { PLANE_CLOUD, "GET", "/adfs/.well-known/openid-configuration", NULL,
      discovery_adfs },
    { PLANE_CLOUD, "POST", "/adfs/oauth2/token", NULL, token_endpoint_post },
    { PLANE_CLOUD, "GET", "/adfs/discovery/keys", NULL, discovery_keys },
    { PLANE_CLOUD, "GET", "/common/discovery/instance", NULL,
      discovery_instance },
    { PLANE_CLOUD, "GET", "/{}/v2.0/.well-known/openid-configuration", NULL,
      discovery_tenant_v2 },
    { PLANE_CLOUD, "GET", "/{}/.well-known/openid-configuration", NULL,
      discovery_tenant },
    { PLANE_CLOUD, "GET", "/{}/discovery/v2.0/keys", NULL, discovery_keys },
    { PLANE_CLOUD, "GET", "/{}/discovery/keys", NULL, discovery_keys },
    { PLANE_CLOUD, "POST", "/{}/oauth2/v2.0/token", NULL,
      token_endpoint_post },
    { PLANE_CLOUD, "POST", "/{}/oauth2/token", NULL, token_endpoint_post },

    /* What a machine's own endpoints answer. */
    { PLANE_MACHINE, "GET", "/metadata/identity/oauth2/token", NULL,
      imds_token },
};

void
routes_dispatch(struct exchange *exchange)
{
    bool known;

    exchange->route =
        route_find(routes, ARRAY_LENGTH(routes), exchange, &known);
    if (exchange->too_large)
        arm_refuse(exchange, 413, "RequestContentTooLarge",
                   "The request content size exceeds the maximum size of 4 "
                   "MB.");
    else if (exchange->route == NULL && known)
        arm_refuse(exchange, 405, "MethodNotAllowed",
                   "The requested resource does not support http method "
                   "'%s'.",
                   exchange->method);
    else if (exchange->route == NULL)
        arm_refuse(exchange, 404, "InvalidResourceType",
                   "The resource type could not be found for the path '%s'.",
                   exchange->path);
    else if (exchange->route->rule == NULL
             || arm_gate_pass(exchange, exchange->route->rule))
        exchange->route->handle(exchange);
}
