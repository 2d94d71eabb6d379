/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a run as a whole, as JSON trees. */
#include "base/cleanup.h"
#include "base/clock.h"
#include "report/wording/phrase_coverage.h"
#include "report/json/report_json.h"

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

json_t *
report_json_run(const struct run *run)
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

json_t *
report_json_summary(const struct report_view *view)
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
