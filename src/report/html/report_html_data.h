/* SPDX-License-Identifier: Apache-2.0 */
/* What the script of the html report reads: a subscription as a row, and the
 * words that rows refer to by their place. */
#ifndef PIKET_REPORT_HTML_REPORT_HTML_DATA_H
#define PIKET_REPORT_HTML_REPORT_HTML_DATA_H

#include <jansson.h>

#include "report/markup/html.h"

/* A tree that is released at the end of its scope. */
#define AUTOTREE __attribute__((cleanup(report_html_data_release)))

void report_html_data_release(json_t **tree);

/* A text of Azure's, made printable; null for NULL. NULL where memory ran
 * out, as below. */
json_t *report_html_data_text(struct html *html, const char *text);

/* { words, names, requirements, reasons, met }, all in the view's
 * language. */
json_t *report_html_data_words(struct html *html);

/* [ id, name, tenant, state, group, status, reach, cause, findings, contact,
 * others, error ]; src/report/html/report.js names the places. */
json_t *report_html_data_row(struct html *html,
                             const struct assessment *assessment);

#endif
