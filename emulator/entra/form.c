/* SPDX-License-Identifier: Apache-2.0 */
/* application/x-www-form-urlencoded. */
#include "entra/form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Decodes in place: a plus is a blank, %XX a byte. */
static void
decode(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '%' && isxdigit((unsigned char) from[1])
            && isxdigit((unsigned char) from[2])) {
            const char digits[3] = { from[1], from[2], '\0' };
            *to++ = (char) strtoul(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from == '+' ? ' ' : *from;
        }
    }
    *to = '\0';
}

static int
add(struct form *form, char *pair)
{
    char *equals = strchr(pair, '=');

    if (*pair == '\0')
        return 0;
    if (form->count == FORM_FIELDS_MAXIMUM)
        return -1;
    if (equals != NULL)
        *equals = '\0';
    char *value = equals != NULL ? equals + 1 : pair + strlen(pair);
    decode(pair);
    decode(value);
    for (size_t i = 0; i < form->count && form->repeated == NULL; i++)
        if (strcmp(form->fields[i].name, pair) == 0)
            form->repeated = form->fields[i].name;
    form->fields[form->count++] = (struct form_field){ pair, value };
    return 0;
}

int
form_parse(struct form *form, const char *text, size_t length,
           struct arena *arena)
{
    char *rest = arena_copy_bytes(arena, text, length);
    char *pair;

    form->count = 0;
    form->repeated = NULL;
    if (rest == NULL)
        return -1;
    while ((pair = strsep(&rest, "&")) != NULL)
        if (add(form, pair) < 0)
            return -1;
    return 0;
}

const char *
form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return form->fields[i].value[0] != '\0' ? form->fields[i].value
                                                    : NULL;
    return NULL;
}
