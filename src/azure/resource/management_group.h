/* SPDX-License-Identifier: Apache-2.0 */
/* The subscriptions below a management group. */
#ifndef PIKET_AZURE_RESOURCE_MANAGEMENT_GROUP_H
#define PIKET_AZURE_RESOURCE_MANAGEMENT_GROUP_H

#include "azure/arm/arm.h"

/* Takes one subscription: its id, a UUID in any letter case, and its display
 * name, "" where there is none; both borrowed for the call. Returns -1 with an
 * error to end the listing. */
typedef int management_group_item(const char *id, const char *name, void *data,
                                  struct error *err);

/* error is NULL where the listing was read to its end. */
typedef void management_group_end(const struct arm_error *error, void *data);

/* Lists the descendants, at any depth, with api-version 2023-04-01. What is
 * a subscription is told by the id's beginning alone: the documentation
 * gives two different types. The same one may come twice. An id that cannot be
 * understood breaks the listing off: it must never look shorter than it is.
 * group goes into the path; scope_valid_group must hold. on_end is called
 * exactly once. */
int management_group_list(struct arm *arm, const char *group,
                          management_group_item *on_item,
                          management_group_end *on_end, void *data,
                          struct error *err);

#endif
