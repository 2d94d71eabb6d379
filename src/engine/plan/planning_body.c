/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON that a change of a plan is to write. */
#include "engine/plan/planning_body.h"

#include "azure/contact/contact_snapshot.h"

/* Where Microsoft.Security is not registered, there is nothing to start
 * from. */
static struct contact_snapshot
empty_image(enum contact_version version)
{
    static const char bytes[] = "{\"value\":[]}";

    return (struct contact_snapshot){ version, bytes, sizeof(bytes) - 1 };
}

int
planning_body_revise(const struct plan_change *change, struct buffer *target,
                     struct error *err)
{
    const struct contact_snapshot empty = empty_image(change->version);
    const struct contact_snapshot *image = change->image;

    if (change->action == PLAN_REGISTER)
        image = &empty;
    if (image == NULL)
        return error_set(err, "what was read of it has not been kept");
    return contact_snapshot_revise(image, change->after, target, err);
}
