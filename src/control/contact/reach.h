/* SPDX-License-Identifier: Apache-2.0 */
/* Who is mailed when an alert of High severity comes. */
#ifndef PIKET_CONTROL_CONTACT_REACH_H
#define PIKET_CONTROL_CONTACT_REACH_H

#include "control/contact/contact.h"

enum reach {
    REACH_NOT_APPLICABLE, /* no alert can arise: the subscription is
                             disabled */
    REACH_CONTACT,        /* an address of the contact that could get mail */
    REACH_OWNERS,         /* only people by their role: Azure's default where
                             there is no contact */
    REACH_NOBODY,         /* switched off, or nobody is named */
    REACH_UNKNOWN,        /* not readable, or of a form we do not know */
};

/* Through an API version that cannot show isEnabled, the contact counts as
 * enabled; the run lists that limitation. Where only contacts of other names
 * exist, what Azure does with them is not documented: unknown. An address
 * that email_valid refuses gets no mail, so that it does not count. Never
 * REACH_NOT_APPLICABLE: that follows from the subscription. Returns 0, or -1
 * where memory runs out. */
int reach_of(const struct contact_reading *reading, enum reach *ret_reach);

/* "contact", "owners", "nobody", "unknown"; NULL for not applicable. */
const char *reach_name(enum reach reach);

#endif
