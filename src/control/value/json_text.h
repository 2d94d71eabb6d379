/* SPDX-License-Identifier: Apache-2.0 */
/* A tree as JSON that somebody reads: in a report, or in a file of ours. */
#ifndef PIKET_CONTROL_VALUE_JSON_TEXT_H
#define PIKET_CONTROL_VALUE_JSON_TEXT_H

#include <jansson.h>

#include "base/buffer.h"

/* Appends the tree in ASCII, in the shape of these flags of jansson's. What a
 * pipeline's agent could take for a command stands as escapes, which means
 * the same to a reader of JSON. Returns 0, or -1 where the tree is NULL,
 * memory ran out or target failed. */
int json_text_append(struct buffer *target, const json_t *tree, size_t flags);

#endif
