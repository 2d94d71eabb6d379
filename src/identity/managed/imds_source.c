/* SPDX-License-Identifier: Apache-2.0 */
/* The instance metadata service of virtual machines and what is built of
 * them ("How to use managed identities for Azure resources on an Azure VM to
 * acquire an access token"). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "net/http/url.h"
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

enum {
    /* It is one hop away: what takes longer is something else, or nothing.
     * The SDKs wait as long. */
    IMDS_CONNECT_TIMEOUT = 1000,
    /* While it is being updated it answers 410 for up to 70 seconds; six
     * retries that begin with this wait take 70 to 115 seconds. */
    IMDS_RETRIES = 6,
    IMDS_BACKOFF = 1400,
};

static const char path[] = "/metadata/identity/oauth2/token";
static const char host_variable[] = "AZURE_POD_IDENTITY_AUTHORITY_HOST";

static bool
imds_detect(void)
{
    return true;
}

static int
imds_locate(struct managed_identity_endpoint *ret_endpoint, struct error *err)
{
    struct managed_identity_endpoint endpoint = { .header = "Metadata",
                                                  .value = "true" };
    AUTOFREE char *host = NULL;

    if (variable_get(host_variable) != NULL) {
        if (managed_identity_endpoint_read(host_variable, &endpoint, err) < 0)
            return -1;
        host = endpoint.url;
    } else {
        host = strdup("http://169.254.169.254");
    }
    if (host == NULL)
        return error_set_memory(err);
    for (size_t end = strlen(host); end > 0 && host[end - 1] == '/'; end--)
        host[end - 1] = '\0';
    if (asprintf(&endpoint.url, "%s%s", host, path) < 0)
        return error_set_memory(err);
    *ret_endpoint = endpoint;
    return 0;
}

/* 404 and 410 say "not yet" here. */
static struct http_verdict
imds_classify(const struct http_response *response, void *data)
{
    const int status = response->status;
    const bool later = status == 404 || status == 410 || status == 429
                       || status == 408 || status >= 500;

    (void) data;
    return (struct http_verdict){ later ? HTTP_VERDICT_RETRY
                                        : HTTP_VERDICT_DONE,
                                  -1 };
}

/* A proxy or another cloud's service may answer at this address; and a
 * machine without an identity answers 400. */
static bool
imds_is_absence(const struct managed_identity_id *id,
                const struct http_response *response)
{
    if (response->status == 400)
        return id->kind == MANAGED_IDENTITY_SYSTEM;
    if (response->status == 403) /* as Docker Desktop says it */
        return strstr(response->body, "unreachable") != NULL;
    return response->status == 0
           || (response->status == 200
               && response->body[strspn(response->body, " \t\r\n")] != '{');
}

const struct managed_identity_source imds_source = {
    .name = "the instance metadata service",
    .api_version = "2018-02-01",
    .parameters = {
        [MANAGED_IDENTITY_CLIENT_ID] = "client_id",
        [MANAGED_IDENTITY_OBJECT_ID] = "object_id",
        [MANAGED_IDENTITY_RESOURCE_ID] = "msi_res_id",
    },
    .uncertain = true,
    .connect_timeout = IMDS_CONNECT_TIMEOUT,
    .retries = IMDS_RETRIES,
    .backoff = IMDS_BACKOFF,
    .classify = imds_classify,
    .detect = imds_detect,
    .locate = imds_locate,
    .is_absence = imds_is_absence,
};
