/* SPDX-License-Identifier: Apache-2.0 */
/* A token that somebody else got: AZURE_ACCESS_TOKEN, as Cloud Custodian
 * calls it. Refused early where its own claims say that it has ended, or is
 * for another service or tenant; never refreshed. */
#ifndef PIKET_IDENTITY_CREDENTIAL_ACCESS_TOKEN_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_ACCESS_TOKEN_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type access_token_credential;

#endif
