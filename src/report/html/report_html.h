/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the html report, in the order of the page. */
#ifndef PIKET_REPORT_HTML_REPORT_HTML_H
#define PIKET_REPORT_HTML_REPORT_HTML_H

#include "report/markup/html.h"

enum {
    /* Rows of the table that stand in the page as such, worst first: what
     * reads without the script, and is printed without it. */
    REPORT_HTML_ROWS = 500,
    /* Four times what Azure allows. */
    REPORT_HTML_NAME = 256,
    /* Rows of each kind of drift. */
    REPORT_HTML_DRIFT_ROWS = 200,
};

/* The verdict, the figures behind it, and the subscriptions by
 * consequence. */
void report_html_verdict(struct html *html);

/* How sure that is: the notes, and what was checked, when, by whom. */
void report_html_facts(struct html *html);

/* Errors, coverage, limitations, notes. */
void report_html_notes(struct html *html);

/* What differs from the run before. */
void report_html_drift(struct html *html);

/* How many pass and fail each requirement. */
void report_html_requirements(struct html *html);

/* How the run stands to the controls of the view's frameworks. */
void report_html_frameworks(struct html *html);

/* The table of subscriptions, with what filters it. */
void report_html_table(struct html *html);

/* Every subscription for the script, as JSON in an element of its own. */
void report_html_data(struct html *html);

/* What the control and its requirements mean. */
void report_html_explanations(struct html *html);

/* Words that several parts share, in the view's language. */
const char *report_html_status(const struct html *html,
                               enum assessment_status status);
const char *report_html_finding_status(const struct html *html,
                                       enum finding_status status);
const char *report_html_reach(const struct html *html, enum reach reach);

/* Appends the numbers of the controls that the requirement shows, see
 * report_mapping.h: "cis-3.0 3.1.13; bio2 5.24, 5.26". */
int report_html_controls(const struct html *html,
                         const struct requirement *requirement,
                         struct buffer *target);

/* Appends a subscription's name, cut to REPORT_HTML_NAME bytes; nothing where
 * it has none. */
int report_html_name(const struct subscription *subject,
                     struct buffer *target);

/* Appends a subscription's name and id as the heading of a row. */
void report_html_subject(struct html *html,
                         const struct subscription *subject);

/* Appends the name of the tenant that a subscription belongs to, or its
 * id. */
int report_html_tenant(const struct html *html,
                       const struct subscription *subject,
                       struct buffer *target);

#endif
