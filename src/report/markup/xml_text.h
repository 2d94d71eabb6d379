/* SPDX-License-Identifier: Apache-2.0 */
/* Text of others in XML 1.0. */
#ifndef PIKET_REPORT_MARKUP_XML_TEXT_H
#define PIKET_REPORT_MARKUP_XML_TEXT_H

#include "base/buffer.h"

/* Appends text for an element's contents or an attribute's value: what means
 * something to XML, or a command to the agent of a pipeline, escaped;
 * characters that XML 1.0 cannot hold even escaped
 * (https://www.w3.org/TR/xml/#charsets), and those that act on a terminal,
 * become U+FFFD; line breaks and tabs blanks. text may be NULL. Returns 0, or
 * -1 where target failed or memory ran out. */
int xml_text_append(struct buffer *target, const char *text);

/* Appends a blank, the name, which is ours, and the text as an attribute.
 * Returns as xml_text_append. */
int xml_text_attribute(struct buffer *target, const char *name,
                       const char *text);

#endif
