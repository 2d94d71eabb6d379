/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller may do in a subscription. */
#ifndef PIKET_AZURE_RESOURCE_PERMISSION_H
#define PIKET_AZURE_RESOURCE_PERMISSION_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm/arm.h"

/* What one role that the caller has allows: its actions but for those of
 * notActions, with * for any text, slashes included, in any letter case
 * (Azure RBAC, "Understand Azure role definitions"). */
struct permission {
    const char *const *actions;
    size_t action_count;
    const char *const *not_actions;
    size_t not_action_count;
};

/* Whether this role allows the action, such as
 * Microsoft.Security/securityContacts/read. A caller may do what any of its
 * roles allows: a notAction takes away from its own role only. */
bool permission_allows(const struct permission *permission,
                       const char *action);

/* allowed has one member for each action asked for, borrowed; error is NULL
 * where all pages were read, else nothing is certain. */
typedef void permission_done(const bool *allowed,
                             const struct arm_error *error, void *data);

/* Reads the caller's permissions on a subscription, whose id is a UUID, with
 * api-version 2022-04-01, and holds the actions against them. The path is
 * served, though the specification only has resource groups and resources
 * (azure-rest-api-specs issue 19473). Deny assignments do not show here.
 * actions are borrowed until done is called, exactly once. */
int permission_read(struct arm *arm, const char *subscription_id,
                    const char *const *actions, size_t count,
                    permission_done *done, void *data, struct error *err)
    __attribute__((nonnull(1, 2, 3, 5)));

#endif
