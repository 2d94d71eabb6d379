/* SPDX-License-Identifier: Apache-2.0 */
/* A run as metrics in Prometheus' text format 0.0.4, for a file that the node
 * exporter's textfile collector reads: it refuses all of one in which a
 * sample has a timestamp, so that times are values.
 *
 * Series are few and stay the same from run to run, but for those of single
 * subscriptions: only those with a problem have one, and not without end. */
#include <inttypes.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement_table.h"
#include "control/run/framework_tally.h"
#include "report/wording/report_group.h"
#include "report/view/report_writers.h"

/* Of single subscriptions, worst first. More would be a load on whoever keeps
 * them, and nobody's work list. */
enum { SUBSCRIPTION_SERIES_CEILING = 1000 };

enum { FINDING_STATUS_COUNT = FINDING_NOT_APPLICABLE + 1 };

struct label {
    const char *name, *value;
};

static void
append_head(struct buffer *target, const char *name, const char *help)
{
    buffer_printf(target, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* Appends a value of others: nothing in it ends the label or the line, or acts
 * on a terminal. */
static void
append_value(struct buffer *target, const char *value)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, value) < 0)
        target->failed = true;
    for (const char *next = buffer_text(&printable); *next != '\0'; next++) {
        if (*next == '"' || *next == '\\')
            buffer_append_byte(target, '\\');
        buffer_append_byte(target, *next);
    }
}

/* Appends "name{label="value",…} number". Labels end where a name is NULL. */
static void
append_sample(struct buffer *target, const char *name,
              const struct label *labels, uint64_t number)
{
    const char *separator = "{";

    buffer_append_text(target, name);
    for (; labels != NULL && labels->name != NULL; labels++) {
        buffer_printf(target, "%s%s=\"", separator, labels->name);
        append_value(target, labels->value);
        buffer_append_byte(target, '"');
        separator = ",";
    }
    buffer_printf(target, "%s %" PRIu64 "\n", *separator == ',' ? "}" : "",
                  number);
}

static void
append_gauge(struct buffer *target, const char *name, const char *help,
             uint64_t number)
{
    append_head(target, name, help);
    append_sample(target, name, NULL, number);
}

/* One row of a metric whose rows differ in one label. */
struct part {
    const char *value;
    uint64_t number;
};

static void
append_parts(struct buffer *target, const char *name, const char *help,
             const char *label, const struct part *parts, size_t count)
{
    append_head(target, name, help);
    for (size_t i = 0; i < count; i++) {
        const struct label labels[] = { { label, parts[i].value },
                                        { NULL, NULL } };
        append_sample(target, name, labels, parts[i].number);
    }
}

/* Seconds with their thousandths; never less than 0. */
static void
append_seconds(struct buffer *target, const char *name, const char *help,
               int64_t milliseconds)
{
    if (milliseconds < 0)
        milliseconds = 0;
    append_head(target, name, help);
    buffer_printf(target, "%s %" PRId64 ".%03" PRId64 "\n", name,
                  milliseconds / 1000, milliseconds % 1000);
}

static void
append_run(struct buffer *target, const struct run *run,
           const struct run_summary *summary)
{
    const struct label build[] = { { "version", PIKET_VERSION },
                                   { "profile", run->profile->name },
                                   { NULL, NULL } };

    append_head(target, "piket_build_info",
                "The version of piket, and the profile that it judged by.");
    append_sample(target, "piket_build_info", build, 1);
    append_seconds(target, "piket_last_run_timestamp_seconds",
                   "When the last run ended, in seconds since 1970.",
                   run->finished_at);
    append_seconds(target, "piket_last_run_duration_seconds",
                   "How long the last run took.",
                   run->finished_at - run->started_at);
    append_gauge(target, "piket_last_run_complete",
                 "Whether everything could be read: 0 where the last run is "
                 "incomplete.",
                 summary->status != RUN_UNKNOWN);
    append_gauge(target, "piket_last_run_requests",
                 "Requests to Azure Resource Manager in the last run.",
                 run->requests);
    append_gauge(target, "piket_last_run_retries",
                 "How many of these were repetitions.", run->retries);
}

static void
append_tenants(struct buffer *target, const struct run *run)
{
    static const char name[] = "piket_tenant_readable";

    append_head(target, name,
                "Whether the tenant could be signed in to and listed.");
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++) {
        const struct label labels[] = { { "tenant_id", run->tenants[i].id },
                                        { NULL, NULL } };
        append_sample(target, name, labels, run->tenants[i].error == NULL);
    }
}

static void
append_subscriptions(struct buffer *target, const struct run *run,
                     const struct run_summary *summary)
{
    const struct part statuses[] = {
        { "compliant", summary->compliant },
        { "muted", summary->muted },
        { "non-compliant", summary->non_compliant },
        { "unknown", summary->unknown },
        { "not-applicable", summary->not_applicable },
    };
    const struct part reaches[] = {
        { "contact", summary->reach_contact },
        { "owners", summary->reach_owners },
        { "nobody", summary->reach_nobody },
        { "unknown", summary->reach_unknown },
    };
    const struct part left_out[] = {
        { "excluded", summary->excluded },
        { "other-tenants", summary->other_tenants },
    };

    append_parts(target, "piket_subscriptions",
                 "Subscriptions by the status of their security contact.",
                 "status", statuses, ARRAY_LENGTH(statuses));
    append_parts(target, "piket_subscriptions_reach",
                 "Subscriptions by who is mailed when an alert of High "
                 "severity comes.",
                 "reach", reaches, ARRAY_LENGTH(reaches));
    append_parts(target, "piket_subscriptions_left_out",
                 "Subscriptions that the scope or the choice of tenants "
                 "leaves out.",
                 "reason", left_out, ARRAY_LENGTH(left_out));
    append_gauge(target, "piket_coverage_known",
                 "Whether it is known which subscriptions there are.",
                 run->coverage.known);
    append_gauge(target, "piket_subscriptions_not_visible",
                 "Expected subscriptions that are not visible to the "
                 "identity.",
                 run->coverage.not_visible);
}

/* Each requirement of the profile in each status, in one walk. */
static void
append_findings(struct buffer *target, const struct run *run)
{
    static const char name[] = "piket_findings";
    AUTOFREE uint64_t(*counts)[FINDING_STATUS_COUNT] =
        calloc(requirement_table_length, sizeof(*counts));

    if (counts == NULL) {
        target->failed = true;
        return;
    }
    for (size_t i = 0; i < run->assessment_count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++) {
            const struct finding *finding = &run->assessments[i].findings[j];
            counts[finding->requirement - requirement_table]
                  [finding->status]++;
        }
    append_head(target, name,
                "Findings by requirement of the profile, its severity, and "
                "status.");
    for (size_t i = 0; run->profile->requirements[i] != NULL; i++) {
        const struct requirement *requirement =
            requirement_by_id(run->profile->requirements[i]);
        for (int status = 0; status < FINDING_STATUS_COUNT; status++) {
            const struct label labels[] = {
                { "requirement", requirement->id },
                { "severity",
                  requirement_severity_name(requirement->severity) },
                { "status", finding_status_name(status) },
                { NULL, NULL },
            };
            append_sample(target, name, labels,
                          counts[requirement - requirement_table][status]);
        }
    }
}

static void
append_control(struct buffer *target, const struct run *run,
               const struct framework *framework,
               const struct framework_control *control)
{
    const struct framework_tally tally = framework_tally(run, control);
    const struct part parts[] = {
        { "pass", tally.pass },
        { "fail", tally.fail },
        { "muted", tally.muted },
        { "unknown", tally.unknown },
        { "not-applicable", tally.not_applicable },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
        const struct label labels[] = {
            { "framework", framework->id },
            { "control", control->number },
            { "status", parts[i].value },
            { NULL, NULL },
        };
        append_sample(target, "piket_framework_control", labels,
                      parts[i].number);
    }
}

static void
append_frameworks(struct buffer *target, const struct report_view *view)
{
    if (view->framework_count == 0)
        return;
    append_head(target, "piket_framework_control",
                "Subscriptions by control of a framework, and how they stand "
                "to it.");
    for (size_t i = 0; i < view->framework_count; i++)
        for (size_t j = framework_control_next(view->frameworks[i], 0);
             j < framework_control_table_length;
             j = framework_control_next(view->frameworks[i], j + 1))
            append_control(target, view->run, view->frameworks[i],
                           &framework_control_table[j]);
}

static void
append_problem(struct buffer *target, const struct assessment *assessment)
{
    const struct subscription *subject = &assessment->subscription;
    const char *reach = reach_name(assessment->reach);
    const struct label labels[] = {
        { "subscription_id", subject->id },
        { "subscription_name", subject->name },
        { "tenant_id", subject->tenant_id },
        { "status", assessment_status_name(assessment->status) },
        { "reach", reach != NULL ? reach : "" },
        { NULL, NULL },
    };

    append_sample(target, "piket_subscription_problem", labels, 1);
}

static void
append_problems(struct buffer *target, const struct report_view *view)
{
    const struct run *run = view->run;
    size_t shown = 0, left_out = 0;

    append_head(target, "piket_subscription_problem",
                "1 for each subscription that is non-compliant or unknown, or "
                "of which nobody is mailed, worst first.");
    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++) {
        size_t row = 0;
        if (report_group_words(group)->only_all)
            continue;
        for (size_t i = report_group_next(run, group, 0);
             i < run->assessment_count;
             i = report_group_next(run, group, i + 1), row++) {
            if (shown == SUBSCRIPTION_SERIES_CEILING
                || (view->rows > 0 && row >= view->rows)) {
                left_out++;
                continue;
            }
            append_problem(target, &run->assessments[i]);
            shown++;
        }
    }
    append_gauge(target, "piket_subscription_problems_left_out",
                 "How many more of these there are.", left_out);
}

int
report_prometheus_write(const struct report_view *view, struct buffer *target,
                        struct error *err)
{
    const struct run_summary summary = run_summarize(view->run);

    append_run(target, view->run, &summary);
    append_tenants(target, view->run);
    append_subscriptions(target, view->run, &summary);
    append_findings(target, view->run);
    append_frameworks(target, view);
    append_problems(target, view);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
