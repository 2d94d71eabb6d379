/* SPDX-License-Identifier: Apache-2.0 */
/* What several parts of the html report say alike. */
#include "report/html/report_html.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/wording/report_mapping.h"

const char *
report_html_status(const struct html *html, enum assessment_status status)
{
    static const struct {
        const char *one, *many;
    } words[] = {
        [ASSESSMENT_COMPLIANT] = { NP_("compliant", "compliant") },
        [ASSESSMENT_MUTED] = { NP_("muted", "muted") },
        [ASSESSMENT_NON_COMPLIANT] = { NP_("non-compliant", "non-compliant") },
        [ASSESSMENT_UNKNOWN] = { NP_("unknown", "unknown") },
        [ASSESSMENT_NOT_APPLICABLE] = { NP_("not applicable",
                                            "not applicable") },
    };

    return html_plural(html, words[status].one, words[status].many, 1);
}

const char *
report_html_finding_status(const struct html *html, enum finding_status status)
{
    static const struct {
        const char *one, *many;
    } words[] = {
        [FINDING_PASS] = { NP_("passes", "pass") },
        [FINDING_FAIL] = { NP_("fails", "fail") },
        [FINDING_MUTED] = { NP_("muted", "muted") },
        [FINDING_UNKNOWN] = { NP_("unknown", "unknown") },
        [FINDING_NOT_APPLICABLE] = { NP_("not applicable", "not applicable") },
    };

    return html_plural(html, words[status].one, words[status].many, 1);
}

const char *
report_html_reach(const struct html *html, enum reach reach)
{
    static const char *const words[] = {
        [REACH_NOT_APPLICABLE] = N_("nobody has to be"),
        [REACH_CONTACT] = N_("the contact"),
        [REACH_OWNERS] = N_("owners only"),
        [REACH_NOBODY] = N_("nobody"),
        [REACH_UNKNOWN] = N_("not known"),
    };

    return html_words(html, words[reach]);
}

int
report_html_controls(const struct html *html,
                     const struct requirement *requirement,
                     struct buffer *target)
{
    const char *framework = "", *separator = "";

    for (size_t i = report_mapping_next(html->view, requirement, 0);
         i < framework_control_table_length;
         i = report_mapping_next(html->view, requirement, i + 1)) {
        const struct framework_control *row = &framework_control_table[i];
        if (strcmp(row->framework, framework) == 0)
            buffer_append_text(target, ", ");
        else
            buffer_printf(target, "%s%s ", separator, row->framework);
        buffer_append_text(target, row->number);
        framework = row->framework;
        separator = "; ";
    }
    return buffer_append(target, "", 0);
}

int
report_html_name(const struct subscription *subject, struct buffer *target)
{
    AUTOBUFFER line = BUFFER_INIT(REPORT_CEILING);

    if (text_is_blank(subject->name))
        return buffer_append(target, "", 0);
    /* In one line, whose breaks have become blanks. */
    if (text_append_printable(&line, subject->name) < 0)
        target->failed = true;
    return text_append_line(target, buffer_text(&line), REPORT_HTML_NAME);
}

void
report_html_subject(struct html *html, const struct subscription *subject)
{
    AUTOBUFFER name = BUFFER_INIT(REPORT_CEILING);

    if (report_html_name(subject, &name) < 0)
        html->failed = true;
    html_markup(html, "<th scope=\"row\">");
    if (name.length == 0)
        html_text(html, html_words(html, "(no name)"));
    else
        html_element(html, "bdi", NULL, buffer_text(&name));
    html_element(html, "code", "faint", subject->id);
    html_markup(html, "</th>");
}

int
report_html_tenant(const struct html *html, const struct subscription *subject,
                   struct buffer *target)
{
    const struct run *run = html->view->run;

    /* Those behind, which may be many, have no name. */
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++)
        if (strcmp(run->tenants[i].id, subject->tenant_id) == 0
            && !text_is_blank(run->tenants[i].display_name))
            return buffer_append_text(target, run->tenants[i].display_name);
    return buffer_append_text(target, subject->tenant_id);
}
