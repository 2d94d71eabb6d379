/* SPDX-License-Identifier: Apache-2.0 */
/* The token authority. */
#include "identity/entra/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "net/http/url.h"

/* The longest name in DNS. */
enum { AUTHORITY_TENANT_CEILING = 253 };

/* The hosts that Microsoft's own libraries trust without asking. */
static const char *const known_origins[] = {
    "https://login.microsoftonline.com",
    "https://login.microsoft.com",
    "https://login.windows.net",
    "https://sts.windows.net",
    "https://login.microsoftonline.us",
    "https://login-us.microsoftonline.com",
    "https://login.usgovcloudapi.net",
    "https://login.chinacloudapi.cn",
    "https://login.partner.microsoftonline.cn",
    "https://login.sovcloud-identity.fr",
    "https://login.sovcloud-identity.de",
    "https://login.sovcloud-identity.sg",
};

static bool
is_known(const char *endpoint)
{
    for (size_t i = 0; i < ARRAY_LENGTH(known_origins); i++)
        if (url_same_origin(endpoint, known_origins[i]))
            return true;
    return false;
}

char *
authority_check(const char *host, const char *origin, bool trusted,
                struct error *err)
{
    AUTOFREE char *endpoint = url_endpoint(host, origin, err);

    if (endpoint == NULL)
        return NULL;
    if (trusted || is_known(endpoint) || url_is_loopback(endpoint))
        return take_pointer(endpoint);
    error_set(err,
              "%s: %s is not a sign-in host of a Microsoft cloud; secrets "
              "are not sent to it",
              origin, endpoint);
    error_advise(err,
                 "unset %s; only if you know the address to be yours, "
                 "give it with --authority-host",
                 origin);
    return NULL;
}

bool
authority_valid_tenant(const char *tenant)
{
    const size_t length = tenant != NULL ? strlen(tenant) : 0;
    static const char letters[] = "0123456789"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-";

    if (length == 0 || length > AUTHORITY_TENANT_CEILING)
        return false;
    return tenant[0] != '.' && tenant[0] != '-'
           && strspn(tenant, letters) == length;
}

static char *
endpoint_url(const char *authority, const char *tenant, const char *endpoint,
             struct error *err)
{
    char *url = NULL;

    if (!authority_valid_tenant(tenant)) {
        error_set(err, "'%s' is not a tenant: an id or a domain is needed",
                  tenant);
        error_advise(err, "AZURE_TENANT_ID takes an id or a domain, as "
                          "--tenant does");
        return NULL;
    }
    if (asprintf(&url, "%s/%s/oauth2/v2.0/%s", authority, tenant, endpoint)
        < 0) {
        error_set_memory(err);
        return NULL;
    }
    return url;
}

char *
authority_token_url(const char *authority, const char *tenant,
                    struct error *err)
{
    return endpoint_url(authority, tenant, "token", err);
}

char *
authority_device_code_url(const char *authority, const char *tenant,
                          struct error *err)
{
    return endpoint_url(authority, tenant, "devicecode", err);
}

char *
authority_discovery_url(const char *authority, const char *tenant,
                        struct error *err)
{
    static const char adfs[] = "/adfs";
    const size_t length = strlen(authority);
    const bool without_tenants =
        length > strlen(adfs)
        && text_equal_ignoring_case(authority + length - strlen(adfs), adfs);
    char *url = NULL;

    if (asprintf(&url, "%s%s%s/.well-known/openid-configuration", authority,
                 without_tenants ? "" : "/", without_tenants ? "" : tenant)
        < 0) {
        error_set_memory(err);
        return NULL;
    }
    return url;
}

char *
authority_scope(const char *audience)
{
    char *scope = NULL;

    return asprintf(&scope, "%s/.default", audience) < 0 ? NULL : scope;
}
