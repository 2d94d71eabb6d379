/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that others wrote: issuers of tokens, tools, the tokens themselves. */
#ifndef PIKET_IDENTITY_TOKEN_JSON_ANSWER_H
#define PIKET_IDENTITY_TOKEN_JSON_ANSWER_H

#include <jansson.h>
#include <stddef.h>

#include "base/error.h"

/* Answers have some ten members, a token with all its groups a thousand. */
enum { JSON_ANSWER_VALUES = 10 * 1000 };

/* Parses an object, with jansson's flags. Returns NULL with an error where
 * the bytes are none, or hold more values than that: then no tree of them was
 * made. The caller releases it. */
json_t *json_answer_parse(const char *bytes, size_t length, size_t flags,
                          struct error *err);

#endif
