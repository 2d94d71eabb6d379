/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to Azure PowerShell with. */
#include "identity/tool/azure_powershell_credential.h"

#include <string.h>

#include "base/cleanup.h"
#include "identity/token/base64.h"
#include "identity/tool/tool_message.h"

#define MODULE_MISSING "piket: no module Az.Accounts of version 2.2.0 or later"

/* It is the same each time: what differs comes in variables, so that no text
 * of ours is ever run. Versions 2.17.0 to 4 of the module give a SecureString
 * where they are asked for one, later ones always. A SecureString is not
 * written anywhere by itself; what it holds goes into the JSON only. */
static const char script[] =
    "$ErrorActionPreference = 'Stop'\n"
    "$ProgressPreference = 'SilentlyContinue'\n"
    "$WarningPreference = 'SilentlyContinue'\n"
    "$module = Import-Module Az.Accounts -MinimumVersion 2.2.0 -PassThru"
    " -ErrorAction SilentlyContinue\n"
    "if (-not $module) {\n"
    "  [Console]::Error.WriteLine('" MODULE_MISSING "')\n"
    "  exit 1\n"
    "}\n"
    "try {\n"
    "  $request = @{ ResourceUrl ="
    " $env:AZURE_IDENTITY_POWERSHELL_RESOURCE }\n"
    "  if ($env:AZURE_IDENTITY_POWERSHELL_TENANT_ID) {\n"
    "    $request.TenantId = $env:AZURE_IDENTITY_POWERSHELL_TENANT_ID\n"
    "  }\n"
    "  if ($module.Version -ge [version]'2.17.0'"
    " -and $module.Version -lt [version]'5.0.0') {\n"
    "    $request.AsSecureString = $true\n"
    "  }\n"
    "  $answer = Get-AzAccessToken @request\n"
    "  $token = $answer.Token\n"
    "  if ($token -is [System.Security.SecureString]) {\n"
    "    $pointer = [Runtime.InteropServices.Marshal]"
    "::SecureStringToBSTR($token)\n"
    "    try { $token = [Runtime.InteropServices.Marshal]"
    "::PtrToStringBSTR($pointer) }\n"
    "    finally { [Runtime.InteropServices.Marshal]"
    "::ZeroFreeBSTR($pointer) }\n"
    "  }\n"
    "  [Console]::Out.WriteLine((ConvertTo-Json -Compress @{ Token = $token;"
    " ExpiresOn = $answer.ExpiresOn.ToUnixTimeSeconds() }))\n"
    "} catch {\n"
    "  [Console]::Error.WriteLine('ERROR: ' + $_.Exception.Message)\n"
    "  exit 1\n"
    "}\n";

/* What -EncodedCommand takes: base64 of UTF-16, least byte first. The script
 * is ASCII. NULL where memory runs out. */
static const char *
script_encode(struct arena *arena)
{
    AUTOBUFFER wide = BUFFER_INIT(2 * sizeof(script));
    AUTOBUFFER encoded = BUFFER_INIT(4 * sizeof(script));

    for (const char *letter = script; *letter != '\0'; letter++) {
        buffer_append_byte(&wide, *letter);
        buffer_append_byte(&wide, '\0');
    }
    if (buffer_failed(&wide)
        || base64_encode(&encoded, buffer_text(&wide), wide.length) < 0)
        return NULL;
    return arena_copy(arena, buffer_text(&encoded));
}

static void
call_fill(struct tool_call *call, const struct credential_context *context,
          const char *claims)
{
    (void) claims;
    tool_call_add(call, "-NoProfile");
    tool_call_add(call, "-NonInteractive");
    tool_call_add(call, "-OutputFormat");
    tool_call_add(call, "Text");
    tool_call_add(call, "-EncodedCommand");
    tool_call_add(call, script_encode(call->arena));
    tool_call_set(call, arena_printf(call->arena,
                                     "AZURE_IDENTITY_POWERSHELL_RESOURCE=%s",
                                     context->audience));
    /* Empty is none: one that the environment holds is not ours. */
    tool_call_set(
        call,
        arena_printf(call->arena, "AZURE_IDENTITY_POWERSHELL_TENANT_ID=%s",
                     context->tenant != NULL ? context->tenant : ""));
    tool_call_set(call, "NO_COLOR=1"); /* in messages */
}

static const struct tool_sign signs[] = {
    { MODULE_MISSING, CREDENTIAL_UNAVAILABLE,
      "PowerShell has no module Az.Accounts of version 2.2.0 or later",
      "in pwsh, run Install-Module Az.Accounts and Connect-AzAccount, or use "
      "another credential" },
    { NULL, CREDENTIAL_FAILED, NULL, NULL },
};

/* Where PowerShell, .NET and their modules are, and how they are set; what
 * Az.Accounts reads; where a service of the platform signs it in, without
 * that service's secret. */
static const char *const variables[] = {
    "PSModulePath",  "POWERSHELL_*",
    "DOTNET_*",      "CLR_OPENSSL_VERSION_OVERRIDE",
    "AZUREPS_*",     "ACC_CLOUD",
    "MSI_ENDPOINT",  "IDENTITY_ENDPOINT",
    "IMDS_ENDPOINT", NULL,
};

const struct tool azure_powershell_tool = {
    .program = "pwsh",
    .title = "PowerShell",
    .command = "Get-AzAccessToken",
    .install = "install PowerShell with the module Az.Accounts and run "
               "Connect-AzAccount, or use another credential",
    .login = "Connect-AzAccount",
    .login_tenant = " -Tenant ",
    .login_claims = " -ClaimsChallenge ",
    .fill = call_fill,
    .find_message = tool_message_find,
    .variables = variables,
    .form = { "Token", NULL, "ExpiresOn", NULL },
    .signs = signs,
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    return tool_credential_create(ret_credential, &azure_powershell_tool,
                                  context, err);
}

const struct credential_type azure_powershell_credential = {
    .name = "AzurePowerShellCredential",
    .group = CREDENTIAL_DEVELOPMENT,
    .needs = "PowerShell with the module Az.Accounts, signed in with "
             "Connect-AzAccount",
    .create = credential_create,
    .request = tool_credential_request,
    .free = tool_credential_free,
};
