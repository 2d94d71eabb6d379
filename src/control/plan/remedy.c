/* SPDX-License-Identifier: Apache-2.0 */
/* What each requirement needs where it fails, one row each. */
#include "control/plan/remedy.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/plan/remedy_apply.h"

const struct remedy remedy_table[] = {
    { "contact-configured", remedy_contact_configured, NULL },
    { "contact-enabled", remedy_contact_enabled, NULL },
    { "email-configured", remedy_email_configured, NULL },
    { "email-valid", remedy_email_valid, NULL },
    { "email-count", remedy_email_count, remedy_email_count_unmet },
    { "email-domain", remedy_email_domain, remedy_email_domain_unmet },
    { "phone-configured", remedy_phone, NULL },
    { "phone-valid", remedy_phone, NULL },
    { "alerts-notified", remedy_alerts_notified, NULL },
    { "owner-notified", planned_contact_notify_owner, NULL },
    { "attack-paths-notified", remedy_attack_paths_notified, NULL },
    { "desired-contact", remedy_desired_contact, NULL },
};

const size_t remedy_table_length = ARRAY_LENGTH(remedy_table);

const struct remedy *
remedy_by_requirement(const char *id)
{
    for (size_t i = 0; i < ARRAY_LENGTH(remedy_table); i++)
        if (strcmp(remedy_table[i].requirement, id) == 0)
            return &remedy_table[i];
    return NULL;
}
