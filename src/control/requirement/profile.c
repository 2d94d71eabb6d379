/* SPDX-License-Identifier: Apache-2.0 */
/* Named sets of requirements and thresholds. */
#include "control/requirement/profile.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/translatable.h"

/* Up to 3.0 the benchmark's text is "is set to 'High'", read literally; from
 * 4.0 on it is "(or higher)", and any threshold will do. */
#define CIS_LITERAL                                                 \
    {                                                               \
        .alerts_of = CONTACT_LEVEL_HIGH, .alerts_exact = true,      \
        .attack_paths_of = CONTACT_LEVEL_CRITICAL, .min_emails = 2, \
    }

/* min_emails and attack_paths_of matter only where a configuration adds
 * the requirements that ask for them. */
const struct profile profile_table[] = {
    { .name = "baseline-nl",
      .title = N_("Baseline Veilige Cloud: security contacts are configured"),
      .requirements = { "contact-configured", "contact-enabled",
                        "email-configured", "email-valid", "phone-configured",
                        "alerts-notified", "owner-notified", NULL },
      .thresholds = { .alerts_of = CONTACT_LEVEL_HIGH,
                      .attack_paths_of = CONTACT_LEVEL_HIGH,
                      .min_emails = 2 } },
    { .name = "conformity",
      .title =
          N_("Trend Micro Conformity SecurityCenter-016: an address is set"),
      .requirements = { "email-configured", NULL },
      .thresholds = { .alerts_of = CONTACT_LEVEL_HIGH,
                      .attack_paths_of = CONTACT_LEVEL_HIGH,
                      .min_emails = 2 } },
    { .name = "cis-2.0",
      .title = N_("CIS Microsoft Azure Foundations 2.0.0: 2.1.18 to 2.1.20"),
      .requirements = { "contact-enabled", "email-configured", "email-valid",
                        "alerts-notified", "owner-notified", NULL },
      .thresholds = CIS_LITERAL },
    { .name = "cis-3.0",
      .title = N_("CIS Microsoft Azure Foundations 3.0.0: 3.1.12 to 3.1.14"),
      .requirements = { "contact-enabled", "email-configured", "email-valid",
                        "alerts-notified", "owner-notified", NULL },
      .thresholds = CIS_LITERAL },
    { .name = "cis-5.0",
      .title = N_("CIS Microsoft Azure Foundations 5.0.0: 8.1.12 to 8.1.15"),
      .requirements = { "contact-enabled", "email-configured", "email-valid",
                        "alerts-notified", "owner-notified",
                        "attack-paths-notified", NULL },
      .thresholds = { .alerts_of = CONTACT_LEVEL_HIGH,
                      .attack_paths_of = CONTACT_LEVEL_CRITICAL,
                      .min_emails = 2 } },
    { .name = "strict",
      .title = N_("Every requirement, every alert, every attack path"),
      .requirements = { "contact-configured", "contact-enabled",
                        "email-configured", "email-valid", "email-count",
                        "email-domain", "phone-configured", "phone-valid",
                        "alerts-notified", "owner-notified",
                        "attack-paths-notified", "desired-contact", NULL },
      .thresholds = { .alerts_of = CONTACT_LEVEL_LOW,
                      .attack_paths_of = CONTACT_LEVEL_LOW,
                      .min_emails = 2 } },
};

const size_t profile_table_length = ARRAY_LENGTH(profile_table);

const struct profile *
profile_default(void)
{
    return &profile_table[0];
}

const struct profile *
profile_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(profile_table); i++)
        if (strcmp(profile_table[i].name, name) == 0)
            return &profile_table[i];
    return NULL;
}
