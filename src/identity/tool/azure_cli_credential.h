/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure CLI with: a token from
 * "az account get-access-token". az keeps its own cache. */
#ifndef PIKET_IDENTITY_TOOL_AZURE_CLI_CREDENTIAL_H
#define PIKET_IDENTITY_TOOL_AZURE_CLI_CREDENTIAL_H

#include "identity/token/credential.h"
#include "identity/tool/tool_credential.h"

extern const struct tool azure_cli_tool;
extern const struct credential_type azure_cli_credential;

#endif
