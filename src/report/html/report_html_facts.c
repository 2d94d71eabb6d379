/* SPDX-License-Identifier: Apache-2.0 */
/* How sure an html report is: its notes, and what was checked, when, by
 * whom. */
#include <stdio.h>

#include "base/text.h"
#include "report/html/report_html.h"

/* A run of so many tenants lists each; those behind are only counted. */
enum { TENANTS_LISTED = 20 };

static void
begin_fact(struct html *html, const char *label)
{
    html_markup(html, "<div>");
    html_element(html, "dt", NULL, html_words(html, label));
    html_markup(html, "<dd>");
}

static void
end_fact(struct html *html)
{
    html_markup(html, "</dd></div>\n");
}

static void
write_fact(struct html *html, const char *label, const char *value)
{
    begin_fact(html, label);
    html_text(html, value);
    end_fact(html);
}

static void
write_tenant(struct html *html, const struct run_tenant *tenant)
{
    if (!text_is_blank(tenant->display_name)) {
        html_element(html, "bdi", NULL, tenant->display_name);
        html_markup(html, " ");
    }
    html_element(html, "code", NULL,
                 *tenant->id != '\0' ? tenant->id
                                     : html_words(html, "unknown tenant"));
    if (tenant->credential != NULL) {
        html_markup(html, "<br>");
        html_text(html, tenant->credential);
    }
    if (tenant->identity != NULL) {
        html_markup(html, " (");
        html_text(html, tenant->identity);
        html_markup(html, ")");
    }
}

static void
write_tenants(struct html *html)
{
    const struct run *run = html->view->run;
    size_t delegated = 0, left_out = 0;
    char number[HTML_NUMBER_SIZE];

    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].delegated) {
            delegated++;
        } else if (i >= TENANTS_LISTED) {
            left_out++;
        } else {
            begin_fact(html, N_("Tenant"));
            write_tenant(html, &run->tenants[i]);
            end_fact(html);
        }
    if (left_out > 0)
        write_fact(html, N_("Tenants beside these"),
                   html_number(left_out, number));
    if (delegated > 0)
        write_fact(html, N_("Tenants by Azure Lighthouse"),
                   html_number(delegated, number));
}

static void
write_profile(struct html *html)
{
    const struct profile *profile = html->view->run->profile;

    begin_fact(html, N_("Profile"));
    html_element(html, "code", NULL, profile->name);
    if (profile->title != NULL) {
        html_markup(html, "<br>");
        html_text(html, html_words(html, profile->title));
    }
    end_fact(html);
}

void
report_html_facts(struct html *html)
{
    const struct run *run = html->view->run;
    char status[HTML_NUMBER_SIZE];

    (void) snprintf(status, sizeof(status), "%d", html->view->exit_status);
    html_markup(html, "<section aria-labelledby=\"facts\">\n"
                      "<h2 id=\"facts\">");
    html_text(html, html_words(html, "How sure this is"));
    html_markup(html, "</h2>\n");
    report_html_notes(html);
    html_markup(html, "<dl class=\"facts\">\n");
    begin_fact(html, N_("Checked"));
    html_time(html, run->finished_at);
    end_fact(html);
    write_tenants(html);
    if (run->cloud != NULL)
        write_fact(html, N_("Cloud"), run->cloud);
    write_profile(html);
    if (run->config != NULL)
        write_fact(html, N_("Configuration"), run->config);
    write_fact(html, N_("Run"), run->id);
    write_fact(html, N_("Exit status"), status);
    html_markup(html, "</dl>\n</section>\n");
}
