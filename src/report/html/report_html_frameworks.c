/* SPDX-License-Identifier: Apache-2.0 */
/* How the run stands to the controls of the view's frameworks, in an html
 * report. */
#include "control/run/framework_tally.h"
#include "report/html/report_html.h"
#include "report/html/report_html_tally.h"

static void
write_tally(struct html *html, const struct framework_control *control)
{
    const struct framework_tally tally =
        framework_tally(html->view->run, control);
    const struct report_html_tally shown = {
        .counts = {
            [FINDING_PASS] = tally.pass,
            [FINDING_FAIL] = tally.fail,
            [FINDING_MUTED] = tally.muted,
            [FINDING_UNKNOWN] = tally.unknown,
            [FINDING_NOT_APPLICABLE] = tally.not_applicable,
        },
    };

    report_html_tally_cells(html, &shown);
}

/* What the control asks for beside what was judged. */
static void
write_not_judged(struct html *html, const struct framework_control *control)
{
    const char *separator = html_words(html, "not judged: ");
    bool begun = false;

    for (size_t i = 0; control->requirements[i] != NULL; i++) {
        const char *id = control->requirements[i];
        if (framework_tally_condition(id)
            || framework_tally_judged(html->view->run->profile, id))
            continue;
        if (!begun)
            html_markup(html, "<span class=\"faint\">");
        begun = true;
        html_text(html, separator);
        html_text(html, id);
        separator = ", ";
    }
    if (begun)
        html_markup(html, "</span>");
}

static void
write_control(struct html *html, const struct framework_control *control)
{
    const bool possible =
        framework_tally_possible(html->view->run->profile, control);

    html_markup(html, "<tr><th scope=\"row\"><code>");
    html_text(html, control->number);
    html_markup(html, "</code> ");
    html_text(html, html_words(html, control->title));
    if (control->strength == FRAMEWORK_RELATED)
        html_element(html, "span", "faint",
                     html_words(html, "related: it asks for something "
                                      "wider"));
    if (possible)
        write_not_judged(html, control);
    html_markup(html, "</th>");
    if (possible) {
        write_tally(html, control);
    } else {
        html_markup(html, "<td colspan=\"5\">");
        html_text(html, html_words(html, "not judged by this profile"));
        html_markup(html, "</td>");
    }
    html_markup(html, "</tr>\n");
}

static void
write_framework(struct html *html, const struct framework *framework)
{
    html_markup(html, "<h3>");
    html_text(html, html_words(html, framework->title));
    html_markup(html, " ");
    html_text(html, html_words(html, framework->version));
    html_markup(html, "</h3>\n<table class=\"cards\">\n<thead><tr>"
                      "<th scope=\"col\">");
    html_text(html, html_words(html, "Control"));
    html_markup(html, "</th>");
    report_html_tally_heads(html);
    html_markup(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1))
        write_control(html, &framework_control_table[i]);
    html_markup(html, "</tbody>\n</table>\n");
}

void
report_html_frameworks(struct html *html)
{
    if (html->view->framework_count == 0)
        return;
    html_markup(html, "<section aria-labelledby=\"frameworks\">\n"
                      "<h2 id=\"frameworks\">");
    html_text(html, html_words(html, "Frameworks"));
    html_markup(html, "</h2>\n");
    html_element(html, "p", NULL,
                 html_words(html, "Each subscription counts once for a "
                                  "control, by the worst of its findings."));
    html_markup(html, "\n");
    for (size_t i = 0; i < html->view->framework_count; i++)
        write_framework(html, html->view->frameworks[i]);
    html_markup(html, "</section>\n");
}
