/* SPDX-License-Identifier: Apache-2.0 */
/* How much a JSON document holds, told from its bytes before anybody makes a
 * tree of it: three bytes of "{}," become 250 in memory. */
#ifndef PIKET_BASE_JSON_SIZE_H
#define PIKET_BASE_JSON_SIZE_H

#include <stddef.h>

#include "base/error.h"

/* What a document holds, or may hold. */
struct json_size {
    size_t values; /* objects, lists, texts, numbers and words */
    size_t depth;  /* of objects and lists within each other */
};

/* Depth for what others wrote. What is known goes ten deep: the details of
 * policies in an error, templates within templates. */
enum { JSON_SIZE_DEPTH = 64 };

/* Counts in one pass, without judging whether the bytes are JSON. No parser
 * finds more values, or nests deeper, before it meets an error; empty objects
 * and lists count twice. */
struct json_size json_size_count(const char *bytes, size_t length);

/* Fails where the bytes hold more than the ceiling: "it holds more than 20000
 * JSON values". */
int json_size_check(const char *bytes, size_t length,
                    const struct json_size *ceiling, struct error *err);

#endif
