/* SPDX-License-Identifier: Apache-2.0 */
/* Every path that is answered. */
#include "routes.h"

#include "arm/alerts.h"
#include "arm/arm_error.h"
#include "arm/authorization.h"
#include "arm/contacts.h"
#include "arm/gate.h"
#include "arm/groups.h"
#include "arm/metadata.h"
#include "arm/pricings.h"
#include "arm/provider.h"
#include "arm/subscriptions.h"
#include "arm/tenants.h"
#include "base/cleanup.h"
#include "entra/device_login.h"
#include "entra/discovery.h"
#include "entra/oidc_endpoint.h"
#include "entra/token_endpoint.h"
#include "machine/app_service.h"
#include "machine/arc.h"
#include "machine/cloud_shell.h"
#include "machine/imds.h"
#include "server/route.h"

#define SUBSCRIPTION "/subscriptions/{}"
#define SECURITY SUBSCRIPTION "/providers/Microsoft.Security"
#define CONTACTS SECURITY "/securityContacts"
#define AUTHORIZATION SUBSCRIPTION "/providers/Microsoft.Authorization"
#define GROUPS "/providers/Microsoft.Management/managementGroups"
#define GROUP GROUPS "/{}"

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

static const char *const groups[] = { "2023-04-01", "2021-04-01", "2020-10-01",
                                      "2020-05-01", "2020-02-01", NULL };
static const char *const locations[] = { "2015-06-01-preview", NULL };
static const char *const alerts[] = { "2022-01-01", "2021-11-01", NULL };
static const char *const pricings[] = { "2024-01-01", "2023-01-01",
                                        "2022-03-01", "2018-06-01", NULL };
static const char *const assignments[] = {
    "2022-04-01",         "2020-10-01-preview",
    "2020-08-01-preview", "2020-04-01-preview",
    "2018-09-01-preview", "2018-01-01-preview",
    "2015-07-01",         NULL
};
static const char *const permissions[] = {
    "2022-05-01-preview", "2022-04-01", "2018-07-01",
    "2018-01-01-preview", "2015-07-01", NULL
};

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

    /* Management groups. */
    { PLANE_CLOUD, "GET", GROUPS,
      ARM(ARM_TENANT, ARM_READ, groups, "managementGroups",
          "Microsoft.Management/managementGroups/read"),
      groups_list },
    { PLANE_CLOUD, "GET", GROUP,
      ARM(ARM_TENANT, ARM_READ, groups, "managementGroups",
          "Microsoft.Management/managementGroups/read"),
      groups_get },
    { PLANE_CLOUD, "GET", GROUP "/descendants",
      ARM(ARM_TENANT, ARM_READ, groups, "managementGroups/descendants",
          "Microsoft.Management/managementGroups/descendants/read"),
      groups_descendants },

    /* The rest of Microsoft.Security. */
    { PLANE_CLOUD, "GET", SECURITY "/locations",
      ARM(ARM_PROVIDER, ARM_READ, locations, "locations",
          "Microsoft.Security/locations/read"),
      alerts_locations },
    { PLANE_CLOUD, "GET", SECURITY "/locations/{}",
      ARM(ARM_PROVIDER, ARM_READ, locations, "locations",
          "Microsoft.Security/locations/read"),
      alerts_location },
    { PLANE_CLOUD, "POST", SECURITY "/locations/{}/alerts/default/simulate",
      ARM(ARM_PROVIDER, ARM_ACTION, alerts, "locations/alerts",
          "Microsoft.Security/locations/alerts/simulate/action"),
      alerts_simulate },
    { PLANE_CLOUD, "GET", SECURITY "/pricings",
      ARM(ARM_PROVIDER, ARM_READ, pricings, "pricings",
          "Microsoft.Security/pricings/read"),
      pricings_list },
    { PLANE_CLOUD, "GET", SECURITY "/pricings/{}",
      ARM(ARM_PROVIDER, ARM_READ, pricings, "pricings",
          "Microsoft.Security/pricings/read"),
      pricings_get },

    /* Microsoft.Authorization. */
    { PLANE_CLOUD, "GET", AUTHORIZATION "/roleAssignments",
      ARM(ARM_PROVIDER, ARM_READ, assignments, "roleAssignments",
          "Microsoft.Authorization/roleAssignments/read"),
      authorization_assignments },
    { PLANE_CLOUD, "GET", AUTHORIZATION "/permissions",
      ARM(ARM_SUBSCRIPTION, ARM_READ, permissions, "permissions", NULL),
      authorization_permissions },

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
    { PLANE_CLOUD, "POST", "/{}/oauth2/v2.0/devicecode", NULL,
      device_login_begin },
    { PLANE_CLOUD, "GET", "/devicelogin", NULL, device_login_page },
    { PLANE_CLOUD, "POST", "/devicelogin", NULL, device_login_decide },

    /* The issuers of pipelines. */
    { PLANE_CLOUD, "GET", OIDC_GITHUB_PATH("{}", "{}"), NULL,
      oidc_endpoint_github },
    { PLANE_CLOUD, "POST", OIDC_PIPELINES_PATH("{}", "{}"), NULL,
      oidc_endpoint_pipelines },

    /* What a machine's own endpoints answer. */
    { PLANE_MACHINE, "GET", "/metadata/identity/oauth2/token", NULL,
      imds_token },
    { PLANE_MACHINE, "GET", "/msi/token", NULL, app_service_token },
    { PLANE_MACHINE, "GET", "/machinelearning/msi/token", NULL,
      machine_learning_token },
    { PLANE_MACHINE, "GET", "/arc/metadata/identity/oauth2/token", NULL,
      arc_token },
    { PLANE_MACHINE, "POST", "/oauth2/token", NULL, cloud_shell_token },
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
