/* SPDX-License-Identifier: Apache-2.0 */
/* A server that Azure Arc manages ("Authenticate against Azure resources
 * with Azure Arc-enabled servers"). Who asks must prove that it may read a
 * file of the agent's: identity/arc_challenge. */
#include <string.h>
#include <unistd.h>

#include "net/http/limits.h"
#include "net/http/url.h"
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

/* The agent sets the variables for logins, not for services. */
static const char agent[] = "/opt/azcmagent/bin/himds";
static const char agent_url[] =
    "http://127.0.0.1:40342/metadata/identity/oauth2/token";

static bool
variables_are_set(void)
{
    return variable_get("IDENTITY_ENDPOINT") != NULL
           && variable_get("IMDS_ENDPOINT") != NULL;
}

static bool
arc_detect(void)
{
    return variables_are_set() || access(agent, F_OK) == 0;
}

/* The key is of use to whoever runs on this machine, and goes nowhere
 * else. */
static int
arc_locate(struct managed_identity_endpoint *ret_endpoint, struct error *err)
{
    struct managed_identity_endpoint endpoint = { .header = "Metadata",
                                                  .value = "true" };

    if (variables_are_set()) {
        if (managed_identity_endpoint_read("IDENTITY_ENDPOINT", &endpoint, err)
            < 0)
            return -1;
        if (!url_is_loopback(endpoint.url)) {
            managed_identity_endpoint_done(&endpoint);
            error_set(err, "IDENTITY_ENDPOINT: the agent of Azure Arc is on "
                           "this machine, and this is another");
            return error_advise(err, "on Azure Arc it is %s", agent_url);
        }
    } else {
        endpoint.url = strdup(agent_url);
        if (endpoint.url == NULL)
            return error_set_memory(err);
    }
    *ret_endpoint = endpoint;
    return 0;
}

const struct managed_identity_source arc_source = {
    .name = "Azure Arc",
    .api_version = "2020-06-01",
    .parameters = {
        [MANAGED_IDENTITY_CLIENT_ID] = "client_id",
        [MANAGED_IDENTITY_OBJECT_ID] = "object_id",
        [MANAGED_IDENTITY_RESOURCE_ID] = "msi_res_id",
    },
    .echoes = true,
    .challenges = true,
    .retries = HTTP_RETRIES,
    .backoff = HTTP_BACKOFF_BASE,
    .detect = arc_detect,
    .locate = arc_locate,
};
