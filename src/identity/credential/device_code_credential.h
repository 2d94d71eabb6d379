/* SPDX-License-Identifier: Apache-2.0 */
/* A person who signs in on another device (RFC 8628): piket shows a code, the
 * person enters it in a browser anywhere. By name only: it waits for a
 * person. The tenant is the one asked for, AZURE_TENANT_ID, or the person's
 * own; the application is AZURE_CLIENT_ID, or that of the Azure CLI. */
#ifndef PIKET_IDENTITY_CREDENTIAL_DEVICE_CODE_CREDENTIAL_H
#define PIKET_IDENTITY_CREDENTIAL_DEVICE_CODE_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type device_code_credential;

#endif
