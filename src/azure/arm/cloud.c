/* SPDX-License-Identifier: Apache-2.0 */
/* The Azure clouds. */
#include "azure/arm/cloud.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "net/http/url.h"

enum { CLOUD_NAMES_CEILING = 1024 };

/* Authorities, endpoints and audiences as the Azure SDK for Go and Azure CLI
 * use them (azcore/cloud, azure-cli-core/cloud.py). For the sovereign clouds
 * of France and Germany no SDK names an audience but ARM's own address. */
const struct cloud cloud_table[] = {
    { "AzureCloud", "AzurePublic", "https://login.microsoftonline.com",
      "https://management.azure.com", "https://management.core.windows.net/" },
    { "AzureUSGovernment", "AzureGovernment",
      "https://login.microsoftonline.us",
      "https://management.usgovcloudapi.net",
      "https://management.core.usgovcloudapi.net/" },
    { "AzureChinaCloud", "AzureChina", "https://login.chinacloudapi.cn",
      "https://management.chinacloudapi.cn",
      "https://management.core.chinacloudapi.cn/" },
    { "AzureBleuCloud", "Bleu", "https://login.sovcloud-identity.fr",
      "https://management.sovcloud-api.fr",
      "https://management.sovcloud-api.fr/" },
    { "AzureGermanyCloud", "Delos", "https://login.sovcloud-identity.de",
      "https://management.sovcloud-api.de",
      "https://management.sovcloud-api.de/" },
};

const size_t cloud_table_length = ARRAY_LENGTH(cloud_table);

const struct cloud *
cloud_default(void)
{
    return &cloud_table[0];
}

const struct cloud *
cloud_by_name(const char *name, struct error *err)
{
    AUTOBUFFER names = BUFFER_INIT(CLOUD_NAMES_CEILING);

    for (size_t i = 0; i < cloud_table_length; i++) {
        if (text_equal_ignoring_case(name, cloud_table[i].name)
            || text_equal_ignoring_case(name, cloud_table[i].alias))
            return &cloud_table[i];
        buffer_printf(&names, "%s%s", i == 0 ? "" : ", ", cloud_table[i].name);
    }
    error_set(err, "there is no cloud named '%s'", name);
    error_advise(err, "choose one of: %s", buffer_text(&names));
    return NULL;
}

static bool
is_known(const char *endpoint)
{
    for (size_t i = 0; i < cloud_table_length; i++)
        if (url_same_origin(endpoint, cloud_table[i].endpoint))
            return true;
    return false;
}

char *
cloud_check_endpoint(const char *url, const char *origin, bool trusted,
                     struct error *err)
{
    AUTOFREE char *endpoint = url_endpoint(url, origin, err);

    if (endpoint == NULL)
        return NULL;
    if (trusted || is_known(endpoint) || url_is_loopback(endpoint))
        return take_pointer(endpoint);
    error_set(err,
              "%s: %s is not the Azure Resource Manager of a cloud that is "
              "known; tokens are not sent to it",
              origin, endpoint);
    error_advise(err,
                 "unset %s; only if you know the address to be yours, "
                 "give it with --arm-endpoint",
                 origin);
    return NULL;
}
