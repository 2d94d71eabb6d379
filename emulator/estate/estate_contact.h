/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts in estate files: exactly as they stand there, without what the
 * service would fill in. */
#ifndef EMULATOR_ESTATE_CONTACT_H
#define EMULATOR_ESTATE_CONTACT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "contact/contact.h"

/* NULL where it is not a contact. */
struct contact *estate_contact_read(json_t *value, const char *path,
                                    struct arena *arena, struct error *err);

/* The opposite; NULL where memory runs out. */
json_t *estate_contact_write(const struct contact *contact);

#endif
