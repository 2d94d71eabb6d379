/* SPDX-License-Identifier: Apache-2.0 */
/* The chart by requirement of an html report. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/html/report_html.h"
#include "report/html/report_html_tally.h"

static const char *
severity_words(const struct html *html, enum requirement_severity severity)
{
    static const char *const words[] = {
        [REQUIREMENT_LOW] = N_("low severity"),
        [REQUIREMENT_MEDIUM] = N_("medium severity"),
        [REQUIREMENT_HIGH] = N_("high severity"),
    };

    return html_words(html, words[severity]);
}

static void
write_requirement(struct html *html, const struct requirement *requirement,
                  const struct report_html_tally *tally)
{
    AUTOBUFFER controls = BUFFER_INIT(REPORT_CEILING);
    const struct html_stretch stretches[] = {
        { "bad", tally->counts[FINDING_FAIL] },
        { "warning", tally->counts[FINDING_UNKNOWN] },
        { "muted", tally->counts[FINDING_MUTED] },
        { "good", tally->counts[FINDING_PASS] },
    };

    buffer_printf(html->target,
                  "<tr><th scope=\"row\"><a href=\"#explain-%s\">",
                  requirement->id);
    html_text(html,
              html_words(html, explain_requirement_text(requirement)->title));
    html_markup(html, "</a><span class=\"faint\"><code>");
    html_text(html, requirement->id);
    html_markup(html, "</code>, ");
    html_text(html, severity_words(html, requirement->severity));
    html_markup(html, "</span>");
    /* All that there are stand in the explanation. */
    if (html->view->framework_count > 0
        && report_html_controls(html, requirement, &controls) < 0)
        html->failed = true;
    if (controls.length > 0)
        html_element(html, "span", "faint", buffer_text(&controls));
    html_markup(html, "</th>");
    report_html_tally_cells(html, tally);
    html_markup(html, "<td class=\"chart\">");
    html_bar(html, stretches, ARRAY_LENGTH(stretches),
             report_html_tally_total(tally));
    html_markup(html, "</td></tr>\n");
}

static void
write_heading(struct html *html)
{
    html_markup(html, "<table class=\"cards\">\n<thead><tr>"
                      "<th scope=\"col\">");
    html_text(html, html_words(html, "Requirement"));
    html_markup(html, "</th>");
    report_html_tally_heads(html);
    html_markup(html, "<th scope=\"col\" class=\"chart\">");
    html_text(html, html_words(html, "Share"));
    html_markup(html, "</th></tr></thead>\n<tbody>\n");
}

void
report_html_requirements(struct html *html)
{
    AUTOFREE struct report_html_tally *tallies =
        report_html_tally(html->view->run);

    if (tallies == NULL) {
        html->failed = true;
        return;
    }
    html_markup(html, "<section aria-labelledby=\"requirements\">\n"
                      "<h2 id=\"requirements\">");
    html_text(html, html_words(html, "By requirement"));
    html_markup(html, "</h2>\n");
    html_element(html, "p", NULL,
                 html_words(html, "How many subscriptions pass and fail each "
                                  "requirement of the profile. Each is "
                                  "explained below."));
    html_markup(html, "\n");
    write_heading(html);
    for (size_t i = 0; i < requirement_table_length; i++)
        if (report_html_tally_total(&tallies[i]) > 0)
            write_requirement(html, &requirement_table[i], &tallies[i]);
    html_markup(html, "</tbody>\n</table>\n</section>\n");
}
