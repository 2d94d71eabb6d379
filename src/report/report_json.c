/* SPDX-License-Identifier: Apache-2.0 */
/* A run for programs: one document, schemaVersion 1.
 *
 * The envelope is written in parts and one subscription at a time becomes a
 * tree, so that memory does not grow with the estate beyond the text. */
#include <jansson.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/phrase_coverage.h"
#include "report/report_json.h"
#include "report/report_writers.h"

static json_t *
tenants_to_json(const struct run *run)
{
    AUTOJSON json_t *tenants = json_array();

    for (size_t i = 0; i < run->tenant_count; i++) {
        const struct run_tenant *tenant = &run->tenants[i];
        if (json_array_append_new(
                tenants,
                json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:b}", "id",
                          tenant->id, "credential", tenant->credential,
                          "error", tenant->error, "displayName",
                          tenant->display_name, "identity", tenant->identity,
                          "delegated", tenant->delegated))
            < 0)
            return NULL;
    }
    return take_pointer(tenants);
}

/* A text, null where nothing was appended; NULL where the buffer failed. */
static json_t *
text_to_json(const struct buffer *text)
{
    if (buffer_failed(text))
        return NULL;
    return text->length > 0 ? json_string(buffer_text(text)) : json_null();
}

static json_t *
coverage_to_json(const struct coverage *coverage)
{
    AUTOBUFFER source = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER reason = BUFFER_INIT(REPORT_CEILING);

    phrase_coverage_source(coverage, &source);
    phrase_coverage_reason(coverage, NULL, &reason);
    return json_pack("{s:b, s:o, s:o, s:I, s:o}", "known", coverage->known,
                     "source", text_to_json(&source), "expected",
                     coverage->known
                         ? json_integer((json_int_t) coverage->expected)
                         : json_null(),
                     "notVisible", (json_int_t) coverage->not_visible,
                     "reason", text_to_json(&reason));
}

static json_t *
run_to_json(const struct run *run)
{
    char started[CLOCK_TEXT_SIZE], finished[CLOCK_TEXT_SIZE];

    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:s, s:s?, s:b, s:o, s:o, s:o, s:I, s:I, "
        "s:o, s:o}",
        "id", run->id, "startedAt", clock_format(run->started_at, started),
        "finishedAt", clock_format(run->finished_at, finished), "tool",
        "piket " PIKET_VERSION, "cloud", run->cloud, "profile",
        run->profile->name, "config", run->config, "complete",
        run->complete && !run->interrupted, "tenants", tenants_to_json(run),
        "limitations",
        report_json_texts(run->limitations, run->limitation_count), "errors",
        report_json_texts(run->errors, run->error_count), "requests",
        (json_int_t) run->requests, "retries", (json_int_t) run->retries,
        "notes", report_json_texts(run->notes, run->note_count), "coverage",
        coverage_to_json(&run->coverage));
}

static json_t *
summary_to_json(const struct report_view *view)
{
    const struct run_summary summary = run_summarize(view->run);
    AUTOJSON json_t *tree = json_pack(
        "{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:{s:I, s:I, s:I, s:I}, "
        "s:{s:I, s:I}}",
        "status", run_status_name(summary.status), "subscriptions",
        (json_int_t) summary.subscriptions, "compliant",
        (json_int_t) summary.compliant, "muted", (json_int_t) summary.muted,
        "nonCompliant", (json_int_t) summary.non_compliant, "unknown",
        (json_int_t) summary.unknown, "notApplicable",
        (json_int_t) summary.not_applicable, "reach", "contact",
        (json_int_t) summary.reach_contact, "owners",
        (json_int_t) summary.reach_owners, "nobody",
        (json_int_t) summary.reach_nobody, "unknown",
        (json_int_t) summary.reach_unknown, "leftOut", "excluded",
        (json_int_t) summary.excluded, "otherTenants",
        (json_int_t) summary.other_tenants);

    if (view->framework_count > 0
        && json_object_set_new(tree, "frameworks",
                               report_json_frameworks(view))
               < 0)
        return NULL;
    return take_pointer(tree);
}

static int
append_subscriptions(struct buffer *target, const struct report_view *view)
{
    const struct run *run = view->run;

    buffer_append_text(target, "  \"subscriptions\": [");
    for (size_t i = 0; i < run->assessment_count; i++) {
        buffer_append_text(target, i > 0 ? ",\n    " : "\n    ");
        if (report_json_append(
                target, "    ",
                report_json_assessment(&run->assessments[i], view))
            < 0)
            return -1;
    }
    buffer_append_text(target, run->assessment_count > 0 ? "\n  ]" : "]");
    return buffer_append_text(target, "\n}\n");
}

int
report_json_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    buffer_append_text(target, "{\n  \"schemaVersion\": 1,\n  \"run\": ");
    if (report_json_append(target, "  ", run_to_json(view->run)) < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n  \"summary\": ");
    if (report_json_append(target, "  ", summary_to_json(view)) < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n");
    if (append_subscriptions(target, view) < 0)
        return error_set_memory(err);
    return 0;
}
