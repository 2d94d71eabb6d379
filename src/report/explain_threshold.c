/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile demands of a requirement, as the pages say it. */
#include <string.h>

#include "base/cleanup.h"
#include "report/explain_page.h"

static void
alerts_threshold(const struct thresholds *thresholds, struct buffer *target)
{
    const char *level = contact_level_name(thresholds->alerts_of);

    if (thresholds->alerts_exact)
        buffer_printf(target, ": the severity is %s and no other", level);
    else
        buffer_printf(target,
                      ": alerts of severity %s are mailed, so that %s is the "
                      "highest threshold that passes",
                      level, level);
}

static void
attack_paths_threshold(const struct thresholds *thresholds,
                       struct buffer *target)
{
    const char *level = contact_level_name(thresholds->attack_paths_of);

    buffer_printf(target,
                  ": attack paths of risk %s are mailed, so that %s is the "
                  "highest threshold that passes",
                  level, level);
}

static void
count_threshold(const struct thresholds *thresholds, struct buffer *target)
{
    buffer_printf(target, ": at least %u addresses", thresholds->min_emails);
}

void
explain_threshold(const struct requirement *requirement,
                  const struct profile *profile, struct buffer *target)
{
    static const struct {
        const char *requirement;
        void (*append)(const struct thresholds *thresholds,
                       struct buffer *target);
    } rows[] = {
        { "alerts-notified", alerts_threshold },
        { "attack-paths-notified", attack_paths_threshold },
        { "email-count", count_threshold },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (strcmp(rows[i].requirement, requirement->id) == 0)
            rows[i].append(&profile->thresholds, target);
}
