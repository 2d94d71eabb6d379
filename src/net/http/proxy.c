/* SPDX-License-Identifier: Apache-2.0 */
/* The proxy that the environment names. */
#include "net/http/proxy.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/cleanup.h"

/* In libcurl's order. It reads no HTTP_PROXY, which a web server's clients
 * can set. */
static const char *
find_variable(const char *url)
{
    static const char *const secure[] = { "https_proxy", "HTTPS_PROXY",
                                          "all_proxy", "ALL_PROXY", NULL };
    static const char *const plain[] = { "http_proxy", "all_proxy",
                                         "ALL_PROXY", NULL };
    const char *const *name =
        strncasecmp(url, "https:", 6) == 0 ? secure : plain;

    for (; *name != NULL; name++) {
        const char *value = getenv(*name);
        if (value != NULL)
            return value[0] != '\0' ? value : NULL;
    }
    return NULL;
}

/* libcurl's own default for proxies is 1080. */
static char *
address_read(CURLU *handle)
{
    char *scheme = NULL;
    char *host = NULL;
    char *port = NULL;
    char *address = NULL;

    (void) curl_url_get(handle, CURLUPART_SCHEME, &scheme, 0);
    (void) curl_url_get(handle, CURLUPART_HOST, &host, 0);
    (void) curl_url_get(handle, CURLUPART_PORT, &port, 0);
    const char *usual =
        scheme != NULL && strcasecmp(scheme, "https") == 0 ? "443" : "1080";
    if (host != NULL
        && asprintf(&address, "%s port %s", host, port != NULL ? port : usual)
               < 0)
        address = NULL;
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    return address;
}

char *
proxy_address(const char *url)
{
    const char *value = find_variable(url);
    CURLU *handle = value != NULL ? curl_url() : NULL;
    char *address = NULL;

    if (handle != NULL
        && curl_url_set(handle, CURLUPART_URL, value,
                        CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME)
               == CURLUE_OK)
        address = address_read(handle);
    curl_url_cleanup(handle);
    return address;
}
