/* SPDX-License-Identifier: Apache-2.0 */
/* A run as OCSF events, for a SIEM: a compliance finding a line, the run
 * itself first. Lines are what Splunk, Elastic's Filebeat, Firehose and
 * Athena take as they are; who wants one array has jq -s. */
#include "report/interchange/report_ocsf.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/view/report_writers.h"

/* A row for each requirement that the profile demands. */
struct table {
    struct report_ocsf_requirement rows[PROFILE_REQUIREMENTS_CEILING];
    size_t count;
};

static void
release_table(struct table *table)
{
    while (table->count > 0)
        report_ocsf_requirement_done(&table->rows[--table->count]);
}

static int
fill_table(struct table *table, const struct report_view *view)
{
    const char *const *ids = view->run->profile->requirements;

    for (; ids[table->count] != NULL; table->count++)
        if (report_ocsf_requirement_init(&table->rows[table->count], view,
                                         requirement_by_id(ids[table->count]))
            < 0)
            return -1;
    return 0;
}

/* Findings stand in the order of the profile. */
static int
append_assessment(struct buffer *target, const struct run *run,
                  const struct assessment *assessment,
                  const struct table *table)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (report_ocsf_finding(target, run, assessment,
                                &assessment->findings[i], &table->rows[i])
            < 0)
            return -1;
    return 0;
}

static int
append_events(struct buffer *target, const struct run *run,
              const struct table *table)
{
    if (report_ocsf_run(target, run) < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++)
        if (append_assessment(target, run, &run->assessments[i], table) < 0)
            return -1;
    return 0;
}

int
report_ocsf_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    struct table table = { .count = 0 };
    int result = fill_table(&table, view);

    if (result == 0)
        result = append_events(target, view->run, &table);
    release_table(&table);
    return result < 0 ? error_set_memory(err) : 0;
}
