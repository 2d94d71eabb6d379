/* SPDX-License-Identifier: Apache-2.0 */
/* What a key of the configuration takes. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_KEY_H
#define PIKET_CONTROL_CONFIG_CONFIG_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum config_type {
    CONFIG_NUMBER,   /* unsigned */
    CONFIG_TEXT,     /* const char * */
    CONFIG_TEXTS,    /* struct config_texts */
    CONFIG_LEVEL,    /* enum contact_level */
    CONFIG_MAPPING,  /* members lie in the same struct; size_t: its line */
    CONFIG_MAPPINGS, /* struct config_list */
};

/* Lists of what is held against each contact, or asked for. */
enum { CONFIG_LIST_CEILING = 1000 };

/* What a list of mappings fills. */
struct config_list {
    void *items;
    size_t count;
};

/* The words that a value may be, by index; NULL behind the last. */
typedef const char *config_words(size_t index);

/* Returns -1 with what is wrong with a text: "'x' is not a date". */
typedef int config_check(const char *text, struct error *err);

struct config_key {
    const char *name; /* NULL ends a table */
    enum config_type type;
    bool required;
    bool digits_are_text; /* a number without quotes will do */
    bool subscriptions;   /* of TEXTS: ids and names without number, and up to
                             RULE_INDEX_GLOBS globs of such. Other lists have
                             up to CONFIG_LIST_CEILING texts */
    size_t offset;        /* of the value, in what is filled */
    const struct config_key *members; /* of a MAPPING or MAPPINGS */
    size_t size;                      /* of an element of MAPPINGS */
    size_t line_offset; /* in an element of MAPPINGS: size_t, its line */
    unsigned minimum, maximum; /* of a NUMBER */
    config_words *words;       /* of a TEXT, TEXTS or LEVEL; NULL: any */
    config_check *check;       /* of a TEXT or TEXTS, beyond that; or NULL */
};

#endif
