/* SPDX-License-Identifier: Apache-2.0 */
/* The writers that report_table lists, see struct report_format. */
#ifndef PIKET_REPORT_VIEW_REPORT_WRITERS_H
#define PIKET_REPORT_VIEW_REPORT_WRITERS_H

#include "report/view/report.h"

typedef int report_writer(const struct report_view *view,
                          struct buffer *target, struct error *err);

report_writer report_text_write;
report_writer report_json_write;
report_writer report_jsonl_write;
report_writer report_csv_write;
report_writer report_markdown_write;
report_writer report_html_write;
report_writer report_prometheus_write;
report_writer report_nagios_write;
report_writer report_junit_write;
report_writer report_ocsf_write;
report_writer report_oscal_write;
report_writer report_sarif_write;

#endif
