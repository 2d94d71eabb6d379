/* SPDX-License-Identifier: Apache-2.0 */
/* A compute of Azure Machine Learning. */
#include "net/http/limits.h"
#include "identity/managed/managed_identity_source.h"
#include "identity/token/variable.h"

static bool
machine_learning_detect(void)
{
    return variable_get("MSI_ENDPOINT") != NULL
           && variable_get("MSI_SECRET") != NULL;
}

static int
machine_learning_locate(struct managed_identity_endpoint *ret_endpoint,
                        struct error *err)
{
    if (managed_identity_endpoint_read("MSI_ENDPOINT", ret_endpoint, err) < 0)
        return -1;
    ret_endpoint->header = "secret";
    ret_endpoint->value = variable_get("MSI_SECRET");
    return 0;
}

const struct managed_identity_source machine_learning_source = {
    .name = "Azure Machine Learning",
    .api_version = "2017-09-01",
    .parameters = {
        [MANAGED_IDENTITY_CLIENT_ID] = "clientid",
    },
    .client_variable = "DEFAULT_IDENTITY_CLIENT_ID",
    .retries = HTTP_RETRIES,
    .backoff = HTTP_BACKOFF_BASE,
    .detect = machine_learning_detect,
    .locate = machine_learning_locate,
};
