/* SPDX-License-Identifier: Apache-2.0 */
/* application/x-www-form-urlencoded. */
#ifndef EMULATOR_ENTRA_FORM_H
#define EMULATOR_ENTRA_FORM_H

#include <stddef.h>

#include "base/arena.h"

enum { FORM_FIELDS_MAXIMUM = 64 };

struct form_field {
    const char *name; /* both decoded, in the arena */
    const char *value;
};

struct form {
    struct form_field fields[FORM_FIELDS_MAXIMUM];
    size_t count;
    const char *repeated; /* the first name that occurs twice, or NULL */
};

/* Returns -1 where memory runs out or there are too many fields. */
int form_parse(struct form *form, const char *text, size_t length,
               struct arena *arena);

/* NULL where the field is absent or empty: to Entra that is the same. */
const char *form_value(const struct form *form, const char *name);

#endif
