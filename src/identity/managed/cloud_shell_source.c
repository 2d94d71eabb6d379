/* SPDX-License-Identifier: Apache-2.0 */
/* Azure Cloud Shell, which signs in as the person who opened it. */
#include "net/http/limits.h"
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

static bool
cloud_shell_detect(void)
{
    return variable_get("MSI_ENDPOINT") != NULL;
}

static int
cloud_shell_locate(struct managed_identity_endpoint *ret_endpoint,
                   struct error *err)
{
    if (managed_identity_endpoint_read("MSI_ENDPOINT", ret_endpoint, err) < 0)
        return -1;
    ret_endpoint->header = "Metadata";
    ret_endpoint->value = "true";
    return 0;
}

const struct managed_identity_source cloud_shell_source = {
    .name = "Cloud Shell",
    .post = true,
    .retries = HTTP_RETRIES,
    .backoff = HTTP_BACKOFF_BASE,
    .detect = cloud_shell_detect,
    .locate = cloud_shell_locate,
};
