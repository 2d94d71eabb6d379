/* SPDX-License-Identifier: Apache-2.0 */
/* Text of others within a line of Markdown, shown as it is.
 *
 * A backslash takes the meaning from Markdown's own characters, but services
 * look through what came of it once more: for @somebody to notify, #1 and
 * closes GH-1 to act on, addresses to link to. They leave alone what stands
 * as code; so whatever is more than words and plain punctuation becomes a code
 * span. */
#ifndef PIKET_REPORT_MARKUP_MARKDOWN_SPAN_H
#define PIKET_REPORT_MARKUP_MARKDOWN_SPAN_H

#include "base/buffer.h"

/* Where it stands: in a cell of a table a pipe has a meaning, even in code. */
enum markdown_place { MARKDOWN_LINE, MARKDOWN_CELL };

/* Appends printable text (text_append_printable). Returns 0, or -1 where
 * target failed. */
int markdown_span_append(struct buffer *target, const char *text,
                         enum markdown_place place);

/* The same, always as code: for names and ids. */
int markdown_span_code(struct buffer *target, const char *text,
                       enum markdown_place place);

#endif
