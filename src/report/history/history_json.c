/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of the past, for programs: schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/history/history_report.h"
#include "report/change/operation_json.h"
#include "report/wording/phrase_change.h"
#include "report/change/plan_json.h"
#include "report/json/report_json.h"

/* Each of these returns a tree of the caller's, NULL where memory ran
 * out. */

static json_t *
run_to_json(const struct history_run *run)
{
    const struct run_summary *summary = &run->summary;

    return json_pack(
        "{s:s, s:o, s:o, s:s, s:s, s:s, s:b, s:b, s:{s:s, s:I, s:I, s:I, s:I, "
        "s:I, s:I}}",
        "id", run->id, "startedAt", operation_json_time(run->started_at),
        "finishedAt", operation_json_time(run->finished_at), "cloud",
        run->cloud, "profile", run->profile, "tenants", run->tenants,
        "complete", run->complete, "interrupted", run->interrupted, "summary",
        "status", run_status_name(summary->status), "subscriptions",
        (json_int_t) summary->subscriptions, "compliant",
        (json_int_t) summary->compliant, "muted", (json_int_t) summary->muted,
        "nonCompliant", (json_int_t) summary->non_compliant, "unknown",
        (json_int_t) summary->unknown, "notApplicable",
        (json_int_t) summary->not_applicable);
}

static json_t *
counts_to_json(const struct history_operation *operation)
{
    const struct operation_counts *counts = &operation->counts;

    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
        phrase_change_outcome(CHANGE_DONE, operation->operation.kind),
        (json_int_t) counts->done, "already", (json_int_t) counts->already,
        "conflict", (json_int_t) counts->conflict, "notSent",
        (json_int_t) counts->not_sent, "refused", (json_int_t) counts->refused,
        "different", (json_int_t) counts->different, "unverified",
        (json_int_t) counts->unverified, "pending",
        (json_int_t) operation->pending);
}

static json_t *
operation_to_json(const struct history_operation *row)
{
    AUTOJSON json_t *tree = operation_json_head(&row->operation);

    if (tree == NULL
        || json_object_set_new(tree, "changes", counts_to_json(row)) < 0)
        return NULL;
    return take_pointer(tree);
}

static json_t *
image_to_json(const struct contact_snapshot *image)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (image == NULL)
        return json_null();
    if (text_repair_utf8(&text, image->bytes, image->length) < 0)
        return NULL;
    return json_pack("{s:s, s:s}", "apiVersion",
                     contact_version_name(image->version), "body",
                     buffer_text(&text));
}

static json_t *
change_to_json(const struct change *change)
{
    const struct change_result *result = &change->result;

    return json_pack(
        "{s:I, s:s, s:{s:s, s:s, s:s}, s:s, s:s, s:o, s:o, s:b, s:o, s:s?, "
        "s:o, s:o, s:o, s:s?, s:o}",
        "id", (json_int_t) change->id, "operation", change->operation,
        "subscription", "id", change->subscription.id, "name",
        change->subscription.name, "tenantId", change->subscription.tenant_id,
        "action", plan_action_name(change->action), "outcome",
        phrase_change_outcome(result->outcome, change->reverts != 0
                                                   ? PLAN_REVERSAL
                                                   : PLAN_REMEDIATION),
        "journalledAt", operation_json_time(change->journalled_at),
        "finishedAt", operation_json_time(change->finished_at), "settled",
        result->settled, "before", image_to_json(change->before), "body",
        change->body, "after", image_to_json(result->after), "residue",
        operation_json_residue(result), "error",
        plan_json_error(result->error), "requestId", result->request_id,
        "reverts",
        change->reverts != 0 ? json_integer((json_int_t) change->reverts)
                             : json_null());
}

static json_t *
changes_to_json(const struct change *changes, size_t count)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(rows, change_to_json(&changes[i])) < 0)
            return NULL;
    return take_pointer(rows);
}

int
history_list_json_write(const struct history_list *list,
                        const struct history_view *view, struct buffer *target,
                        struct error *err)
{
    AUTOJSON json_t *runs = json_array();
    AUTOJSON json_t *operations = json_array();

    (void) view;
    for (size_t i = 0; i < list->run_count; i++)
        if (json_array_append_new(runs, run_to_json(&list->runs[i])) < 0)
            return error_set_memory(err);
    for (size_t i = 0; i < list->operation_count; i++)
        if (json_array_append_new(operations,
                                  operation_to_json(&list->operations[i]))
            < 0)
            return error_set_memory(err);
    return report_json_write_document(
        json_pack("{s:i, s:O, s:O, s:b}", "schemaVersion", 1, "runs", runs,
                  "operations", operations, "more", list->more),
        target, err);
}

int
history_detail_json_write(const struct history_detail *detail,
                          const struct history_view *view,
                          struct buffer *target, struct error *err)
{
    (void) view;
    return report_json_write_document(
        json_pack("{s:i, s:o, s:o}", "schemaVersion", 1, "operation",
                  operation_to_json(detail->operation), "changes",
                  changes_to_json(detail->changes, detail->change_count)),
        target, err);
}

static json_t *
assessments_to_json(const struct history_timeline *timeline)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < timeline->assessment_count; i++) {
        const struct history_assessment *row = &timeline->assessments[i];
        if (json_array_append_new(
                rows,
                json_pack("{s:s, s:o, s:s?, s:s, s:s?, s:s}", "run", row->run,
                          "startedAt", operation_json_time(row->started_at),
                          "name", row->name, "status",
                          assessment_status_name(row->status), "reach",
                          reach_name(row->reach), "failing", row->failing))
            < 0)
            return NULL;
    }
    return take_pointer(rows);
}

int
history_timeline_json_write(const struct history_timeline *timeline,
                            const struct history_view *view,
                            struct buffer *target, struct error *err)
{
    (void) view;
    return report_json_write_document(
        json_pack("{s:i, s:{s:s, s:s?}, s:o, s:b, s:o}", "schemaVersion", 1,
                  "subscription", "id", timeline->subscription_id, "name",
                  timeline->subscription_name, "assessments",
                  assessments_to_json(timeline), "more", timeline->more,
                  "changes",
                  changes_to_json(timeline->changes, timeline->change_count)),
        target, err);
}

int
history_pruned_json_write(const struct history_pruned *pruned,
                          const struct history_view *view,
                          struct buffer *target, struct error *err)
{
    (void) view;
    return report_json_write_document(
        json_pack("{s:i, s:I, s:I}", "schemaVersion", 1, "removed",
                  (json_int_t) pruned->removed, "keep",
                  (json_int_t) pruned->keep),
        target, err);
}
