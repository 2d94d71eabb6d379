/* SPDX-License-Identifier: Apache-2.0 */
/* The testable conditions of the control, one row each. */
#include "control/requirement/requirement_table.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_judge.h"

const struct requirement requirement_table[] = {
    { .id = "contact-configured",
      .severity = REQUIREMENT_HIGH,
      .judge = requirement_judge_contact_configured },
    { .id = "contact-enabled",
      .severity = REQUIREMENT_HIGH,
      .judge = requirement_judge_contact_enabled },
    { .id = "email-configured",
      .severity = REQUIREMENT_HIGH,
      .judge = requirement_judge_email_configured },
    { .id = "email-valid",
      .severity = REQUIREMENT_HIGH,
      .judge = requirement_judge_email_valid },
    { .id = "email-count",
      .severity = REQUIREMENT_MEDIUM,
      .judge = requirement_judge_email_count },
    { .id = "email-domain",
      .severity = REQUIREMENT_MEDIUM,
      .judge = requirement_judge_email_domain,
      .configured = requirement_has_domains,
      .unconfigured = FINDING_REASON_NO_DOMAINS },
    { .id = "phone-configured",
      .severity = REQUIREMENT_LOW,
      .judge = requirement_judge_phone_configured },
    { .id = "phone-valid",
      .severity = REQUIREMENT_LOW,
      .judge = requirement_judge_phone_valid },
    { .id = "alerts-notified",
      .severity = REQUIREMENT_HIGH,
      .judge = requirement_judge_alerts_notified },
    { .id = "owner-notified",
      .severity = REQUIREMENT_MEDIUM,
      .judge = requirement_judge_owner_notified },
    { .id = "attack-paths-notified",
      .severity = REQUIREMENT_MEDIUM,
      .judge = requirement_judge_attack_paths_notified },
    { .id = "desired-contact",
      .severity = REQUIREMENT_MEDIUM,
      .judge = requirement_judge_desired_contact,
      .configured = requirement_has_desired_contact,
      .unconfigured = FINDING_REASON_NO_DESIRED },
};

const size_t requirement_table_length = ARRAY_LENGTH(requirement_table);

const struct requirement *
requirement_by_id(const char *id)
{
    for (size_t i = 0; i < ARRAY_LENGTH(requirement_table); i++)
        if (strcmp(requirement_table[i].id, id) == 0)
            return &requirement_table[i];
    return NULL;
}
