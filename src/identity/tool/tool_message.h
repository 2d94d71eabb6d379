/* SPDX-License-Identifier: Apache-2.0 */
/* What a tool complains, in one line. Any bytes may be given. */
#ifndef PIKET_IDENTITY_TOOL_TOOL_MESSAGE_H
#define PIKET_IDENTITY_TOOL_TOOL_MESSAGE_H

#include "base/buffer.h"

/* Finds the line that says what is wrong: the last that begins with
 * "ERROR: ", without that, else the last, as of a Python trace. Appended as
 * it came; nothing where there is none. */
void tool_message_find(struct buffer *message, const char *errors);

/* The same where lines may be JSON, as azd's are: "error" or else "message"
 * (since azd 1.23.7), or the message within "data" (before). */
void tool_message_find_json(struct buffer *message, const char *errors);

/* Appends a message fit for people: printable, of a reasonable length, and
 * without the tokens that tools and their extensions repeat when they fail.
 * Those go before the line is cut: half a token is not known as one. */
void tool_message_show(struct buffer *line, const struct buffer *message);

#endif
