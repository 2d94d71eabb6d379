/* SPDX-License-Identifier: Apache-2.0 */
/* A profile's page: all of it follows from the tables. */
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"

static void
write_requirement(struct explain_page *page, const struct profile *profile,
                  const struct requirement *requirement)
{
    const char *severity = requirement_severity_name(requirement->severity);
    const char *passes = explain_page_words(
        page, explain_requirement_text(requirement)->passes);
    AUTOBUFFER threshold = BUFFER_INIT(EXPLAIN_CEILING);

    explain_threshold(page, requirement, profile, &threshold);
    page->failed = page->failed || buffer_failed(&threshold);
    if (threshold.length > 0)
        explain_page_print(page, EXPLAIN_ITEM "%s (%s): %s: %s.",
                           requirement->id, severity, passes,
                           buffer_text(&threshold));
    else
        explain_page_print(page, EXPLAIN_ITEM "%s (%s): %s.", requirement->id,
                           severity, passes);
}

static bool
holds(const struct profile *profile, const char *id)
{
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        if (strcmp(profile->requirements[i], id) == 0)
            return true;
    return false;
}

static void
write_left_out(struct explain_page *page, const struct profile *profile)
{
    bool begun = false;

    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct requirement *requirement = &requirement_table[i];
        if (holds(profile, requirement->id))
            continue;
        if (!begun)
            explain_page_heading(page, N_("What it does not demand"));
        begun = true;
        explain_page_print(
            page, EXPLAIN_ITEM "%s: %s.", requirement->id,
            explain_page_words(page,
                               explain_requirement_text(requirement)->passes));
    }
}

void
explain_profile_write(struct explain_page *page, const struct profile *profile)
{
    const struct framework *framework = framework_by_id(profile->name);

    explain_page_title(page, "profile", profile->name, profile->title);
    explain_page_heading(page, N_("What it demands"));
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        write_requirement(page, profile,
                          requirement_by_id(profile->requirements[i]));
    explain_page_paragraph(
        page,
        N_("A subscription without a contact named default fails all of them "
           "that can be judged. One that could not be read passes and fails "
           "none: it is unknown."));
    write_left_out(page, profile);
    if (framework != NULL)
        explain_framework_controls(page, framework);
    explain_page_heading(page, N_("Judge by it"));
    explain_page_print(page, EXPLAIN_VERBATIM "piket check --profile %s",
                       profile->name);
}
