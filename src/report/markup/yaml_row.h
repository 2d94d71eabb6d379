/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a YAML document, with a comment behind it. */
#ifndef PIKET_REPORT_MARKUP_YAML_ROW_H
#define PIKET_REPORT_MARKUP_YAML_ROW_H

#include <stdbool.h>

#include "base/buffer.h"

/* Begins a line at this depth; where it is not live, # stands in front, and
 * deleting just that makes it a setting. */
void yaml_row_begin(struct buffer *row, bool live, unsigned depth,
                    const char *text);

/* Begins the comment behind what the line holds so far, in a column of its
 * own. */
void yaml_row_note(struct buffer *row);

/* Appends the line to target, and forgets it. */
void yaml_row_end(struct buffer *row, struct buffer *target);

/* Both for a line without values. */
void yaml_row_append(struct buffer *target, bool live, unsigned depth,
                     const char *text);

#endif
