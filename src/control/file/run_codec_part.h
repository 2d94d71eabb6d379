/* SPDX-License-Identifier: Apache-2.0 */
/* What both halves of the codec share. */
#ifndef PIKET_CONTROL_FILE_RUN_CODEC_PART_H
#define PIKET_CONTROL_FILE_RUN_CODEC_PART_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

/* A text, null where it is NULL. What is not UTF-8, such as the name of a
 * file, is repaired. NULL where memory runs out. */
json_t *run_codec_text(const char *text);

/* Appends a tree as one line. NULL stands for memory that ran out. */
int run_codec_dump(const json_t *tree, struct buffer *target,
                   struct error *err);

/* NULL where the bytes are no JSON. */
json_t *run_codec_parse(const char *name, const char *bytes, size_t length,
                        struct error *err);

#endif
