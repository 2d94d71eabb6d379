/* SPDX-License-Identifier: Apache-2.0 */
/* A pod's service account in AKS, or in any cluster that Entra trusts: the
 * token in AZURE_FEDERATED_TOKEN_FILE, which the cluster renews, is read anew
 * for every request. AZURE_CLIENT_ID and AZURE_TENANT_ID say whom it stands
 * for; the cluster's webhook sets all three. */
#ifndef PIKET_IDENTITY_CREDENTIAL_WORKLOAD_IDENTITY_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_WORKLOAD_IDENTITY_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type workload_identity_credential;

#endif
