/* SPDX-License-Identifier: Apache-2.0 */
/* App Service, Functions and Container Apps ("How to use managed identities
 * for App Service and Azure Functions", REST endpoint reference). */
#include "net/http/limits.h"
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

static bool
app_service_detect(void)
{
    return variable_get("IDENTITY_ENDPOINT") != NULL
           && variable_get("IDENTITY_HEADER") != NULL;
}

static int
app_service_locate(struct managed_identity_endpoint *ret_endpoint,
                   struct error *err)
{
    if (managed_identity_endpoint_read("IDENTITY_ENDPOINT", ret_endpoint, err)
        < 0)
        return -1;
    ret_endpoint->header = "X-IDENTITY-HEADER";
    ret_endpoint->value = variable_get("IDENTITY_HEADER");
    return 0;
}

const struct managed_identity_source app_service_source = {
    .name = "App Service",
    .api_version = "2019-08-01",
    .parameters = {
        [MANAGED_IDENTITY_CLIENT_ID] = "client_id",
        [MANAGED_IDENTITY_OBJECT_ID] = "object_id",
        [MANAGED_IDENTITY_RESOURCE_ID] = "mi_res_id",
    },
    .retries = HTTP_RETRIES,
    .backoff = HTTP_BACKOFF_BASE,
    .detect = app_service_detect,
    .locate = app_service_locate,
};
