/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences without what tells whose they are. */
#ifndef PIKET_CONTROL_MASK_MASK_TEXT_H
#define PIKET_CONTROL_MASK_MASK_TEXT_H

#include <stddef.h>

#include "base/buffer.h"
#include "control/mask/pseudonym.h"

/* A value that is known to be one, whatever it looks like. */
struct mask_value {
    const char *text;
    enum pseudonym_kind kind;
};

/* Several: those of the whole run, and those of one subscription. */
struct mask_values {
    const struct mask_value *items;
    size_t count;
    const struct mask_values *more; /* or NULL */
};

/* Appends the text with pseudonyms in the place of the values, where they
 * stand as words of their own; and of all that looks like a UUID (also
 * without its dashes), an address, or a phone number in international form.
 * What only might be one is taken for one: too much is hidden rather than too
 * little. values may be NULL. Returns 0, or -1 where memory ran out. */
int mask_text_append(struct buffer *target, const char *text,
                     struct pseudonym_tables *tables,
                     const struct mask_values *values);

#endif
