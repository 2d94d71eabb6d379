/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to Azure PowerShell with: a token from
 * Get-AzAccessToken of the module Az.Accounts, which keeps its own cache. */
#ifndef PIKET_IDENTITY_TOOL_AZURE_POWERSHELL_CREDENTIAL_H
#define PIKET_IDENTITY_TOOL_AZURE_POWERSHELL_CREDENTIAL_H

#include "identity/token/credential.h"
#include "identity/tool/tool_credential.h"

extern const struct tool azure_powershell_tool;
extern const struct credential_type azure_powershell_credential;

#endif
