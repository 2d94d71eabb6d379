/* SPDX-License-Identifier: Apache-2.0 */
/* An image that outlives the reading that it came with. */
#ifndef PIKET_ENGINE_APPLY_IMAGE_COPY_H
#define PIKET_ENGINE_APPLY_IMAGE_COPY_H

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"

int image_copy(const struct contact_snapshot *image, struct arena *arena,
               const struct contact_snapshot **ret_copy, struct error *err);

#endif
