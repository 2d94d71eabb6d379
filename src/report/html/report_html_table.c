/* SPDX-License-Identifier: Apache-2.0 */
/* The table of subscriptions in an html report, as it reads without the
 * script, and what the script filters it by. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "control/run/framework_tally.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/wording/recommendation.h"
#include "report/wording/report_group.h"
#include "report/html/report_html.h"

static void
begin_field(struct html *html, const char *name, const char *label)
{
    buffer_printf(html->target, "<div><label for=\"filter-%s\">", name);
    html_text(html, html_words(html, label));
    html_markup(html, "</label>");
}

static void
begin_select(struct html *html, const char *name, const char *label)
{
    begin_field(html, name, label);
    buffer_printf(html->target, "<select id=\"filter-%s\"><option value=\"\">",
                  name);
    html_text(html, html_words(html, "any"));
    html_markup(html, "</option>");
}

static void
write_option(struct html *html, size_t value, const char *label)
{
    buffer_printf(html->target, "<option value=\"%zu\">", value);
    html_text(html, label);
    html_markup(html, "</option>");
}

static void
end_select(struct html *html)
{
    html_markup(html, "</select></div>\n");
}

/* The script shows it: without, it could do nothing. */
static void
write_filter(struct html *html)
{
    static const enum reach reaches[] = { REACH_NOBODY, REACH_UNKNOWN,
                                          REACH_OWNERS, REACH_CONTACT };
    static const enum assessment_status statuses[] = {
        ASSESSMENT_NON_COMPLIANT, ASSESSMENT_UNKNOWN,        ASSESSMENT_MUTED,
        ASSESSMENT_COMPLIANT,     ASSESSMENT_NOT_APPLICABLE,
    };

    html_markup(html, "<div id=\"filter\" class=\"filter\" role=\"search\" "
                      "hidden>\n");
    begin_field(html, "text", N_("Name, id, address or finding"));
    html_markup(html, "<input id=\"filter-text\" "
                      "type=\"search\" autocomplete=\"off\" "
                      "spellcheck=\"false\"></div>\n");
    begin_select(html, "status", N_("Status"));
    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
        write_option(html, statuses[i], report_html_status(html, statuses[i]));
    end_select(html);
    begin_select(html, "reach", N_("Who is mailed"));
    for (size_t i = 0; i < ARRAY_LENGTH(reaches); i++)
        write_option(html, reaches[i], report_html_reach(html, reaches[i]));
    end_select(html);
    begin_select(html, "requirement", N_("Fails the requirement"));
    for (size_t i = 0; i < requirement_table_length; i++)
        if (framework_tally_judged(html->view->run->profile,
                                   requirement_table[i].id))
            write_option(
                html, i,
                html_words(
                    html,
                    explain_requirement_text(&requirement_table[i])->title));
    end_select(html);
    html_markup(html, "<button type=\"button\">");
    html_text(html, html_words(html, "Show all"));
    html_markup(html, "</button>\n</div>\n");
}

static void
write_column(struct html *html, const char *name, const char *label)
{
    buffer_printf(html->target, "<th scope=\"col\" data-column=\"%s\">", name);
    html_text(html, html_words(html, label));
    html_markup(html, "</th>");
}

static void
write_heading(struct html *html)
{
    html_markup(html, "<table id=\"subscription-table\" class=\"cards\">\n"
                      "<caption>");
    html_text(html, html_words(html, "Each subscription, worst first: who is "
                                     "mailed when an alert of High severity "
                                     "comes, what was found, and what to "
                                     "do"));
    html_markup(html, "</caption>\n<thead><tr>");
    write_column(html, "name", N_("Subscription"));
    if (html->view->run->tenant_count > 1)
        write_column(html, "tenant", N_("Tenant"));
    write_column(html, "status", N_("Status"));
    write_column(html, "reach", N_("Who is mailed"));
    write_column(html, "cause", N_("Finding, and what to do"));
    html_markup(html, "</tr></thead>\n<tbody>\n");
}

static int
write_recommendation(const char *sentence, void *data)
{
    html_element(data, "span", "faint", sentence);
    return 0;
}

static void
begin_labelled_cell(struct html *html, const char *label)
{
    html_markup(html, "<td data-label=\"");
    html_text(html, html_words(html, label));
    html_markup(html, "\">");
}

static void
write_tenant(struct html *html, const struct subscription *subject)
{
    AUTOBUFFER tenant = BUFFER_INIT(REPORT_CEILING);

    if (report_html_tenant(html, subject, &tenant) < 0)
        html->failed = true;
    begin_labelled_cell(html, N_("Tenant"));
    html_element(html, "bdi", NULL, buffer_text(&tenant));
    html_markup(html, "</td>");
}

static void
write_row(struct html *html, const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    html_markup(html, "<tr>");
    report_html_subject(html, &assessment->subscription);
    if (html->view->run->tenant_count > 1)
        write_tenant(html, &assessment->subscription);
    buffer_printf(html->target, "<td><span class=\"status %s\">",
                  assessment_status_name(assessment->status));
    html_text(html, report_html_status(html, assessment->status));
    html_markup(html, "</span></td>");
    begin_labelled_cell(html, N_("Who is mailed"));
    html_text(html, report_html_reach(html, assessment->reach));
    html_markup(html, "</td><td>");
    if (phrase_cause(assessment, html->view->language, &cause) < 0)
        html->failed = true;
    html_element(html, "bdi", NULL, buffer_text(&cause));
    if (recommendation_each(assessment, html->view->language,
                            write_recommendation, html)
        < 0)
        html->failed = true;
    html_markup(html, "</td></tr>\n");
}

static void
write_rows(struct html *html)
{
    const struct run *run = html->view->run;
    size_t shown = 0;

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        for (size_t i = report_group_next(run, group, 0);
             i < run->assessment_count && shown < REPORT_HTML_ROWS;
             i = report_group_next(run, group, i + 1), shown++)
            write_row(html, &run->assessments[i]);
}

/* Says what the page lacks where the script does not run, which removes it:
 * a browser may let scripts run, and yet not this one. */
static void
write_cut(struct html *html)
{
    const size_t count = html->view->run->assessment_count;
    char shown[HTML_NUMBER_SIZE], all[HTML_NUMBER_SIZE];

    if (count <= REPORT_HTML_ROWS)
        return;
    html_markup(html, "<p id=\"cut\">");
    html_print(html,
               html_words(html,
                          "These are the worst %s of %s subscriptions. To see "
                          "all of them, allow the page's script to run."),
               html_number(REPORT_HTML_ROWS, shown), html_number(count, all));
    html_markup(html, "</p>\n");
}

void
report_html_table(struct html *html)
{
    html_markup(html, "<section aria-labelledby=\"subscriptions\">\n"
                      "<h2 id=\"subscriptions\" tabindex=\"-1\">");
    html_text(html, html_words(html, "Subscriptions"));
    html_markup(html, "</h2>\n");
    write_filter(html);
    html_markup(html, "<p id=\"shown\" class=\"screen-only\" "
                      "role=\"status\"></p>\n"
                      "<p id=\"print-note\" class=\"print-only\"></p>\n");
    write_cut(html);
    write_heading(html);
    write_rows(html);
    html_markup(html, "</tbody>\n</table>\n"
                      "<nav id=\"pages\" class=\"pages\" aria-label=\"");
    html_text(html, html_words(html, "Pages of the table"));
    html_markup(html, "\" hidden><button type=\"button\">");
    html_text(html, html_words(html, "Previous"));
    html_markup(html, "</button><button type=\"button\">");
    html_text(html, html_words(html, "Next"));
    html_markup(html, "</button></nav>\n</section>\n");
}
