/* SPDX-License-Identifier: Apache-2.0 */
/* A run for programs that read a line at a time: first the run, then each
 * subscription, all in the words of the JSON report. */
#include "base/cleanup.h"
#include "report/json/report_json.h"
#include "report/view/report_writers.h"

static json_t *
first_line(const struct report_view *view)
{
    return json_pack("{s:s, s:i, s:o, s:o}", "type", "run", "schemaVersion", 1,
                     "run", report_json_run(view->run), "summary",
                     report_json_summary(view));
}

/* Lines may be torn apart on their way: each names its run. */
static json_t *
subscription_line(const struct assessment *assessment,
                  const struct report_view *view)
{
    AUTOJSON json_t *line = json_pack("{s:s, s:s}", "type", "subscription",
                                      "runId", view->run->id);
    AUTOJSON json_t *members = report_json_assessment(assessment, view);

    if (json_object_update(line, members) < 0)
        return NULL;
    return take_pointer(line);
}

int
report_jsonl_write(const struct report_view *view, struct buffer *target,
                   struct error *err)
{
    const struct run *run = view->run;

    if (report_json_append_line(target, first_line(view)) < 0)
        return error_set_memory(err);
    for (size_t i = 0; i < run->assessment_count; i++)
        if (report_json_append_line(
                target, subscription_line(&run->assessments[i], view))
            < 0)
            return error_set_memory(err);
    return 0;
}
