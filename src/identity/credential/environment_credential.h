/* SPDX-License-Identifier: Apache-2.0 */
/* A service principal from AZURE_TENANT_ID, AZURE_CLIENT_ID and
 * AZURE_CLIENT_SECRET, or in its place AZURE_CLIENT_CERTIFICATE_PATH with
 * AZURE_CLIENT_CERTIFICATE_PASSWORD and AZURE_CLIENT_SEND_CERTIFICATE_CHAIN
 * (OAuth 2.0 client credentials grant, RFC 6749 4.4, RFC 7523 2.2).
 * A tenant in the context goes before AZURE_TENANT_ID.
 *
 * Where the variables of another way of signing in are set that is not
 * there, the chain ends: signing in as somebody else would surprise. */
#ifndef PIKET_IDENTITY_CREDENTIAL_ENVIRONMENT_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_ENVIRONMENT_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type environment_credential;

#endif
