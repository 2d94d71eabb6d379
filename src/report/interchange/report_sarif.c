/* SPDX-License-Identifier: Apache-2.0 */
/* A run as a SARIF 2.1.0 log: a result for each finding that fails, the worst
 * first, so that what is left out or not shown is the least severe. */
#include "report/interchange/report_sarif.h"

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/json/report_json.h"
#include "report/view/report_writers.h"

#define SCHEMA_URI                                                        \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
    "sarif-schema-2.1.0.json"

static size_t
count_results(const struct run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->assessment_count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++)
            count += report_sarif_is_result(&run->assessments[i].findings[j]);
    return count;
}

/* Results of another tenant, or judged by another profile, are another
 * category of GitHub's: an upload closes only alerts of its own. The category
 * is what stands in front of the last slash. */
static json_t *
automation_to_json(const struct run *run)
{
    AUTOBUFFER id = BUFFER_INIT(REPORT_CEILING);
    const char *separator = "/";

    buffer_append_text(&id, "piket");
    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].delegated || *run->tenants[i].id == '\0')
            continue;
        buffer_printf(&id, "%s%s", separator, run->tenants[i].id);
        separator = "+";
    }
    buffer_printf(&id, "/%s/%s", run->profile->name, run->id);
    if (buffer_failed(&id))
        return NULL;
    return json_pack("{s:s}", "id", buffer_text(&id));
}

static int
append_invocation(struct buffer *target, const struct report_view *view,
                  size_t results)
{
    const struct run *run = view->run;
    char started[CLOCK_TEXT_SIZE], finished[CLOCK_TEXT_SIZE];

    buffer_printf(target,
                  "      \"invocations\": [\n"
                  "        {\n"
                  "          \"executionSuccessful\": %s,\n"
                  "          \"exitCode\": %d,\n"
                  "          \"startTimeUtc\": \"%s\",\n"
                  "          \"endTimeUtc\": \"%s\",\n"
                  "          \"toolExecutionNotifications\": [",
                  run_summarize(run).status != RUN_UNKNOWN ? "true" : "false",
                  view->exit_status, clock_format(run->started_at, started),
                  clock_format(run->finished_at, finished));
    if (report_sarif_notices(target, run, results) < 0)
        return -1;
    return buffer_append_text(target, "\n          ]\n        }\n      ],\n");
}

/* Which findings are written together. */
struct rank {
    bool muted;
    enum requirement_severity severity;
};

static bool
is_of_rank(const struct finding *finding, const struct rank *rank)
{
    return report_sarif_is_result(finding)
           && (finding->status == FINDING_MUTED) == rank->muted
           && finding->requirement->severity == rank->severity;
}

static int
append_rank(struct buffer *target, const struct run *run,
            const struct rank *rank, size_t *count)
{
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            if (*count == REPORT_SARIF_RESULTS_CEILING)
                return 0;
            if (is_of_rank(finding, rank)
                && report_json_append_item(
                       target, REPORT_SARIF_INDENTATION, count,
                       report_sarif_result(run, assessment, j))
                       < 0)
                return -1;
        }
    }
    return 0;
}

static int
append_results(struct buffer *target, const struct run *run)
{
    static const struct rank ranks[] = {
        { false, REQUIREMENT_HIGH },  { false, REQUIREMENT_MEDIUM },
        { false, REQUIREMENT_LOW },   { true, REQUIREMENT_HIGH },
        { true, REQUIREMENT_MEDIUM }, { true, REQUIREMENT_LOW },
    };
    size_t count = 0;

    buffer_append_text(target, "      \"results\": [");
    for (size_t i = 0; i < ARRAY_LENGTH(ranks); i++)
        if (append_rank(target, run, &ranks[i], &count) < 0)
            return -1;
    return buffer_append_text(target, count > 0 ? "\n      ],\n" : "],\n");
}

static json_t *
properties_to_json(const struct run *run)
{
    return json_pack("{s:s, s:s?, s:s, s:s?}", "runId", run->id, "cloud",
                     run->cloud, "profile", run->profile->name, "config",
                     run->config);
}

int
report_sarif_write(const struct report_view *view, struct buffer *target,
                   struct error *err)
{
    const struct run *run = view->run;

    buffer_append_text(target, "{\n  \"$schema\": \"" SCHEMA_URI "\",\n"
                               "  \"version\": \"2.1.0\",\n"
                               "  \"runs\": [\n    {\n"
                               "      \"tool\": ");
    if (report_json_append(
            target, "      ",
            json_pack("{s:o}", "driver", report_sarif_driver(view)))
        < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n      \"automationDetails\": ");
    if (report_json_append(target, "      ", automation_to_json(run)) < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n");
    if (append_invocation(target, view, count_results(run)) < 0
        || append_results(target, run) < 0)
        return error_set_memory(err);
    buffer_append_text(target, "      \"columnKind\": \"unicodeCodePoints\",\n"
                               "      \"properties\": ");
    if (report_json_append(target, "      ", properties_to_json(run)) < 0
        || buffer_append_text(target, "\n    }\n  ]\n}\n") < 0)
        return error_set_memory(err);
    return 0;
}
