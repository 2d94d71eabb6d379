/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure Developer CLI with: a
 * token from "azd auth token". azd keeps its own cache. */
#ifndef PIKET_IDENTITY_TOOL_AZURE_DEVELOPER_CLI_CREDENTIAL_H
#define PIKET_IDENTITY_TOOL_AZURE_DEVELOPER_CLI_CREDENTIAL_H

#include "identity/token/credential.h"
#include "identity/tool/tool_credential.h"

extern const struct tool azure_developer_cli_tool;
extern const struct credential_type azure_developer_cli_credential;

#endif
