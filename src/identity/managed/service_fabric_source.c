/* SPDX-License-Identifier: Apache-2.0 */
/* Service Fabric. Its endpoint has a certificate of its own, to be trusted
 * by a SHA-1 fingerprint alone, which libcurl cannot do: it is detected, so
 * that no other service is asked in its place, and refused. */
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

static bool
service_fabric_detect(void)
{
    return variable_get("IDENTITY_ENDPOINT") != NULL
           && variable_get("IDENTITY_HEADER") != NULL
           && variable_get("IDENTITY_SERVER_THUMBPRINT") != NULL;
}

static int
service_fabric_locate(struct managed_identity_endpoint *ret_endpoint,
                      struct error *err)
{
    (void) ret_endpoint;
    error_set(err, "managed identities of Service Fabric are not supported");
    return error_advise(err, "sign in as a service principal: set "
                             "AZURE_TENANT_ID, AZURE_CLIENT_ID and "
                             "AZURE_CLIENT_SECRET");
}

const struct managed_identity_source service_fabric_source = {
    .name = "Service Fabric",
    .detect = service_fabric_detect,
    .locate = service_fabric_locate,
};
