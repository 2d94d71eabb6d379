/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure CLI with. */
#include "identity/tool/azure_cli_credential.h"

#include "identity/tool/tool_message.h"

/* --resource, not --scope: every az has it. */
static void
call_fill(struct tool_call *call, const struct credential_context *context,
          const char *claims)
{
    (void) claims;
    tool_call_add(call, "account");
    tool_call_add(call, "get-access-token");
    tool_call_add(call, "-o");
    tool_call_add(call, "json");
    tool_call_add(call, "--resource");
    tool_call_add(call, context->audience);
    if (context->tenant == NULL)
        return;
    tool_call_add(call, "--tenant");
    tool_call_add(call, context->tenant);
}

/* Its folders and settings; which cloud it speaks to; where a service of the
 * platform signs it in (az login --identity), without that service's secret;
 * and what its Python reads. */
static const char *const variables[] = {
    "AZURE_CONFIG_DIR",
    "AZURE_EXTENSION_*",
    "AZURE_CORE_*",
    "AZURE_CLOUD_NAME",
    "AZURE_CLI_DISABLE_CONNECTION_VERIFICATION",
    "ARM_CLOUD_METADATA_URL",
    "ACC_CLOUD",
    "AZUREPS_HOST_ENVIRONMENT",
    "MSI_ENDPOINT",
    "IDENTITY_ENDPOINT",
    "IMDS_ENDPOINT",
    "AZ_PYTHON",
    "PYTHON*",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    NULL,
};

const struct tool azure_cli_tool = {
    .program = "az",
    .title = "Azure CLI",
    .command = "az account get-access-token",
    .install = "install the Azure CLI and run az login, or use another "
               "credential",
    .login = "az login",
    .login_tenant = " --tenant ",
    .login_claims = " --claims-challenge ",
    .fill = call_fill,
    .find_message = tool_message_find,
    .variables = variables,
    /* az before 2.54 says the end in local time only. */
    .form = { "accessToken", "tokenType", "expires_on", "expiresOn" },
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    return tool_credential_create(ret_credential, &azure_cli_tool, context,
                                  err);
}

const struct credential_type azure_cli_credential = {
    .name = "AzureCliCredential",
    .group = CREDENTIAL_DEVELOPMENT,
    .needs = "the Azure CLI, signed in with az login",
    .create = credential_create,
    .request = tool_credential_request,
    .free = tool_credential_free,
};
