/* SPDX-License-Identifier: Apache-2.0 */
/* How many subscriptions pass and fail, as columns of a table. */
#include "report/html/report_html_tally.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/html/report_html.h"

static const enum finding_status columns[] = {
    FINDING_FAIL, FINDING_UNKNOWN,        FINDING_MUTED,
    FINDING_PASS, FINDING_NOT_APPLICABLE,
};

struct report_html_tally *
report_html_tally(const struct run *run)
{
    struct report_html_tally *tallies =
        calloc(requirement_table_length, sizeof(*tallies));

    for (size_t i = 0; tallies != NULL && i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            tallies[finding->requirement - requirement_table]
                .counts[finding->status]++;
        }
    }
    return tallies;
}

size_t
report_html_tally_total(const struct report_html_tally *tally)
{
    size_t total = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(tally->counts); i++)
        total += tally->counts[i];
    return total;
}

void
report_html_tally_heads(struct html *html)
{
    for (size_t i = 0; i < ARRAY_LENGTH(columns); i++) {
        html_markup(html, "<th scope=\"col\" class=\"number\">");
        html_text(html, report_html_finding_status(html, columns[i]));
        html_markup(html, "</th>");
    }
}

void
report_html_tally_cells(struct html *html,
                        const struct report_html_tally *tally)
{
    for (size_t i = 0; i < ARRAY_LENGTH(columns); i++) {
        char number[HTML_NUMBER_SIZE];
        html_markup(html, "<td class=\"number\" data-label=\"");
        html_text(html, report_html_finding_status(html, columns[i]));
        html_markup(html, "\">");
        html_text(html, html_number(tally->counts[columns[i]], number));
        html_markup(html, "</td>");
    }
}
