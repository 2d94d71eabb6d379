/* SPDX-License-Identifier: Apache-2.0 */
/* Who is mailed when an alert of High severity comes. */
#include "control/reach.h"

#include <stddef.h>

#include "control/email.h"

static const char *const names[] = {
    [REACH_CONTACT] = "contact",
    [REACH_OWNERS] = "owners",
    [REACH_NOBODY] = "nobody",
    [REACH_UNKNOWN] = "unknown",
};

const char *
reach_name(enum reach reach)
{
    return reach == REACH_NOT_APPLICABLE ? NULL : names[reach];
}

/* Who is named, whether or not anything is mailed. */
static enum reach
named_by(const struct contact *contact)
{
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid;
        if (email_valid(contact->emails[i], &valid) < 0)
            return REACH_UNKNOWN;
        if (valid)
            return REACH_CONTACT;
    }
    if (contact->roles_notified == CONTACT_UNSEEN)
        return REACH_UNKNOWN;
    return contact->roles_notified == CONTACT_ON && contact->role_count > 0
               ? REACH_OWNERS
               : REACH_NOBODY;
}

static enum reach
reach_of_contact(const struct contact *contact)
{
    if (contact->enabled == CONTACT_OFF)
        return REACH_NOBODY;
    switch (contact->alerts.level) {
    case CONTACT_LEVEL_OFF:
    case CONTACT_LEVEL_CRITICAL: /* above High */
        return REACH_NOBODY;
    case CONTACT_LEVEL_LOW:
    case CONTACT_LEVEL_MEDIUM:
    case CONTACT_LEVEL_HIGH:
        return named_by(contact);
    case CONTACT_LEVEL_UNSEEN:
    case CONTACT_LEVEL_UNRECOGNIZED:
        break;
    }
    return named_by(contact) == REACH_NOBODY ? REACH_NOBODY : REACH_UNKNOWN;
}

enum reach
reach_of(const struct contact_reading *reading)
{
    if (reading->kind == CONTACT_READING_FAILED)
        return REACH_UNKNOWN;
    if (reading->kind == CONTACT_READING_UNREGISTERED)
        return REACH_OWNERS;
    if (reading->contact != NULL)
        return reach_of_contact(reading->contact);
    return reading->other_count > 0 ? REACH_UNKNOWN : REACH_OWNERS;
}
