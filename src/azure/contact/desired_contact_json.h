/* SPDX-License-Identifier: Apache-2.0 */
/* What the properties of a contact want, where somebody wrote them as a wish:
 * unlike Azure's answers they are held against what Azure takes. */
#ifndef PIKET_AZURE_CONTACT_DESIRED_CONTACT_JSON_H
#define PIKET_AZURE_CONTACT_DESIRED_CONTACT_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/config/desired_contact.h"

/* Whether an object has any member of a contact's properties, in whichever
 * API version. */
bool desired_contact_json_knows(const json_t *object);

/* Reads properties of any version. The error names the member. */
int desired_contact_json_read(const json_t *properties, struct arena *arena,
                              struct desired_contact *ret_desired,
                              struct error *err);

#endif
