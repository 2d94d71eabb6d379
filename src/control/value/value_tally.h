/* SPDX-License-Identifier: Apache-2.0 */
/* How many contacts use a value, such as an address: each contact counts once
 * for each of its values. */
#ifndef PIKET_CONTROL_VALUE_VALUE_TALLY_H
#define PIKET_CONTROL_VALUE_VALUE_TALLY_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Orders values; those that compare as equal are the same. */
typedef int value_tally_compare(const char *left, const char *right);

struct value_tally_entry;

/* Borrows its texts. */
struct value_tally {
    value_tally_compare *compare;
    struct value_tally_entry *entries;
    size_t count, capacity;
};

#define VALUE_TALLY_INIT(compare_) \
    {                              \
        .compare = (compare_)      \
    }

/* A tally that is released at the end of its scope. */
#define AUTOVALUETALLY \
    __attribute__((cleanup(value_tally_done))) struct value_tally

struct value_use {
    const char *text; /* as the first contact that uses it writes it */
    size_t contacts;
};

/* Contacts are numbered; the same value of the same contact may be added
 * again. */
int value_tally_add(struct value_tally *tally, const char *text,
                    size_t contact, struct error *err);

/* All values, in the arena: those that most contacts use first, and as many
 * in the order of compare. Sorts what was added. */
int value_tally_rank(struct value_tally *tally, struct arena *arena,
                     struct value_use **ret_uses, size_t *ret_count,
                     struct error *err);

void value_tally_done(struct value_tally *tally);

#endif
