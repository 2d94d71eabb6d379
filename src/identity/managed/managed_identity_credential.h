/* SPDX-License-Identifier: Apache-2.0 */
/* The identity that Azure gives a machine: a virtual machine, an App Service
 * or Function, a Container App, a server that Azure Arc manages, Cloud Shell,
 * a compute of Azure Machine Learning. No secret is kept anywhere; the
 * platform's own service (managed_identity_source) hands out tokens.
 *
 * Requests to it never pass a proxy, and no redirect is followed. Claims of a
 * challenge cannot be passed on: the platform has no word for them. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_CREDENTIAL_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_CREDENTIAL_H

#include "identity/token/credential.h"

extern const struct credential_type managed_identity_credential;

#endif
