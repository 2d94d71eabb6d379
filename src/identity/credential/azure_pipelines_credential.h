/* SPDX-License-Identifier: Apache-2.0 */
/* A job of Azure Pipelines with a service connection of the kind "workload
 * identity federation". Azure DevOps gives it a token for Entra at
 * SYSTEM_OIDCREQUESTURI, new for every request; SYSTEM_ACCESSTOKEN, which the
 * pipeline must map, opens it. The task AzureCLI@2 sets the connection's
 * AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, _CLIENT_ID and _TENANT_ID. */
#ifndef PIKET_IDENTITY_CREDENTIAL_AZURE_PIPELINES_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_AZURE_PIPELINES_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type azure_pipelines_credential;

#endif
