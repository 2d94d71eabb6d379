/* SPDX-License-Identifier: Apache-2.0 */
/* Who is mailed when an alert of High severity comes. */
#include "control/contact/reach.h"

#include <stddef.h>

#include "control/value/email.h"

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
static int
named_by(const struct contact *contact, enum reach *ret_reach)
{
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid;
        if (email_valid(contact->emails[i], &valid) < 0)
            return -1;
        if (valid) {
            *ret_reach = REACH_CONTACT;
            return 0;
        }
    }
    if (contact->roles_notified == CONTACT_UNSEEN)
        *ret_reach = REACH_UNKNOWN;
    else if (contact->roles_notified == CONTACT_ON && contact->role_count > 0)
        *ret_reach = REACH_OWNERS;
    else
        *ret_reach = REACH_NOBODY;
    return 0;
}

static int
reach_of_contact(const struct contact *contact, enum reach *ret_reach)
{
    enum reach named;

    if (named_by(contact, &named) < 0)
        return -1;
    if (contact->enabled == CONTACT_OFF)
        named = REACH_NOBODY;
    switch (contact->alerts.level) {
    case CONTACT_LEVEL_LOW:
    case CONTACT_LEVEL_MEDIUM:
    case CONTACT_LEVEL_HIGH:
        *ret_reach = named;
        return 0;
    case CONTACT_LEVEL_OFF:
    case CONTACT_LEVEL_CRITICAL: /* above High */
        *ret_reach = REACH_NOBODY;
        return 0;
    case CONTACT_LEVEL_UNSEEN:
    case CONTACT_LEVEL_UNRECOGNIZED:
        break;
    }
    *ret_reach = named == REACH_NOBODY ? REACH_NOBODY : REACH_UNKNOWN;
    return 0;
}

int
reach_of(const struct contact_reading *reading, enum reach *ret_reach)
{
    if (reading->kind == CONTACT_READING_FAILED)
        *ret_reach = REACH_UNKNOWN;
    else if (reading->kind == CONTACT_READING_UNREGISTERED)
        *ret_reach = REACH_OWNERS;
    else if (reading->contact != NULL)
        return reach_of_contact(reading->contact, ret_reach);
    else
        *ret_reach = reading->other_count > 0 ? REACH_UNKNOWN : REACH_OWNERS;
    return 0;
}
