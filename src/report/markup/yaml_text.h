/* SPDX-License-Identifier: Apache-2.0 */
/* Foreign text in a YAML document: as a value, or behind a #. */
#ifndef PIKET_REPORT_MARKUP_YAML_TEXT_H
#define PIKET_REPORT_MARKUP_YAML_TEXT_H

#include "base/buffer.h"

/* Longer texts end in "..." in a comment. */
enum { YAML_TEXT_COMMENT_CEILING = 60 /* characters */ };

/* Appends text as a value that every YAML reader takes for that very text:
 * without quotes where it cannot be anything else, otherwise in double
 * quotes, with what a person would not see, or a pipeline's agent would take
 * for a command, as an escape. Bytes that are not
 * UTF-8 become U+FFFD. */
void yaml_text_append(struct buffer *target, const char *text);

/* The same, always in quotes. */
void yaml_text_append_quoted(struct buffer *target, const char *text);

/* Appends text so that it cannot leave the comment it stands in. */
void yaml_text_append_comment(struct buffer *target, const char *text);

#endif
