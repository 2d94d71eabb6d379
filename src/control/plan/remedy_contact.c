/* SPDX-License-Identifier: Apache-2.0 */
/* That there is a contact, switched on, with a phone, as desired. */
#include "control/value/phone.h"
#include "control/plan/remedy_apply.h"

/* A draft is one already. */
int
remedy_contact_configured(struct planned_contact *draft
                          __attribute__((unused)))
{
    return 0;
}

int
remedy_contact_enabled(struct planned_contact *draft)
{
    draft->contact.enabled = CONTACT_ON;
    return 0;
}

/* A phone that is not valid can only be replaced: Azure clears none. */
int
remedy_phone(struct planned_contact *draft)
{
    if (draft->desired->phone == NULL)
        return planned_contact_obstruct(draft, PLAN_OBSTACLE_NO_PHONE, NULL);
    draft->contact.phone = draft->desired->phone;
    return 0;
}

int
remedy_desired_contact(struct planned_contact *draft)
{
    const char *desired = draft->desired->phone;
    const char *present = draft->contact.phone;

    if (desired != NULL && (present == NULL || !phone_equal(present, desired)))
        draft->contact.phone = desired;
    return planned_contact_add_emails(draft);
}
