/* SPDX-License-Identifier: Apache-2.0 */
/* The contact that a user wants every subscription to have. */
#include "control/config/desired_contact.h"

#include "base/text.h"
#include "control/value/email.h"
#include "control/value/phone.h"

void
desired_contact_from_config(struct desired_contact *ret_desired,
                            const struct config_contact *config)
{
    *ret_desired = (struct desired_contact){
        .emails = config->emails.items,
        .email_count = config->emails.count,
        .phone = config->phone,
        .minimal_severity = config->minimal_severity,
        .minimal_risk_level = config->minimal_risk_level,
        .roles = config->roles.items,
        .role_count = config->roles.count,
    };
}

bool
desired_contact_is_empty(const struct desired_contact *desired)
{
    return desired->email_count == 0 && desired->phone == NULL
           && desired->minimal_severity == CONTACT_LEVEL_UNSEEN
           && desired->minimal_risk_level == CONTACT_LEVEL_UNSEEN
           && desired->role_count == 0 && desired->removal_count == 0
           && !desired->replace_emails;
}

void
desired_contact_overlay(struct desired_contact *base,
                        const struct desired_contact *over)
{
    if (over->email_count > 0) {
        base->emails = over->emails;
        base->email_count = over->email_count;
    }
    if (over->phone != NULL)
        base->phone = over->phone;
    if (over->minimal_severity != CONTACT_LEVEL_UNSEEN)
        base->minimal_severity = over->minimal_severity;
    if (over->minimal_risk_level != CONTACT_LEVEL_UNSEEN)
        base->minimal_risk_level = over->minimal_risk_level;
    if (over->role_count > 0) {
        base->roles = over->roles;
        base->role_count = over->role_count;
    }
    if (over->removal_count > 0) {
        base->removals = over->removals;
        base->removal_count = over->removal_count;
    }
    base->replace_emails = base->replace_emails || over->replace_emails;
}

static int
check_emails(const struct desired_contact *desired, struct error *err)
{
    for (size_t i = 0; i < desired->email_count; i++) {
        bool valid;
        if (email_valid(desired->emails[i], &valid) < 0)
            return error_set_memory(err);
        if (!valid)
            return error_set(err, "'%s' is not a valid address",
                             desired->emails[i]);
    }
    if (desired->replace_emails && desired->email_count == 0) {
        error_set(err, "the addresses are to be replaced, but none is given");
        return error_advise(err, "name the addresses that shall stay");
    }
    return 0;
}

static int
check_levels(const struct desired_contact *desired, struct error *err)
{
    switch (desired->minimal_severity) {
    case CONTACT_LEVEL_UNSEEN:
    case CONTACT_LEVEL_LOW:
    case CONTACT_LEVEL_MEDIUM:
    case CONTACT_LEVEL_HIGH:
        break;
    default:
        return error_set(err, "alerts have no such severity: Azure knows Low, "
                              "Medium and High");
    }
    if (desired->minimal_risk_level == CONTACT_LEVEL_UNRECOGNIZED)
        return error_set(err,
                         "attack paths have no such risk level: Azure knows "
                         "Low, Medium, High and Critical");
    return 0;
}

int
desired_contact_check(const struct desired_contact *desired, struct error *err)
{
    if (check_emails(desired, err) < 0 || check_levels(desired, err) < 0)
        return -1;
    if (desired->phone != NULL && !phone_valid(desired->phone)) {
        error_set(err, "'%s' is not a valid phone number", desired->phone);
        return error_advise(
            err, "write it with + and 7 to 15 digits: +31 20 123 4567");
    }
    for (size_t i = 0; i < desired->role_count; i++)
        if (text_is_blank(desired->roles[i]))
            return error_set(err, "a role has no name");
    return 0;
}
