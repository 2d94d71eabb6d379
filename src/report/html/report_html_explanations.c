/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of explain as a part of an html report. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/html/report_html.h"
#include "report/html/report_html_tally.h"

/* A page on its way into the report. */
struct part {
    struct html *html;
    bool listing; /* an item was last: its list is still open */
};

static void
end_list(struct part *part)
{
    if (part->listing)
        html_markup(part->html, "</ul>\n");
    part->listing = false;
}

/* The report has put its own heading above. */
static void
part_title(struct explain_page *page, const char *kind, const char *id,
           const char *title)
{
    (void) page;
    (void) kind;
    (void) id;
    (void) title;
}

static void
part_heading(struct explain_page *page, const char *heading)
{
    struct part *part = page->state;

    end_list(part);
    html_element(part->html, "h4", NULL, heading);
    html_markup(part->html, "\n");
}

static void
part_paragraph(struct explain_page *page, enum explain_kind kind,
               const char *text)
{
    static const char *const elements[] = {
        [EXPLAIN_KIND_TEXT] = "p",
        [EXPLAIN_KIND_ITEM] = "li",
    };
    struct part *part = page->state;

    if (kind != EXPLAIN_KIND_ITEM)
        end_list(part);
    else if (!part->listing)
        html_markup(part->html, "<ul>\n");
    part->listing = kind == EXPLAIN_KIND_ITEM;
    if (kind == EXPLAIN_KIND_VERBATIM) {
        html_verbatim(part->html, text);
        return;
    }
    html_element(part->html, elements[kind], NULL, text);
    html_markup(part->html, "\n");
}

static void
write_page(struct html *html, const struct explain_topic *topic)
{
    static const struct explain_medium medium = {
        .title = part_title,
        .heading = part_heading,
        .paragraph = part_paragraph,
    };
    struct part part = { .html = html };
    struct explain_page page = { .medium = &medium,
                                 .state = &part,
                                 .language = html->view->language };

    explain_page_write(&page, topic);
    end_list(&part);
    html->failed = html->failed || page.failed;
}

/* What fails is printed, too. */
static void
write_requirement(struct html *html, const struct requirement *requirement,
                  bool fails)
{
    const struct explain_topic topic = { .requirement = requirement };

    buffer_printf(html->target,
                  "<details id=\"explain-%s\" class=\"explanation%s\">"
                  "<summary><h3>",
                  requirement->id, fails ? " printed" : "");
    html_text(html,
              html_words(html, explain_requirement_text(requirement)->title));
    html_markup(html, "</h3> ");
    html_element(html, "code", NULL, requirement->id);
    html_markup(html, "</summary>\n");
    write_page(html, &topic);
    html_markup(html, "</details>\n");
}

static void
write_control(struct html *html)
{
    const struct explain_topic topic = { .requirement = NULL };

    html_markup(html, "<details class=\"explanation\"><summary><h3>");
    html_text(html, html_words(html, "Security contacts are configured"));
    html_markup(html, "</h3></summary>\n");
    write_page(html, &topic);
    html_markup(html, "</details>\n");
}

void
report_html_explanations(struct html *html)
{
    AUTOFREE struct report_html_tally *tallies =
        report_html_tally(html->view->run);

    if (tallies == NULL) {
        html->failed = true;
        return;
    }
    html_markup(html, "<section aria-labelledby=\"explanations\">\n"
                      "<h2 id=\"explanations\">");
    html_text(html, html_words(html, "What is checked, why, and how to fix "
                                     "it"));
    html_markup(html, "</h2>\n");
    write_control(html);
    for (size_t i = 0; i < requirement_table_length; i++)
        if (report_html_tally_total(&tallies[i]) > 0)
            write_requirement(html, &requirement_table[i],
                              tallies[i].counts[FINDING_FAIL] > 0);
    html_markup(html, "</section>\n");
}
