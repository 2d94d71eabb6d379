/* SPDX-License-Identifier: Apache-2.0 */
/* A job of GitHub Actions with the permission id-token: write. GitHub gives
 * it a token for Entra at ACTIONS_ID_TOKEN_REQUEST_URL, new for every
 * request: it lives for minutes. AZURE_CLIENT_ID and AZURE_TENANT_ID say whom
 * it stands for. */
#ifndef PIKET_IDENTITY_CREDENTIAL_GITHUB_OIDC_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_GITHUB_OIDC_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type github_oidc_credential;

#endif
