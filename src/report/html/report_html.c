/* SPDX-License-Identifier: Apache-2.0 */
/* A run as one page that needs nothing beside itself: for who has to be
 * convinced, prints it, or searches it.
 *
 * Its policy lets nothing run but the script and style that are compiled in,
 * by their hashes, and lets nothing be fetched, whatever a name holds. */
#include "report/html/report_html.h"

#include "base/text.h"
#include "report/markup/html_asset.h"
#include "report/view/report_writers.h"

static void
write_policy(struct html *html)
{
    buffer_printf(html->target,
                  "<meta http-equiv=\"Content-Security-Policy\" content=\""
                  "default-src 'none'; script-src '%s'; style-src '%s'; "
                  "base-uri 'none'; form-action 'none'\">\n",
                  html_asset_script.hash, html_asset_style.hash);
}

/* Of a single tenant its name or id, else nothing. */
static const char *
tenant_title(const struct run *run)
{
    const struct run_tenant *tenant = run->tenants;

    if (run->tenant_count != 1)
        return "";
    return !text_is_blank(tenant->display_name) ? tenant->display_name
                                                : tenant->id;
}

static void
write_title(struct html *html)
{
    const char *tenant = tenant_title(html->view->run);

    html_markup(html, "<title>");
    html_text(html, html_words(html, "Security contacts"));
    if (*tenant != '\0') {
        html_markup(html, ": ");
        html_text(html, tenant);
    }
    html_markup(html, ", ");
    html_date(html, html->view->run->finished_at);
    html_markup(html, "</title>\n");
}

static void
write_head(struct html *html)
{
    const struct language *language = html->view->language;

    buffer_printf(html->target,
                  "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                  "<meta charset=\"utf-8\">\n",
                  language != NULL ? language->name : "en");
    write_policy(html);
    html_markup(html, "<meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n"
                      "<meta name=\"robots\" content=\"noindex\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"generator\" content=\"piket " PIKET_VERSION
                      "\">\n");
    write_title(html);
    html_markup(html, "<style>");
    buffer_append(html->target, html_asset_style.text,
                  html_asset_style.length);
    html_markup(html, "</style>\n</head>\n<body>\n"
                      "<a class=\"skip\" href=\"#subscriptions\">");
    html_text(html, html_words(html, "Skip to the subscriptions"));
    html_markup(html, "</a>\n");
}

static void
write_header(struct html *html)
{
    const char *tenant = tenant_title(html->view->run);

    html_markup(html, "<header>\n<p class=\"kicker\">"
                      "Microsoft Defender for Cloud</p>\n");
    html_element(html, "h1", NULL, html_words(html, "Security contacts"));
    html_element(html, "p", "question",
                 html_words(html, "When Defender for Cloud raises the alarm, "
                                  "does it reach somebody?"));
    html_markup(html, "\n<p class=\"kicker\">");
    if (*tenant != '\0') {
        html_element(html, "bdi", NULL, tenant);
        html_markup(html, " · ");
    }
    html_time(html, html->view->run->finished_at);
    html_markup(html, " · ");
    html_print(html, html_words(html, "profile %s"),
               html->view->run->profile->name);
    html_markup(html, "</p>\n</header>\n");
}

static void
write_foot(struct html *html)
{
    html_markup(html, "<footer>\n<p>");
    html_print(html, html_words(html, "Written by %s from run %s."),
               "piket " PIKET_VERSION, html->view->run->id);
    html_markup(html, " ");
    html_text(html, html_words(
                        html, "This page loads nothing and sends nothing. "
                              "Addresses and phone numbers in it are personal "
                              "data: share it accordingly."));
    html_markup(html, "</p>\n</footer>\n");
}

static void
write_script(struct html *html)
{
    html_markup(html, "<script>");
    buffer_append(html->target, html_asset_script.text,
                  html_asset_script.length);
    html_markup(html, "</script>\n</body>\n</html>\n");
}

static void
write_parts(struct html *html)
{
    const bool any = html->view->run->assessment_count > 0;

    write_header(html);
    html_markup(html, "<main>\n");
    report_html_verdict(html);
    report_html_facts(html);
    report_html_drift(html);
    if (any)
        report_html_requirements(html);
    report_html_frameworks(html);
    report_html_table(html);
    report_html_explanations(html);
    html_markup(html, "</main>\n");
}

int
report_html_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    struct html html = {
        .view = view,
        .target = target,
        .scratch = BUFFER_INIT(REPORT_CEILING),
        .summary = run_summarize(view->run),
    };

    write_head(&html);
    write_parts(&html);
    write_foot(&html);
    report_html_data(&html);
    write_script(&html);
    const bool failed = buffer_failed(target) || html.failed;
    buffer_done(&html.scratch);
    return failed ? error_set_memory(err) : 0;
}
