/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a run, one row each. */
#include "report/view/report.h"

#include <string.h>

#include "base/cleanup.h"
#include "report/run/report_nagios.h"
#include "report/view/report_writers.h"

const struct report_format report_table[] = {
    { .name = "text",
      .summary = N_("for people, by consequence, worst first"),
      .write = report_text_write },
    { .name = "json",
      .summary = N_("for programs, everything that is known"),
      .write = report_json_write },
    { .name = "jsonl",
      .summary = N_("the same, the run and each subscription on a line"),
      .write = report_jsonl_write },
    { .name = "csv",
      .summary = N_("a table for spreadsheets, a row for each subscription"),
      .write = report_csv_write },
    { .name = "markdown",
      .summary = N_("for pull requests and wikis, worst first"),
      .write = report_markdown_write },
    { .name = "html",
      .summary = N_("one page for browsers and paper, which loads nothing"),
      .compares = true,
      .write = report_html_write },
    { .name = "prometheus",
      .summary = N_("metrics for the node exporter's textfile collector"),
      .write = report_prometheus_write },
    { .name = "nagios",
      .summary = N_("a monitoring plugin, with its exit statuses"),
      .write = report_nagios_write,
      .exit_status = report_nagios_exit_status,
      .write_failure = report_nagios_failure },
    { .name = "sarif",
      .summary = N_("SARIF, for GitHub code scanning: a result per failure"),
      .write = report_sarif_write },
    { .name = "junit",
      .summary =
          N_("JUnit XML, for what shows tests: a suite per subscription"),
      .write = report_junit_write },
    { .name = "ocsf",
      .summary = N_("OCSF compliance findings, for a SIEM: one a line"),
      .write = report_ocsf_write },
    { .name = "oscal",
      .summary = N_("OSCAL assessment results, for auditors"),
      .write = report_oscal_write },
};

const size_t report_table_length = ARRAY_LENGTH(report_table);

const struct report_format *
report_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(report_table); i++)
        if (strcmp(report_table[i].name, name) == 0)
            return &report_table[i];
    return NULL;
}
