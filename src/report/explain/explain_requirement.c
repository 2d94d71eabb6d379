/* SPDX-License-Identifier: Apache-2.0 */
/* A requirement's page: its texts, and what follows from the tables. */
#include "report/explain/explain_page.h"

#include <string.h>

#include "base/cleanup.h"

const struct explain_requirement_text *
explain_requirement_text(const struct requirement *requirement)
{
    size_t i = 0;

    while (strcmp(explain_requirement_texts[i].id, requirement->id) != 0)
        i++;
    return &explain_requirement_texts[i];
}

static bool
demanded_by(const struct profile *profile,
            const struct requirement *requirement)
{
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        if (strcmp(profile->requirements[i], requirement->id) == 0)
            return true;
    return false;
}

static void
write_paragraphs(struct explain_page *page, const char *heading,
                 const char *const *paragraphs)
{
    explain_page_heading(page, heading);
    for (; *paragraphs != NULL; paragraphs++)
        explain_page_paragraph(page, *paragraphs);
}

static void
write_passes(struct explain_page *page, const struct requirement *requirement,
             const struct explain_requirement_text *text)
{
    explain_page_heading(page, N_("Passes when"));
    explain_page_print(page, N_("It passes when %s."),
                       explain_page_words(page, text->passes));
    for (size_t i = 0; i < profile_table_length; i++) {
        AUTOBUFFER threshold = BUFFER_INIT(EXPLAIN_CEILING);
        if (!demanded_by(&profile_table[i], requirement))
            continue;
        explain_threshold(page, requirement, &profile_table[i], &threshold);
        page->failed = page->failed || buffer_failed(&threshold);
        if (threshold.length > 0)
            explain_page_print(page, EXPLAIN_ITEM N_("%s demands it: %s."),
                               profile_table[i].name, buffer_text(&threshold));
        else
            explain_page_print(page, EXPLAIN_ITEM N_("%s demands it."),
                               profile_table[i].name);
    }
}

/* The numbers of one framework's controls that name the requirement, with
 * this strength. */
static void
append_numbers(const struct framework *framework,
               const struct requirement *requirement,
               enum framework_strength strength, struct buffer *numbers)
{
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1)) {
        const struct framework_control *row = &framework_control_table[i];
        if (row->strength == strength
            && framework_control_names(row, requirement))
            buffer_printf(numbers, "%s%s", numbers->length > 0 ? ", " : "",
                          row->number);
    }
}

/* Returns whether there was any. */
static bool
write_frameworks_of(struct explain_page *page,
                    const struct requirement *requirement,
                    enum framework_strength strength, const char *introduction)
{
    AUTOBUFFER numbers = BUFFER_INIT(EXPLAIN_CEILING);
    bool begun = false;

    for (size_t i = 0; i < framework_table_length; i++) {
        const struct framework *framework = &framework_table[i];
        buffer_clear(&numbers);
        append_numbers(framework, requirement, strength, &numbers);
        page->failed = page->failed || buffer_failed(&numbers);
        if (numbers.length == 0)
            continue;
        if (!begun)
            explain_page_paragraph(page, introduction);
        begun = true;
        explain_page_print(page, EXPLAIN_ITEM "%s: %s (%s %s)", framework->id,
                           buffer_text(&numbers),
                           explain_page_words(page, framework->title),
                           explain_page_words(page, framework->version));
    }
    return begun;
}

static void
write_frameworks(struct explain_page *page,
                 const struct requirement *requirement)
{
    explain_page_heading(page, N_("Frameworks"));
    const bool direct = write_frameworks_of(
        page, requirement, FRAMEWORK_DIRECT,
        N_("Direct: the control's own text asks for the setting that this "
           "requirement is a part of."));
    const bool related = write_frameworks_of(
        page, requirement, FRAMEWORK_RELATED,
        N_("Related: others map the setting to these controls, which ask for "
           "something wider. It is evidence beside other evidence."));
    if (!direct && !related)
        explain_page_paragraph(page,
                               N_("None of the listed frameworks asks for it; "
                                  "it stands on its own reasons."));
    else
        explain_page_paragraph(page,
                               N_("piket explain with the framework's id says "
                                  "who maps it, and what for."));
}

void
explain_requirement_write(struct explain_page *page,
                          const struct requirement *requirement)
{
    const struct explain_requirement_text *text =
        explain_requirement_text(requirement);

    explain_page_title(page, "requirement", requirement->id, text->title);
    write_paragraphs(page, N_("Meaning"), text->meaning);
    write_paragraphs(page, N_("Why it matters"), text->why);
    explain_page_heading(page, N_("Risk"));
    explain_page_print(page, N_("Severity: %s."),
                       requirement_severity_name(requirement->severity));
    for (size_t i = 0; text->risk[i] != NULL; i++)
        explain_page_paragraph(page, text->risk[i]);
    write_passes(page, requirement, text);
    write_paragraphs(page, N_("Fix"), text->fix);
    explain_page_paragraph(page,
                           N_("piket explain shows the whole contact by REST, "
                              "and how to write it."));
    write_frameworks(page, requirement);
}
