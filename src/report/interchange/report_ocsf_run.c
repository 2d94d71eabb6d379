/* SPDX-License-Identifier: Apache-2.0 */
/* The OCSF event about the run itself: whoever only counts findings would
 * take a run that saw nothing for one without faults. */
#include <string.h>

#include "base/cleanup.h"
#include "report/json/report_json.h"
#include "report/interchange/report_ocsf.h"
#include "report/wording/report_problem.h"

static const char title[] = "The run is complete";

static json_t *
problem_list(const struct buffer *problems)
{
    if (buffer_failed(problems))
        return NULL;
    return problems->length > 0 ? json_string(buffer_text(problems))
                                : json_string("every list was read to its "
                                              "end");
}

static json_t *
compliance_to_json(const struct run *run, const struct buffer *problems)
{
    const bool complete = problems->length == 0;
    const int outcome = complete ? REPORT_OCSF_PASS : REPORT_OCSF_WARNING;
    const char *caption = complete ? "Pass" : "Warning";

    return json_pack(
        "{s:s, s:[o], s:[{s:s, s:s, s:i, s:s}], s:s, s:i, s:s, s:o}",
        "control", REPORT_PROBLEM_ID, "standards",
        json_sprintf("piket profile %s", run->profile->name), "checks", "uid",
        REPORT_PROBLEM_ID, "name", title, "status_id", outcome, "status",
        caption, "status", caption, "status_id", outcome, "status_code",
        complete ? "complete" : "incomplete", "status_detail",
        problem_list(problems));
}

static json_t *
resources_to_json(const struct run *run)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < run->tenant_count; i++)
        if (!run->tenants[i].delegated
            && json_array_append_new(
                   array, json_pack("{s:s, s:s}", "uid", run->tenants[i].id,
                                    "type", "Microsoft Entra tenant"))
                   < 0)
            return NULL;
    return take_pointer(array);
}

int
report_ocsf_run(struct buffer *target, const struct run *run)
{
    AUTOBUFFER problems = BUFFER_INIT(REPORT_CEILING);

    if (report_problem_append(run, &problems) < 0)
        return -1;
    const bool complete = problems.length == 0;
    const struct report_ocsf_event event = {
        .subject = report_uuid_estate("run", run),
        .code = REPORT_PROBLEM_ID,
        .title = title,
        .tenant_id = run->tenant_count > 0 ? run->tenants[0].id : "",
        .severity = complete ? REPORT_OCSF_INFORMATIONAL : REPORT_OCSF_HIGH,
        .status = complete ? REPORT_OCSF_RESOLVED : REPORT_OCSF_NEW,
    };
    AUTOJSON json_t *tree = report_ocsf_event(run, &event);

    if (report_json_set(tree, "message", problem_list(&problems)) < 0
        || report_json_set(tree, "compliance",
                           compliance_to_json(run, &problems))
               < 0
        || report_json_set(tree, "cloud",
                           report_ocsf_cloud(run, event.tenant_id, NULL))
               < 0
        || report_json_set(tree, "resources", resources_to_json(run)) < 0
        || report_json_set(
               tree, "unmapped",
               json_pack(
                   "{s:o, s:o}", "limitations",
                   report_json_texts(run->limitations, run->limitation_count),
                   "notes", report_json_texts(run->notes, run->note_count)))
               < 0)
        return -1;
    return report_json_append_line(target, take_pointer(tree));
}
