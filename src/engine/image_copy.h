/* SPDX-License-Identifier: Apache-2.0 */
/* An image that outlives the reading that it came with. */
#ifndef PIKET_ENGINE_IMAGE_COPY_H
#define PIKET_ENGINE_IMAGE_COPY_H

#include "base/arena.h"
#include "base/error.h"
#include "control/contact.h"

int image_copy(const struct contact_image *image, struct arena *arena,
               const struct contact_image **ret_copy, struct error *err);

#endif
