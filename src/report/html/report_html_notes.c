/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader of an html report has to know beside the figures. */
#include "base/cleanup.h"
#include "base/text.h"
#include "report/wording/phrase_coverage.h"
#include "report/html/report_html.h"

static void
begin_note(struct html *html, const char *class_name, const char *label)
{
    buffer_printf(html->target, "<li class=\"%s\">", class_name);
    html_element(html, "strong", NULL, html_words(html, label));
    html_markup(html, " ");
}

static void
write_note(struct html *html, const char *class_name, const char *label,
           const char *sentence)
{
    begin_note(html, class_name, label);
    html_text(html, sentence);
    html_markup(html, "</li>\n");
}

static void
write_tenant_error(struct html *html, const struct run_tenant *tenant)
{
    begin_note(html, "bad", N_("Error:"));
    if (!text_is_blank(tenant->display_name)) {
        html_text(html, tenant->display_name);
        html_markup(html, " ");
    }
    html_text(html, *tenant->id != '\0' ? tenant->id
                                        : html_words(html, "unknown tenant"));
    html_text(html, html_words(html, " could not be read: "));
    html_text(html, tenant->error);
    html_markup(html, "</li>\n");
}

static void
write_coverage(struct html *html)
{
    const struct coverage *coverage = &html->view->run->coverage;
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase_coverage(coverage, html->view->language, &sentence) < 0)
        html->failed = true;
    if (sentence.length > 0)
        write_note(html,
                   coverage->known && coverage->not_visible == 0 ? "good"
                                                                 : "warning",
                   N_("Coverage:"), buffer_text(&sentence));
}

static bool
has_reason(const struct run *run, enum finding_reason reason)
{
    for (size_t i = 0; i < run->assessment_count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++)
            if (run->assessments[i].findings[j].reason == reason)
                return true;
    return false;
}

static void
write_notes(struct html *html)
{
    const struct run *run = html->view->run;

    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            write_tenant_error(html, &run->tenants[i]);
    for (size_t i = 0; i < run->error_count; i++)
        write_note(html, "bad", N_("Error:"), run->errors[i]);
    write_coverage(html);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(html, "warning", N_("Limitation:"), run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(html, "note", N_("Note:"), run->notes[i]);
    if (has_reason(run, FINDING_REASON_PHONE_MISSING))
        write_note(html, "note", N_("Note:"),
                   html_words(html,
                              "Microsoft no longer uses the phone number "
                              "anywhere; only the profile demands it"));
}

void
report_html_notes(struct html *html)
{
    html_markup(html, "<ul class=\"notes\">\n");
    write_notes(html);
    begin_note(html, "note", N_("Unknown:"));
    html_text(html,
              html_words(html, "what could not be read is called unknown; "
                               "it never counts as compliant, nor as "
                               "non-compliant"));
    html_markup(html, "</li>\n</ul>\n");
}
