/* SPDX-License-Identifier: Apache-2.0 */
/* An image that outlives the reading that it came with. */
#include "engine/apply/image_copy.h"

int
image_copy(const struct contact_snapshot *image, struct arena *arena,
           const struct contact_snapshot **ret_copy, struct error *err)
{
    struct contact_snapshot *copy = arena_allocate(arena, sizeof(*copy));

    if (copy == NULL)
        return error_set_memory(err);
    *copy = *image;
    copy->bytes = arena_copy_bytes(arena, image->bytes, image->length);
    if (copy->bytes == NULL)
        return error_set_memory(err);
    *ret_copy = copy;
    return 0;
}
