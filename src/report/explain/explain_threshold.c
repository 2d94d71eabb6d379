/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile demands of a requirement, as the pages say it. */
#include <string.h>

#include "base/cleanup.h"
#include "report/explain/explain_page.h"

typedef void threshold_appender(const struct explain_page *page,
                                const struct thresholds *thresholds,
                                struct buffer *target);

static void
append_alerts(const struct explain_page *page,
              const struct thresholds *thresholds, struct buffer *target)
{
    const char *level = contact_level_name(thresholds->alerts_of);

    if (thresholds->alerts_exact)
        buffer_printf(
            target,
            explain_page_words(page, "the severity is %s and no other"),
            level);
    else
        buffer_printf(target,
                      explain_page_words(
                          page, "alerts of severity %s are mailed, so that %s "
                                "is the highest threshold that passes"),
                      level, level);
}

static void
append_attack_paths(const struct explain_page *page,
                    const struct thresholds *thresholds, struct buffer *target)
{
    const char *level = contact_level_name(thresholds->attack_paths_of);

    buffer_printf(target,
                  explain_page_words(
                      page, "attack paths of risk %s are mailed, so that %s "
                            "is the highest threshold that passes"),
                  level, level);
}

static void
append_count(const struct explain_page *page,
             const struct thresholds *thresholds, struct buffer *target)
{
    buffer_printf(target, explain_page_words(page, "at least %u addresses"),
                  thresholds->min_emails);
}

void
explain_threshold(const struct explain_page *page,
                  const struct requirement *requirement,
                  const struct profile *profile, struct buffer *target)
{
    static const struct {
        const char *requirement;
        threshold_appender *append;
    } rows[] = {
        { "alerts-notified", append_alerts },
        { "attack-paths-notified", append_attack_paths },
        { "email-count", append_count },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (strcmp(rows[i].requirement, requirement->id) == 0)
            rows[i].append(page, &profile->thresholds, target);
}
