/* SPDX-License-Identifier: Apache-2.0 */
/* What clients ask to learn a cloud's addresses. */
#include "arm/metadata.h"

#include <string.h>

/* Since 2019-05-01. All addresses are this server's; the audiences are the
 * public cloud's. */
static json_t *
cloud(struct exchange *exchange)
{
    const char *origin = exchange_origin(exchange);

    return json_pack(
        "{s:s, s:{s:s, s:[s,s], s:s, s:s}, s:s, s:s, s:s, s:s, s:s, s:s, s:s,"
        " s:{s:s, s:s, s:s, s:s}}",
        "portal", "https://portal.azure.com", "authentication",
        "loginEndpoint", origin, "audiences",
        "https://management.core.windows.net/",
        "https://management.azure.com/", "tenant", "common",
        "identityProvider", "AAD", "media", "https://rest.media.azure.net",
        "graphAudience", "https://graph.windows.net/", "graph",
        "https://graph.windows.net/", "name", "AzureCloud", "batch",
        "https://batch.core.windows.net/", "resourceManager", origin,
        "microsoftGraphResourceId", "https://graph.microsoft.com/", "suffixes",
        "storage", "core.windows.net", "keyVaultDns", "vault.azure.net",
        "sqlServerHostname", "database.windows.net", "acrLoginServer",
        "azurecr.io");
}

static json_t *
cloud_2015(struct exchange *exchange)
{
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:[s,s]}}", "galleryEndpoint",
                     "https://gallery.azure.com/", "graphEndpoint",
                     "https://graph.windows.net/", "portalEndpoint",
                     "https://portal.azure.com/", "authentication",
                     "loginEndpoint", exchange_origin(exchange), "audiences",
                     "https://management.core.windows.net/",
                     "https://management.azure.com/");
}

void
metadata_endpoints(struct exchange *exchange)
{
    const char *version = exchange->api_version;

    if (strcmp(version, "2015-01-01") == 0)
        exchange_answer(exchange, 200, cloud_2015(exchange));
    else if (strcmp(version, "2022-09-01") == 0)
        exchange_answer(exchange, 200, cloud(exchange));
    else
        exchange_answer(exchange, 200, json_pack("[o]", cloud(exchange)));
}
