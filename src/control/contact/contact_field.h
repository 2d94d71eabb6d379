/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of a security contact, for what compares two of them. */
#ifndef PIKET_CONTROL_CONTACT_CONTACT_FIELD_H
#define PIKET_CONTROL_CONTACT_CONTACT_FIELD_H

#include <stdbool.h>

#include "base/arena.h"
#include "control/contact/contact.h"

enum contact_field {
    CONTACT_FIELD_ENABLED,
    CONTACT_FIELD_EMAILS,
    CONTACT_FIELD_PHONE,
    CONTACT_FIELD_ALERTS,
    CONTACT_FIELD_ATTACK_PATHS,
    CONTACT_FIELD_ROLES, /* those that are notified: none where role mail
                            is off */
    CONTACT_FIELD_COUNT,
};

/* As in the JSON of a report: "enabled", "emails", "phone", "alerts",
 * "attackPaths", "roles". */
const char *contact_field_name(enum contact_field field);

/* Whether the field says the same in both; NULL is a contact that does not
 * exist, whose fields differ from all that say something. Addresses and roles
 * are compared as sets, without regard to case; levels that are UNSEEN equal
 * each other alone. */
bool contact_field_equal(const struct contact *left,
                         const struct contact *right,
                         enum contact_field field);

/* What the field says, on one line, in Azure's words: "soc@contoso.nl;
 * piket@contoso.nl", "High", "true", "Owner". NULL where it says nothing: no
 * contact, no address, mail that is off, or not seen. Lives in the arena.
 * *ret_text is set also where memory ran out, which -1 says. */
int contact_field_text(const struct contact *contact, enum contact_field field,
                       struct arena *arena, const char **ret_text);

#endif
