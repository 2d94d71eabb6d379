/* SPDX-License-Identifier: Apache-2.0 */
/* Text in Markdown, for what only renders it: pages and OSCAL. Where a service
 * looks through the text for people to notify as well, see markdown_span. */
#ifndef PIKET_REPORT_MARKUP_MARKDOWN_TEXT_H
#define PIKET_REPORT_MARKUP_MARKDOWN_TEXT_H

#include "base/buffer.h"

/* Appends text that stands within a line, so that it is shown as it is: no
 * emphasis, link, code, table, HTML or entity. What acts on a terminal becomes
 * U+FFFD, line breaks and tabs become blanks. text may be NULL. Returns 0, or
 * -1 where target failed or memory ran out. */
int markdown_text_append(struct buffer *target, const char *text);

#endif
