/* SPDX-License-Identifier: Apache-2.0 */
/* The tenants that the caller belongs to, and what they are called. */
#ifndef PIKET_AZURE_RESOURCE_TENANT_LIST_H
#define PIKET_AZURE_RESOURCE_TENANT_LIST_H

#include "azure/arm/arm.h"

/* As ARM lists it. Valid UTF-8, borrowed for the call. */
struct tenant {
    const char *id;     /* a UUID, in any letter case */
    const char *name;   /* display name, or NULL */
    const char *domain; /* the default one, or NULL */
};

/* Takes one tenant. Returns -1 with an error to end the listing. */
typedef int tenant_list_item(const struct tenant *tenant, void *data,
                             struct error *err);

/* error is NULL where the listing was read to its end. */
typedef void tenant_list_end(const struct arm_error *error, void *data);

/* Lists with api-version 2022-12-01; what has no usable id is passed over:
 * nothing but names is taken from here. on_end is called exactly once. */
int tenant_list(struct arm *arm, tenant_list_item *on_item,
                tenant_list_end *on_end, void *data, struct error *err);

#endif
