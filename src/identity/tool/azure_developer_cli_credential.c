/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure Developer CLI with. */
#include "identity/tool/azure_developer_cli_credential.h"

#include <string.h>

#include "base/cleanup.h"
#include "identity/entra/authority.h"
#include "identity/token/base64.h"
#include "identity/token/claims_challenge.h"
#include "identity/tool/tool_message.h"

static void
claims_add(struct tool_call *call, const char *claims)
{
    AUTOBUFFER encoded = BUFFER_INIT(2 * CLAIMS_CHALLENGE_CEILING);

    tool_call_add(call, "--claims");
    if (base64_encode(&encoded, claims, strlen(claims)) < 0)
        call->failed = true;
    else
        tool_call_add(call, arena_copy(call->arena, buffer_text(&encoded)));
}

/* --no-prompt: azd would wait for an answer that nobody gives. */
static void
call_fill(struct tool_call *call, const struct credential_context *context,
          const char *claims)
{
    AUTOFREE char *scope = authority_scope(context->audience);

    tool_call_add(call, "auth");
    tool_call_add(call, "token");
    tool_call_add(call, "--output");
    tool_call_add(call, "json");
    tool_call_add(call, "--no-prompt");
    tool_call_add(call, "--scope");
    tool_call_add(call, arena_copy(call->arena, scope));
    if (context->tenant != NULL) {
        tool_call_add(call, "--tenant-id");
        tool_call_add(call, context->tenant);
    }
    if (claims != NULL)
        claims_add(call, claims);
}

static const struct tool_sign signs[] = {
    { "unknown flag: --claims", CREDENTIAL_FAILED,
      "the tenant asks for another sign-in (claims challenge), and this azd "
      "cannot pass that on",
      "use azd 1.18.1 or later" },
    { "unknown flag: --no-prompt", CREDENTIAL_FAILED,
      "this azd is too old to give tokens", "use a newer azd" },
    { NULL, CREDENTIAL_FAILED, NULL, NULL },
};

/* Its folder and settings, also those by which an editor signs it in, and the
 * subscription whose tenant it takes where none is given. */
static const char *const variables[] = {
    "AZD_*",
    "AZURE_DEV_*",
    "AZURE_SUBSCRIPTION_ID",
    NULL,
};

const struct tool azure_developer_cli_tool = {
    .program = "azd",
    .title = "Azure Developer CLI",
    .command = "azd auth token",
    .install = "install the Azure Developer CLI and run azd auth login, or "
               "use another credential",
    .login = "azd auth login",
    .login_tenant = " --tenant-id ",
    .fill = call_fill,
    .find_message = tool_message_find_json,
    .variables = variables,
    .form = { "token", NULL, "expiresOn", NULL },
    .signs = signs,
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    return tool_credential_create(ret_credential, &azure_developer_cli_tool,
                                  context, err);
}

const struct credential_type azure_developer_cli_credential = {
    .name = "AzureDeveloperCliCredential",
    .group = CREDENTIAL_DEVELOPMENT,
    .needs = "the Azure Developer CLI, signed in with azd auth login",
    .create = credential_create,
    .request = tool_credential_request,
    .free = tool_credential_free,
};
