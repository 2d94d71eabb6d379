/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict of an html report, the figures behind it, and the subscriptions
 * by consequence. */
#include "base/cleanup.h"
#include "report/wording/phrase_run.h"
#include "report/wording/report_group.h"
#include "report/html/report_html.h"

static const char *
verdict_class(const struct run_summary *summary)
{
    if (summary->non_compliant > 0)
        return "bad";
    return summary->status == RUN_UNKNOWN ? "warning" : "good";
}

static void
write_non_compliant(struct html *html)
{
    const struct run_summary *summary = &html->summary;
    char bad[HTML_NUMBER_SIZE], all[HTML_NUMBER_SIZE];

    html_markup(html, "<p>");
    html_print(html,
               html_plural(html,
                           "%s of %s subscriptions does not comply with "
                           "profile %s.",
                           "%s of %s subscriptions do not comply with "
                           "profile %s.",
                           summary->non_compliant),
               html_number(summary->non_compliant, bad),
               html_number(summary->subscriptions, all),
               html->view->run->profile->name);
    html_markup(html, "</p>");
}

static void
write_unknown(struct html *html)
{
    char number[HTML_NUMBER_SIZE];

    html_markup(html, "<p>");
    html_print(html,
               html_plural(html,
                           "%s could not be read or judged: whether an alarm "
                           "from it reaches anybody is not known.",
                           "%s could not be read or judged: whether an alarm "
                           "from them reaches anybody is not known.",
                           html->summary.unknown),
               html_number(html->summary.unknown, number));
    html_markup(html, "</p>");
}

static void
write_left_out(struct html *html)
{
    const size_t excluded = html->summary.excluded;
    const size_t others = html->summary.other_tenants;
    char number[HTML_NUMBER_SIZE];

    if (excluded > 0) {
        html_markup(html, "<p class=\"faint\">");
        html_print(html,
                   html_plural(html,
                               "%s subscription is left out by the scope.",
                               "%s subscriptions are left out by the scope.",
                               excluded),
                   html_number(excluded, number));
        html_markup(html, "</p>");
    }
    if (others > 0) {
        html_markup(html, "<p class=\"faint\">");
        html_print(html,
                   html_plural(html,
                               "%s subscription of another tenant is left "
                               "out.",
                               "%s subscriptions of other tenants are left "
                               "out.",
                               others),
                   html_number(others, number));
        html_markup(html, "</p>");
    }
}

/* Whether the list of subscriptions may lack some. */
static bool
list_is_whole(const struct run *run)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            return false;
    return run->complete && !run->interrupted;
}

static void
write_sentences(struct html *html)
{
    const struct run_summary *summary = &html->summary;

    if (summary->subscriptions == 0)
        html_element(html, "p", NULL,
                     html_words(html, "No subscription was checked."));
    if (summary->non_compliant > 0)
        write_non_compliant(html);
    if (summary->unknown > 0)
        write_unknown(html);
    if (!list_is_whole(html->view->run))
        html_element(html, "p", NULL,
                     html_words(html, "The list of subscriptions is not "
                                      "whole: some may be missing here."));
    if (summary->status == RUN_COMPLIANT)
        html_element(html, "p", NULL,
                     html_words(html,
                                "Every subscription in scope complies, is "
                                "muted, or cannot raise an alert."));
    write_left_out(html);
}

static void
write_figure(struct html *html, const char *class_name, const char *label,
             size_t count)
{
    char number[HTML_NUMBER_SIZE];

    buffer_printf(html->target, "<div class=\"%s\">",
                  count > 0 ? class_name : "none");
    html_element(html, "dt", NULL, label);
    html_element(html, "dd", NULL, html_number(count, number));
    html_markup(html, "</div>\n");
}

static void
write_figures(struct html *html)
{
    static const struct {
        enum assessment_status status;
        const char *class_name;
    } figures[] = {
        { ASSESSMENT_NON_COMPLIANT, "bad" },
        { ASSESSMENT_UNKNOWN, "warning" },
        { ASSESSMENT_MUTED, "muted" },
        { ASSESSMENT_COMPLIANT, "good" },
        { ASSESSMENT_NOT_APPLICABLE, "none" },
    };
    const size_t counts[] = {
        [ASSESSMENT_NON_COMPLIANT] = html->summary.non_compliant,
        [ASSESSMENT_UNKNOWN] = html->summary.unknown,
        [ASSESSMENT_MUTED] = html->summary.muted,
        [ASSESSMENT_COMPLIANT] = html->summary.compliant,
        [ASSESSMENT_NOT_APPLICABLE] = html->summary.not_applicable,
    };
    struct html_stretch stretches[ARRAY_LENGTH(figures)];

    html_markup(html, "<dl class=\"figures\">\n");
    write_figure(html, "all",
                 html_plural(html, "subscription", "subscriptions",
                             html->summary.subscriptions),
                 html->summary.subscriptions);
    for (size_t i = 0; i < ARRAY_LENGTH(figures); i++) {
        const size_t count = counts[figures[i].status];
        stretches[i] = (struct html_stretch){ figures[i].class_name, count };
        write_figure(html, figures[i].class_name,
                     report_html_status(html, figures[i].status), count);
    }
    html_markup(html, "</dl>\n");
    html_bar(html, stretches, ARRAY_LENGTH(stretches),
             html->summary.subscriptions);
    html_markup(html, "\n");
}

static void
write_group(struct html *html, enum report_group group, size_t count)
{
    static const char *const classes[REPORT_GROUP_COUNT] = {
        [REPORT_GROUP_NOBODY] = "bad",
        [REPORT_GROUP_OWNERS] = "bad",
        [REPORT_GROUP_UNCERTAIN] = "bad",
        [REPORT_GROUP_DEMANDED] = "bad",
        [REPORT_GROUP_UNKNOWN] = "warning",
        [REPORT_GROUP_MUTED] = "muted",
        [REPORT_GROUP_COMPLIANT] = "good",
        [REPORT_GROUP_NOT_APPLICABLE] = "none",
    };
    const struct report_group_words *words = report_group_words(group);
    const struct html_stretch stretch = { classes[group], count };
    char number[HTML_NUMBER_SIZE];

    html_markup(html, "<tr><th scope=\"row\">");
    html_element(html, "span", "title", html_words(html, words->title));
    html_element(html, "span", "faint", html_words(html, words->explanation));
    html_markup(html, "</th>");
    html_markup(html, "<td class=\"number\" data-label=\"");
    html_text(html, html_words(html, "Subscriptions"));
    html_markup(html, "\">");
    html_text(html, html_number(count, number));
    html_markup(html, "</td><td class=\"chart\">");
    html_bar(html, &stretch, 1, html->summary.subscriptions);
    html_markup(html, "</td></tr>\n");
}

static void
write_groups(struct html *html)
{
    const struct run *run = html->view->run;
    size_t counts[REPORT_GROUP_COUNT] = { 0 };

    for (size_t i = 0; i < run->assessment_count; i++)
        counts[report_group_of(&run->assessments[i])]++;
    html_markup(html, "<section aria-labelledby=\"consequence\">\n"
                      "<h2 id=\"consequence\">");
    html_text(html, html_words(html, "By consequence"));
    html_markup(
        html, "</h2>\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">");
    html_text(html, html_words(html, "What an alarm comes to"));
    html_markup(html, "</th><th scope=\"col\" class=\"number\">");
    html_text(html, html_words(html, "Subscriptions"));
    html_markup(html, "</th><th scope=\"col\" class=\"chart\">");
    html_text(html, html_words(html, "Share"));
    html_markup(html, "</th></tr></thead>\n<tbody>\n");
    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        if (counts[group] > 0)
            write_group(html, group, counts[group]);
    html_markup(html, "</tbody>\n</table>\n</section>\n");
}

void
report_html_verdict(struct html *html)
{
    buffer_printf(html->target,
                  "<section aria-labelledby=\"verdict\">\n"
                  "<div class=\"verdict %s\">\n<h2 id=\"verdict\">",
                  verdict_class(&html->summary));
    html_text(html, phrase_verdict(html->view->run, &html->summary,
                                   html->view->language));
    html_markup(html, "</h2>\n");
    write_sentences(html);
    html_markup(html, "\n</div>\n");
    write_figures(html);
    html_markup(html, "</section>\n");
    if (html->summary.subscriptions > 0)
        write_groups(html);
}
