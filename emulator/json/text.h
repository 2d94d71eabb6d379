/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as text, written without a tree: for what is long or frequent. */
#ifndef EMULATOR_JSON_TEXT_H
#define EMULATOR_JSON_TEXT_H

#include <stddef.h>

#include <jansson.h>

#include "base/buffer.h"

/* Appends a quoted string. text is valid UTF-8, or NULL, which becomes
 * null. */
int json_text_string(struct buffer *target, const char *text);

/* The same for bytes that came from outside: what is not UTF-8 becomes
 * U+FFFD. */
int json_text_bytes(struct buffer *target, const char *bytes, size_t length);

/* Appends a value in compact form and releases it; NULL fails the buffer. */
int json_text_value(struct buffer *target, json_t *value);

#endif
