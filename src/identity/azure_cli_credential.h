/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure CLI with: a token from
 * "az account get-access-token". az keeps its own cache; its files, which
 * hold refresh tokens, are not read here. */
#ifndef PIKET_IDENTITY_AZURE_CLI_CREDENTIAL_H
#define PIKET_IDENTITY_AZURE_CLI_CREDENTIAL_H

#include "identity/credential.h"

extern const struct credential_type azure_cli_credential;

#endif
