/* SPDX-License-Identifier: Apache-2.0 */
/* The Azure clouds: where each one's ARM and token authority are. */
#ifndef PIKET_AZURE_ARM_CLOUD_H
#define PIKET_AZURE_ARM_CLOUD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct cloud {
    const char *name;      /* as az calls it: "AzureCloud" */
    const char *alias;     /* as Az PowerShell or Terraform calls it */
    const char *authority; /* https://login.microsoftonline.com */
    const char *endpoint;  /* of ARM: https://management.azure.com */
    const char *audience;  /* of ARM's tokens, slash included */
};

extern const struct cloud cloud_table[];
extern const size_t cloud_table_length;

/* AzureCloud. */
const struct cloud *cloud_default(void);

/* The cloud with this name or alias, in any letter case. Returns NULL with
 * an error that lists the names. */
const struct cloud *cloud_by_name(const char *name, struct error *err);

/* Checks an address of ARM. trusted: a person gave it by --arm-endpoint;
 * otherwise, as with PIKET_ARM_ENDPOINT, only the clouds' own and loopback
 * addresses are allowed, since whoever controls the variable would otherwise
 * receive the token. Returns it without a slash at its end, which the caller
 * frees. */
char *cloud_check_endpoint(const char *url, const char *origin, bool trusted,
                           struct error *err);

#endif
