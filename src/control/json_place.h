/* SPDX-License-Identifier: Apache-2.0 */
/* A value in a JSON document that has to be just so, and where it stands: for
 * what we wrote ourselves and read again. */
#ifndef PIKET_CONTROL_JSON_PLACE_H
#define PIKET_CONTROL_JSON_PLACE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A tree that is released at the end of its scope. */
#define AUTOTREE __attribute__((cleanup(json_decrefp))) json_t

/* All is borrowed. */
struct json_place {
    const struct json_place *above; /* NULL: the document */
    const char *member;             /* of the object above; NULL: an item of
                                       the list above, or the document */
    size_t index;                   /* of that item */
    const char *file;               /* its name, for errors */
    const json_t *value;            /* NULL: the object has no such member */
};

struct json_place json_place_document(const char *file, const json_t *value);
struct json_place json_place_member(const struct json_place *above,
                                    const char *member);
struct json_place json_place_item(const struct json_place *above,
                                  size_t index);

/* Whether there is a value other than null. */
bool json_place_given(const struct json_place *place);

/* "FILE: plan.changes[3].action: " and what is wrong. Returns -1. */
int json_place_fail(const struct json_place *place, struct error *err,
                    const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Each of these fails where the value is missing or of another type.
 * members ends in NULL; an object may have no other. */
int json_place_object(const struct json_place *place,
                      const char *const *members, struct error *err);
int json_place_list(const struct json_place *place, size_t *ret_count,
                    struct error *err);
int json_place_boolean(const struct json_place *place, bool *ret_value,
                       struct error *err);
/* At least 0, at most maximum. */
int json_place_integer(const struct json_place *place, int64_t maximum,
                       int64_t *ret_value, struct error *err);
/* Copied into the arena. */
int json_place_text(const struct json_place *place, struct arena *arena,
                    const char **ret_text, struct error *err);
/* The same, with NULL for null. */
int json_place_text_or_null(const struct json_place *place,
                            struct arena *arena, const char **ret_text,
                            struct error *err);
/* A list of texts. */
int json_place_texts(const struct json_place *place, struct arena *arena,
                     const char *const **ret_texts, size_t *ret_count,
                     struct error *err);
/* The index of the text among these words. */
int json_place_word(const struct json_place *place, const char *const *words,
                    size_t count, size_t *ret_index, struct error *err);

#endif
