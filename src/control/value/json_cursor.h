/* SPDX-License-Identifier: Apache-2.0 */
/* A value in a JSON document that has to be just so, and where it stands: for
 * what we wrote ourselves and read again. */
#ifndef PIKET_CONTROL_VALUE_JSON_CURSOR_H
#define PIKET_CONTROL_VALUE_JSON_CURSOR_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A tree that is released at the end of its scope. */
#define AUTOTREE __attribute__((cleanup(json_decrefp))) json_t

/* All is borrowed. */
struct json_cursor {
    const struct json_cursor *above; /* NULL: the document */
    const char *member;              /* of the object above; NULL: an item of
                                        the list above, or the document */
    size_t index;                    /* of that item */
    const char *file;                /* its name, for errors */
    const json_t *value;             /* NULL: the object has no such member */
};

struct json_cursor json_cursor_document(const char *file, const json_t *value);
struct json_cursor json_cursor_member(const struct json_cursor *above,
                                      const char *member);
struct json_cursor json_cursor_item(const struct json_cursor *above,
                                    size_t index);

/* "FILE: plan.changes[3].action: " and what is wrong. Returns -1. */
int json_cursor_fail(const struct json_cursor *place, struct error *err,
                     const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Each of these fails where the value is missing or of another type.
 * members ends in NULL; an object may have no other. */
int json_cursor_object(const struct json_cursor *place,
                       const char *const *members, struct error *err);
int json_cursor_list(const struct json_cursor *place, size_t *ret_count,
                     struct error *err);
int json_cursor_boolean(const struct json_cursor *place, bool *ret_value,
                        struct error *err);
/* At least 0, at most maximum. */
int json_cursor_integer(const struct json_cursor *place, int64_t maximum,
                        int64_t *ret_value, struct error *err);
/* Copied into the arena. */
int json_cursor_text(const struct json_cursor *place, struct arena *arena,
                     const char **ret_text, struct error *err);
/* The same, with NULL for null. */
int json_cursor_text_or_null(const struct json_cursor *place,
                             struct arena *arena, const char **ret_text,
                             struct error *err);
/* A list of texts. */
int json_cursor_texts(const struct json_cursor *place, struct arena *arena,
                      const char *const **ret_texts, size_t *ret_count,
                      struct error *err);
/* The index of the text among these words. */
int json_cursor_word(const struct json_cursor *place, const char *const *words,
                     size_t count, size_t *ret_index, struct error *err);

#endif
