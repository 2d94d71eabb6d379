/* SPDX-License-Identifier: Apache-2.0 */
/* The management groups that ARM shows to the caller. */
#ifndef PIKET_AZURE_RESOURCE_MANAGEMENT_GROUP_LIST_H
#define PIKET_AZURE_RESOURCE_MANAGEMENT_GROUP_LIST_H

#include "azure/arm/arm.h"

/* Takes one group, borrowed for the call: its id, and its display name, which
 * may be "". Returns -1 with an error to end the listing. */
typedef int management_group_list_item(const char *id, const char *name,
                                       void *data, struct error *err);

/* error is NULL where the listing was read to its end. */
typedef void management_group_list_end(const struct arm_error *error,
                                       void *data);

/* Lists all pages with api-version 2023-04-01. A group without an id is
 * passed over: nothing can be asked of it. on_end is called exactly once. */
int management_group_list_read(struct arm *arm,
                               management_group_list_item *on_item,
                               management_group_list_end *on_end, void *data,
                               struct error *err);

#endif
