/* SPDX-License-Identifier: Apache-2.0 */
/* JSON objects into structs, by a table of their members: what is not in the
 * table, or has another type, is an error that names its place. */
#ifndef EMULATOR_JSON_FIELDS_H
#define EMULATOR_JSON_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"

enum field_type {
    FIELD_TEXT,   /* const char *, in the arena */
    FIELD_UUID,   /* const char *, in lower case, in the arena */
    FIELD_FLAG,   /* bool */
    FIELD_COUNT,  /* uint64_t: a whole number from 0 */
    FIELD_NUMBER, /* double */
    FIELD_WORD,   /* int: the index in words, without regard to case */
    FIELD_ARRAY,  /* json_t *, borrowed */
    FIELD_OBJECT, /* json_t *, borrowed */
    FIELD_ANY,    /* json_t *, borrowed */
    FIELD_IGNORED /* allowed, and not read */
};

struct field {
    const char *name;
    enum field_type type;
    bool required;
    size_t offset;            /* of the member in the target */
    const char *const *words; /* FIELD_WORD: ends with NULL */
};

/* Reads object into target. A member that is null counts as absent; what is
 * absent leaves the target as it was. path is the object's own place, such
 * as "$.tenants[0]". */
int fields_read(json_t *object, const struct field *fields, size_t count,
                const char *path, struct arena *arena, void *target,
                struct error *err) __attribute__((nonnull(2, 4, 5, 6)));

/* The index of word in words (which end with NULL), or -1. */
int fields_word(const char *word, const char *const *words);

#endif
