/* SPDX-License-Identifier: Apache-2.0 */
/* A member of the JSON of a contact, by its name in any letter case. */
#include "azure/arm/contact_member.h"

#include <stdint.h>

#include "base/text.h"

/* The name as it stands there; NULL where none does. Borrowed. */
static const char *
find_name(const json_t *object, const char *name)
{
    json_t *members = (json_t *) (uintptr_t) object;
    const char *key, *found = NULL;
    json_t *value;

    if (json_object_get(object, name) != NULL)
        return name;
    json_object_foreach(members, key, value)
    {
        if (text_equal_ignoring_case(key, name))
            found = key;
    }
    return found;
}

json_t *
contact_member_get(const json_t *object, const char *name)
{
    const char *key = find_name(object, name);
    json_t *value = key != NULL ? json_object_get(object, key) : NULL;

    return json_is_null(value) ? NULL : value;
}

int
contact_member_set(json_t *object, const char *name, json_t *value)
{
    const char *key = find_name(object, name);

    return json_object_set_new(object, key != NULL ? key : name, value);
}

void
contact_member_remove(json_t *object, const char *name)
{
    const char *key = find_name(object, name);

    if (key != NULL)
        (void) json_object_del(object, key);
}
