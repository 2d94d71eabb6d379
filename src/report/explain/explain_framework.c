/* SPDX-License-Identifier: Apache-2.0 */
/* A framework's page: all of it follows from the tables. */
#include "base/cleanup.h"
#include "report/explain/explain_page.h"

static void
write_control(struct explain_page *page,
              const struct framework_control *control)
{
    AUTOBUFFER requirements = BUFFER_INIT(EXPLAIN_CEILING);

    for (size_t i = 0; control->requirements[i] != NULL; i++)
        buffer_printf(&requirements, "%s%s", i > 0 ? ", " : "",
                      control->requirements[i]);
    page->failed = page->failed || buffer_failed(&requirements);
    explain_page_print(
        page,
        control->strength == FRAMEWORK_DIRECT
            ? EXPLAIN_ITEM N_("%s: %s. Shown by %s. Direct; mapped by %s.")
            : EXPLAIN_ITEM N_("%s: %s. Shown by %s. Related; mapped by %s."),
        control->number, explain_page_words(page, control->title),
        buffer_text(&requirements), explain_page_words(page, control->source));
}

void
explain_framework_controls(struct explain_page *page,
                           const struct framework *framework)
{
    explain_page_heading(page, N_("The controls that it shows"));
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1))
        write_control(page, &framework_control_table[i]);
    explain_page_paragraph(
        page,
        N_("Direct: the control's own text asks for the setting, though not "
           "for contact-enabled and email-valid, without which it has no "
           "effect. Related: somebody maps the setting to a control that asks "
           "for something wider; it is evidence beside other evidence, and "
           "never all of it."));
    explain_page_paragraph(
        page, N_("Titles are in our words; the publisher's text decides."));
}

void
explain_framework_write(struct explain_page *page,
                        const struct framework *framework)
{
    AUTOBUFFER title = BUFFER_INIT(EXPLAIN_CEILING);

    buffer_printf(&title, "%s %s, %s",
                  explain_page_words(page, framework->title),
                  explain_page_words(page, framework->version),
                  explain_page_words(page, framework->publisher));
    page->failed = page->failed || buffer_failed(&title);
    explain_page_title(page, "framework", framework->id, buffer_text(&title));
    explain_framework_controls(page, framework);
    explain_page_heading(page, N_("Count by it"));
    explain_page_print(page, EXPLAIN_VERBATIM "piket check --framework %s",
                       framework->id);
    explain_page_paragraph(
        page,
        N_("Each subscription counts once per control. The profile decides "
           "which requirements are judged, and by which thresholds."));
}
