/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a run, one row each. */
#include "report/report.h"

#include <string.h>

#include "base/cleanup.h"
#include "report/report_writers.h"

const struct report_format report_table[] = {
    { "text", N_("for people, by consequence, worst first"),
      report_text_write },
    { "json", N_("for programs, everything that is known"),
      report_json_write },
    { "sarif", N_("SARIF, for GitHub code scanning: a result per failure"),
      report_sarif_write },
    { "junit", N_("JUnit XML, for what shows tests: a suite per subscription"),
      report_junit_write },
    { "ocsf", N_("OCSF compliance findings, for a SIEM: one a line"),
      report_ocsf_write },
    { "oscal", N_("OSCAL assessment results, for auditors"),
      report_oscal_write },
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
