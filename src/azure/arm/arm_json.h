/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's bytes into JSON. */
#ifndef PIKET_AZURE_ARM_ARM_JSON_H
#define PIKET_AZURE_ARM_ARM_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/json_size.h"

/* A reference that is dropped at the end of its scope. */
#define AUTOJSON __attribute__((cleanup(json_decrefp)))

/* What is not a large list holds at the most: a thousand contacts with all
 * their members; a hundred times what ARM sends. */
enum { ARM_JSON_VALUES = 25 * 1000 };

extern const struct json_size arm_json_ceiling;

/* Parses an object or array. Bytes that are not UTF-8, and escapes that mean
 * no character, are repaired first and a byte-order mark is dropped, since
 * one bad name must not lose a page. An object with the same member twice is
 * refused: it would say two things. What holds more than the ceiling is
 * refused before a tree is made of it.
 * Returns NULL where the bytes are no such JSON; ret_cut_off, which may be
 * NULL, tells whether that is because they end too early. */
json_t *arm_json_parse(const char *bytes, size_t length,
                       const struct json_size *ceiling, bool *ret_cut_off);

/* Azure's own names have 64 letters (subscriptions) to 256 (tenants). */
enum { ARM_JSON_NAME_CEILING = 1024 };

/* A member that is a name for people, "" where there is none. Patterns are
 * tried on names: what is longer than the ceiling is cut in the object, and
 * ends in an ellipsis. Borrowed from the object. */
const char *arm_json_name(const json_t *object, const char *member);

#endif
