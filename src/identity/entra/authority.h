/* SPDX-License-Identifier: Apache-2.0 */
/* The token authority: which hosts may be sent a secret, and how its URLs
 * are built. They are built, never discovered. */
#ifndef PIKET_IDENTITY_ENTRA_AUTHORITY_H
#define PIKET_IDENTITY_ENTRA_AUTHORITY_H

#include <stdbool.h>

#include "base/error.h"

/* Checks an authority host. trusted: a person gave it by --authority-host;
 * otherwise, as with AZURE_AUTHORITY_HOST, only the known hosts of
 * Microsoft's clouds and loopback addresses are allowed, since whoever
 * controls the variable would otherwise receive the client secret. Returns
 * the origin without a slash at its end (a path such as /adfs stays), which
 * the caller frees. */
char *authority_check(const char *host, const char *origin, bool trusted,
                      struct error *err);

/* https://{authority}/{tenant}/oauth2/v2.0/token. The caller frees it. */
char *authority_token_url(const char *authority, const char *tenant,
                          struct error *err);

/* https://{authority}/{tenant}/oauth2/v2.0/devicecode, likewise. */
char *authority_device_code_url(const char *authority, const char *tenant,
                                struct error *err);

/* Where the authority tells about a tenant (OpenID Connect Discovery), to see
 * whether it answers and knows the tenant; nothing that it says is used. An
 * authority of the ADFS kind has no tenants. The caller frees it. */
char *authority_discovery_url(const char *authority, const char *tenant,
                              struct error *err);

/* A tenant is letters, digits, dots and dashes (it stands in a path). */
bool authority_valid_tenant(const char *tenant);

/* The v2 scope of an audience: the audience as it is, with its slash, and
 * "/.default" (azure-sdk and Entra's "Trailing slash and .default"). The
 * caller frees it. NULL where memory runs out. */
char *authority_scope(const char *audience);

#endif
