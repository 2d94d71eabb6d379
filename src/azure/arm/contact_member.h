/* SPDX-License-Identifier: Apache-2.0 */
/* A member of the JSON of a contact, by its name in any letter case: Azure
 * reads them so, and could write them so. */
#ifndef PIKET_AZURE_ARM_CONTACT_MEMBER_H
#define PIKET_AZURE_ARM_CONTACT_MEMBER_H

#include <jansson.h>

/* Its value, borrowed; NULL where it is absent or null, or where object is
 * NULL or no object. */
json_t *contact_member_get(const json_t *object, const char *name);

/* Sets it, under the name that it has already, if any. Takes the reference to
 * value, which may be NULL where memory ran out. Returns -1 where it does. */
int contact_member_set(json_t *object, const char *name, json_t *value);

/* Removes it, if it is there. */
void contact_member_remove(json_t *object, const char *name);

#endif
