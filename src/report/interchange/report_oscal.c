/* SPDX-License-Identifier: Apache-2.0 */
/* A run as OSCAL assessment results, for auditors: subscriptions as
 * inventory, an observation of each requirement on each of them, a risk where
 * it fails, and a finding for each requirement over all. */
#include "report/interchange/report_oscal.h"

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/json/report_json.h"
#include "report/view/report_writers.h"

#define DOCUMENT "    "
#define RESULT "        "

static json_t *
metadata_to_json(const struct run *run)
{
    char finished[CLOCK_TEXT_SIZE];

    return json_pack("{s:s, s:s, s:s, s:s}", "title",
                     "Security contacts of Microsoft Defender for Cloud",
                     "last-modified", clock_format(run->finished_at, finished),
                     "version", run->id, "oscal-version", "1.1.3");
}

static json_t *
description_to_json(const struct run *run)
{
    const struct run_summary summary = run_summarize(run);

    return json_sprintf(
        "%zu subscriptions: %zu compliant, %zu muted, %zu non-compliant, %zu "
        "unknown, %zu not applicable.",
        summary.subscriptions, summary.compliant, summary.muted,
        summary.non_compliant, summary.unknown, summary.not_applicable);
}

static json_t *
props_to_json(const struct run *run)
{
    AUTOJSON json_t *props = json_array();

    if (report_oscal_append_prop(props, "run", run->id) < 0
        || report_oscal_append_prop(props, "status",
                                    run_status_name(run_summarize(run).status))
               < 0
        || report_oscal_append_prop(props, "cloud", run->cloud) < 0)
        return NULL;
    for (size_t i = 0; i < run->tenant_count; i++)
        if (report_oscal_append_prop(props, "tenant-id", run->tenants[i].id)
            < 0)
            return NULL;
    for (size_t i = 0; i < run->limitation_count; i++)
        if (report_oscal_append_prop(props, "limitation", run->limitations[i])
            < 0)
            return NULL;
    for (size_t i = 0; i < run->note_count; i++)
        if (report_oscal_append_prop(props, "note", run->notes[i]) < 0)
            return NULL;
    return take_pointer(props);
}

/* The members in front of those that grow with the estate. */
static int
append_head(struct buffer *target, const struct report_view *view,
            size_t *members)
{
    const struct run *run = view->run;
    const struct report_uuid id = REPORT_UUID("result", run->id);
    char started[CLOCK_TEXT_SIZE], finished[CLOCK_TEXT_SIZE];
    const struct {
        const char *key;
        json_t *tree;
    } rows[] = {
        { "uuid", json_string(id.text) },
        { "title", json_sprintf("piket run %s", run->id) },
        { "description", description_to_json(run) },
        { "start", json_string(clock_format(run->started_at, started)) },
        { "end", json_string(clock_format(run->finished_at, finished)) },
        { "props", props_to_json(run) },
        { "reviewed-controls", report_oscal_reviewed_controls(view) },
    };
    int result = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        if (report_json_append_member(target, RESULT, members, rows[i].key,
                                      rows[i].tree)
            < 0)
            result = -1;
    return result;
}

/* Components, tool, and a subscription after the other. */
static int
append_definitions(struct buffer *target, const struct run *run,
                   size_t *members)
{
    size_t inner = 0, items = 0;

    report_json_append_key(target, RESULT, members, "local-definitions");
    buffer_append_byte(target, '{');
    if (report_json_append_member(target, RESULT "  ", &inner, "components",
                                  json_pack("[o]", report_oscal_component()))
            < 0
        || report_json_append_member(target, RESULT "  ", &inner,
                                     "assessment-assets",
                                     report_oscal_assessment_assets())
               < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++) {
        if (i == 0) {
            report_json_append_key(target, RESULT "  ", &inner,
                                   "inventory-items");
            buffer_append_byte(target, '[');
        }
        if (report_json_append_item(
                target, RESULT "    ", &items,
                report_oscal_inventory_item(&run->assessments[i]))
            < 0)
            return -1;
    }
    buffer_append_text(target, items > 0 ? "\n" RESULT "  ]" : "");
    return buffer_append_text(target, "\n" RESULT "}");
}

static int
append_observations(struct buffer *target, const struct run *run,
                    size_t *members)
{
    size_t items = 0;

    report_json_append_key(target, RESULT, members, "observations");
    buffer_append_byte(target, '[');
    if (report_json_append_item(target, REPORT_OSCAL_INDENTATION, &items,
                                report_oscal_run_observation(run))
        < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++)
            if (report_json_append_item(
                    target, REPORT_OSCAL_INDENTATION, &items,
                    report_oscal_observation(run, assessment,
                                             &assessment->findings[j]))
                < 0)
                return -1;
    }
    return buffer_append_text(target, "\n" RESULT "]");
}

/* None of the arrays may be empty. */
static int
append_risks(struct buffer *target, const struct run *run, size_t *members)
{
    size_t items = 0;

    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            if (!report_oscal_is_risk(finding))
                continue;
            if (items == 0) {
                report_json_append_key(target, RESULT, members, "risks");
                buffer_append_byte(target, '[');
            }
            if (report_json_append_item(target, REPORT_OSCAL_INDENTATION,
                                        &items,
                                        report_oscal_risk(assessment, finding))
                < 0)
                return -1;
        }
    }
    return buffer_append_text(target, items > 0 ? "\n" RESULT "]" : "");
}

static int
append_result(struct buffer *target, const struct report_view *view)
{
    size_t members = 0;

    buffer_append_byte(target, '{');
    if (append_head(target, view, &members) < 0
        || append_definitions(target, view->run, &members) < 0
        || append_observations(target, view->run, &members) < 0
        || append_risks(target, view->run, &members) < 0)
        return -1;
    report_json_append_key(target, RESULT, &members, "findings");
    buffer_append_byte(target, '[');
    if (report_oscal_findings(target, view) < 0)
        return -1;
    return buffer_append_text(target, "\n" RESULT "]\n      }");
}

static int
append_document(struct buffer *target, const struct report_view *view)
{
    const struct run *run = view->run;
    const struct report_uuid id = REPORT_UUID("results", run->id);
    size_t members = 0;

    if (report_json_append_member(target, DOCUMENT, &members, "uuid",
                                  json_string(id.text))
            < 0
        || report_json_append_member(target, DOCUMENT, &members, "metadata",
                                     metadata_to_json(run))
               < 0
        || report_json_append_member(target, DOCUMENT, &members, "import-ap",
                                     report_oscal_import(run))
               < 0
        || report_json_append_member(
               target, DOCUMENT, &members, "local-definitions",
               json_pack("{s:o}", "objectives-and-methods",
                         report_oscal_objectives(view)))
               < 0)
        return -1;
    report_json_append_key(target, DOCUMENT, &members, "results");
    buffer_append_text(target, "[\n      ");
    if (append_result(target, view) < 0)
        return -1;
    buffer_append_text(target, "\n" DOCUMENT "]");
    return report_json_append_member(
        target, DOCUMENT, &members, "back-matter",
        json_pack("{s:o}", "resources", report_oscal_resources(run)));
}

int
report_oscal_write(const struct report_view *view, struct buffer *target,
                   struct error *err)
{
    buffer_append_text(target, "{\n  \"assessment-results\": {");
    if (append_document(target, view) < 0
        || buffer_append_text(target, "\n  }\n}\n") < 0)
        return error_set_memory(err);
    return 0;
}
