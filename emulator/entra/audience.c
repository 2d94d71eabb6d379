/* SPDX-License-Identifier: Apache-2.0 */
/* What tokens are for. */
#include "entra/audience.h"

#include <stddef.h>

#include "base/text.h"

const char *const audience_arm[] = {
    "https://management.core.windows.net/",
    "https://management.core.windows.net",
    "https://management.azure.com/",
    "https://management.azure.com",
    "https://management.core.usgovcloudapi.net/",
    "https://management.core.usgovcloudapi.net",
    "https://management.usgovcloudapi.net/",
    "https://management.usgovcloudapi.net",
    "https://management.core.chinacloudapi.cn/",
    "https://management.core.chinacloudapi.cn",
    "https://management.chinacloudapi.cn/",
    "https://management.chinacloudapi.cn",
    NULL
};

static const char *const others[] = { "https://graph.microsoft.com/",
                                      "https://graph.microsoft.com",
                                      "https://vault.azure.net/",
                                      "https://vault.azure.net",
                                      "https://api.loganalytics.io/",
                                      "https://api.loganalytics.io",
                                      NULL };

static bool
is_among(const char *audience, const char *const *list)
{
    for (size_t i = 0; list[i] != NULL; i++)
        if (text_equal_ignoring_case(audience, list[i]))
            return true;
    return false;
}

bool
audience_is_arm(const char *audience)
{
    return is_among(audience, audience_arm);
}

bool
audience_is_known(const char *audience)
{
    return audience_is_arm(audience) || is_among(audience, others);
}
