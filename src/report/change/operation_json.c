/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a plan, for programs: one document, schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/change/operation_group.h"
#include "report/change/operation_json.h"
#include "report/change/operation_report.h"
#include "report/wording/phrase_change.h"
#include "report/change/plan_json.h"
#include "report/json/report_json.h"

/* Each of these returns a tree of the caller's, NULL where memory ran
 * out. */

static json_t *
summary_to_json(const struct operation_view *view)
{
    const struct operation_report *report = view->report;
    const struct operation_counts counts = operation_count(report);
    const char *done =
        phrase_change_outcome(CHANGE_DONE, report->operation.kind);

    return json_pack(
        "{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, "
        "s:s?}",
        "exitStatus", view->exit_status, "changes",
        (json_int_t) report->plan->change_count, done,
        (json_int_t) counts.done, "already", (json_int_t) counts.already,
        "conflict", (json_int_t) counts.conflict, "notSent",
        (json_int_t) counts.not_sent, "refused", (json_int_t) counts.refused,
        "different", (json_int_t) counts.different, "unverified",
        (json_int_t) counts.unverified, "pending",
        (json_int_t) operation_group_count(report, OPERATION_GROUP_PENDING),
        "obstacles", (json_int_t) report->plan->obstacle_count, "settled",
        (json_int_t) report->settled, "interrupted", report->interrupted,
        "stopped", report->stopped);
}

static json_t *
change_to_json(const struct operation_report *report, size_t index)
{
    const struct plan_change *change = &report->plan->changes[index];
    const struct change_result *result = &report->results[index];
    const struct phrase_error *row =
        result->error != NULL ? phrase_change_error_of(result->error) : NULL;

    return json_pack(
        "{s:o, s:s, s:s, s:o, s:o, s:o, s:s?, s:s?}", "subscription",
        plan_json_subscription(&change->subscription), "action",
        plan_action_name(change->action), "outcome",
        phrase_change_outcome(result->outcome, report->operation.kind),
        "differences", plan_json_differences(change), "residue",
        operation_json_residue(result), "error",
        plan_json_error(result->error), "advice",
        row != NULL ? row->advice : NULL, "requestId", result->request_id);
}

static json_t *
changes_to_json(const struct operation_report *report)
{
    AUTOJSON json_t *changes = json_array();

    for (size_t i = 0; i < report->plan->change_count; i++)
        if (json_array_append_new(changes, change_to_json(report, i)) < 0)
            return NULL;
    return take_pointer(changes);
}

int
operation_json_write(const struct operation_view *view, struct buffer *target,
                     struct error *err)
{
    const struct operation_report *report = view->report;
    json_t *document =
        json_pack("{s:i, s:s, s:o, s:o, s:o, s:o}", "schemaVersion", 1, "tool",
                  "piket " PIKET_VERSION, "operation",
                  operation_json_head(&report->operation), "summary",
                  summary_to_json(view), "changes", changes_to_json(report),
                  "obstacles", plan_json_obstacles(report->plan));

    return report_json_write_document(document, target, err);
}
