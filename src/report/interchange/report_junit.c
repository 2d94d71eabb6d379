/* SPDX-License-Identifier: Apache-2.0 */
/* A run as JUnit XML, for CI systems that show tests: a suite per
 * subscription, a test case per requirement, a failure where one is not met,
 * an error where it is not known. What all of Jenkins, GitLab, Azure DevOps
 * and GitHub's actions read is written, no more. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "control/run/mute.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"
#include "report/wording/report_problem.h"
#include "report/view/report_writers.h"
#include "report/markup/xml_text.h"

/* Test cases by outcome; total includes those that pass. */
struct tally {
    size_t total, failures, errors, skipped;
};

static void
count_finding(struct tally *tally, const struct finding *finding)
{
    tally->total++;
    switch (finding->status) {
    case FINDING_PASS:
        break;
    case FINDING_FAIL:
        tally->failures++;
        break;
    case FINDING_UNKNOWN:
        tally->errors++;
        break;
    case FINDING_MUTED:
    case FINDING_NOT_APPLICABLE:
        tally->skipped++;
        break;
    }
}

static void
count_assessment(struct tally *tally, const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        count_finding(tally, &assessment->findings[i]);
}

static void
append_tally(struct buffer *target, const struct tally *tally)
{
    buffer_printf(target,
                  " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
                  "skipped=\"%zu\"",
                  tally->total, tally->failures, tally->errors,
                  tally->skipped);
}

/* The format has no time zone: everybody reads it as UTC. */
static void
append_times(struct buffer *target, const struct run *run)
{
    char started[CLOCK_TEXT_SIZE];
    /* A clock may have been set meanwhile. */
    const int64_t took = run->finished_at > run->started_at
                             ? run->finished_at - run->started_at
                             : 0;

    clock_format(run->started_at, started);
    started[strlen(started) - strlen("Z")] = '\0';
    buffer_printf(target, " time=\"%lld.%03lld\" timestamp=\"%s\"",
                  (long long) (took / 1000), (long long) (took % 1000),
                  started);
}

/* Begins a test case, leaving its tag open. */
static void
begin_case(struct buffer *target, const char *name, const char *class_name)
{
    buffer_append_text(target, "    <testcase");
    xml_text_attribute(target, "name", name);
    xml_text_attribute(target, "classname", class_name);
}

/* Ends one with an outcome, which is an element with a message, a type where
 * there is one, and details. */
static void
end_case(struct buffer *target, const char *element, const char *message,
         const char *type, const char *details)
{
    buffer_printf(target, ">\n      <%s", element);
    xml_text_attribute(target, "message", message);
    if (type != NULL)
        xml_text_attribute(target, "type", type);
    if (*details != '\0') {
        buffer_append_byte(target, '>');
        buffer_append_text(target, details);
        buffer_printf(target, "</%s>\n    </testcase>\n", element);
    } else {
        buffer_append_text(target, "/>\n    </testcase>\n");
    }
}

/* Adds a line "label: what the phrase says" to details that are XML already,
 * unless it says nothing. */
static void
append_detail(struct buffer *details, const char *label,
              const struct buffer *text)
{
    if (text->length > 0 || text->failed) {
        buffer_printf(details, "\n%s: ", label);
        xml_text_append(details, buffer_text(text));
        details->failed = details->failed || text->failed;
    }
}

/* What is demanded, what is there, and what to do. */
static void
append_failure(struct buffer *target, const struct finding *finding,
               const char *message)
{
    AUTOBUFFER details = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    xml_text_append(&details,
                    explain_requirement_text(finding->requirement)->title);
    buffer_printf(&details, " (severity %s)",
                  requirement_severity_name(finding->requirement->severity));
    phrase_expected(finding, NULL, &text);
    append_detail(&details, "Expected", &text);
    buffer_clear(&text);
    buffer_append_text(&text, finding->actual != NULL ? finding->actual : "");
    append_detail(&details, "Found", &text);
    buffer_clear(&text);
    phrase_recommendation(finding, NULL, &text);
    append_detail(&details, "To do", &text);
    buffer_printf(&details, "\nWhy: piket explain %s",
                  finding->requirement->id);
    end_case(target, "failure", message, finding_reason_name(finding->reason),
             buffer_text(&details));
    target->failed = target->failed || details.failed;
}

/* The message says why nothing is known: Azure's answer where there is one. */
static void
append_error(struct buffer *target, const struct assessment *assessment,
             const struct finding *finding, const char *message)
{
    const struct contact_error *error = assessment->reading.error;
    AUTOBUFFER why = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER details = BUFFER_INIT(REPORT_CEILING);

    if (assessment->reading.kind != CONTACT_READING_FAILED) {
        end_case(target, "error", message,
                 finding_reason_name(finding->reason), "");
        return;
    }
    phrase_error_append(error, NULL, &why);
    xml_text_append(&details, error->message);
    end_case(target, "error", buffer_text(&why), error->code,
             buffer_text(&details));
    target->failed = target->failed || why.failed || details.failed;
}

static void
append_skipped(struct buffer *target, const struct finding *finding,
               const char *message)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (finding->status == FINDING_MUTED)
        buffer_printf(&text, "muted until %s (%s): %s", finding->mute->until,
                      finding->mute->reason, message);
    else
        buffer_printf(&text, "not applicable: %s", message);
    end_case(target, "skipped", buffer_text(&text), NULL, "");
    target->failed = target->failed || text.failed;
}

static void
append_case(struct buffer *target, const struct assessment *assessment,
            const struct finding *finding, const char *class_name)
{
    AUTOBUFFER message = BUFFER_INIT(REPORT_CEILING);

    phrase_finding(finding, NULL, &message);
    begin_case(target, finding->requirement->id, class_name);
    switch (finding->status) {
    case FINDING_PASS:
        buffer_append_text(target, "/>\n");
        break;
    case FINDING_FAIL:
        append_failure(target, finding, buffer_text(&message));
        break;
    case FINDING_UNKNOWN:
        append_error(target, assessment, finding, buffer_text(&message));
        break;
    case FINDING_MUTED:
    case FINDING_NOT_APPLICABLE:
        append_skipped(target, finding, buffer_text(&message));
        break;
    }
    target->failed = target->failed || message.failed;
}

static void
append_property(struct buffer *target, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    buffer_append_text(target, "      <property");
    xml_text_attribute(target, "name", name);
    xml_text_attribute(target, "value", value);
    buffer_append_text(target, "/>\n");
}

static void
append_suite(struct buffer *target, const struct assessment *assessment)
{
    const struct subscription *subscription = &assessment->subscription;
    struct tally tally = { 0 };
    /* Names are not unique, ids tell a person nothing: both. */
    AUTOBUFFER name = BUFFER_INIT(REPORT_CEILING);

    buffer_printf(&name, "%s%s(%s)", subscription->name,
                  *subscription->name != '\0' ? " " : "", subscription->id);
    count_assessment(&tally, assessment);
    buffer_append_text(target, "  <testsuite");
    xml_text_attribute(target, "name", buffer_text(&name));
    append_tally(target, &tally);
    buffer_append_text(target, ">\n    <properties>\n");
    append_property(target, "subscriptionId", subscription->id);
    append_property(target, "tenantId", subscription->tenant_id);
    append_property(target, "state", subscription->state);
    append_property(target, "status",
                    assessment_status_name(assessment->status));
    append_property(target, "reach", reach_name(assessment->reach));
    buffer_append_text(target, "    </properties>\n");
    for (size_t i = 0; i < assessment->finding_count; i++)
        append_case(target, assessment, &assessment->findings[i],
                    buffer_text(&name));
    buffer_append_text(target, "  </testsuite>\n");
    target->failed = target->failed || name.failed;
}

/* The run itself as a suite of one test, without which one that saw nothing
 * would be green. */
static void
append_run(struct buffer *target, const struct report_view *view,
           const struct buffer *problems)
{
    const struct run *run = view->run;
    const struct tally tally = { .total = 1,
                                 .errors = problems->length > 0 ? 1 : 0 };

    buffer_append_text(target, "  <testsuite name=\"piket\"");
    append_tally(target, &tally);
    append_times(target, run);
    buffer_append_text(target, ">\n    <properties>\n");
    append_property(target, "run", run->id);
    append_property(target, "tool", "piket " PIKET_VERSION);
    append_property(target, "cloud", run->cloud);
    append_property(target, "profile", run->profile->name);
    append_property(target, "config", run->config);
    for (size_t i = 0; i < run->limitation_count; i++)
        append_property(target, "limitation", run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        append_property(target, "note", run->notes[i]);
    buffer_append_text(target, "    </properties>\n");
    begin_case(target, REPORT_PROBLEM_ID, "piket");
    if (problems->length > 0)
        end_case(target, "error", buffer_text(problems), "incomplete", "");
    else
        buffer_append_text(target, "/>\n");
    buffer_append_text(target, "  </testsuite>\n");
}

int
report_junit_write(const struct report_view *view, struct buffer *target,
                   struct error *err)
{
    const struct run *run = view->run;
    AUTOBUFFER problems = BUFFER_INIT(REPORT_CEILING);
    struct tally tally = { .total = 1 };

    if (report_problem_append(run, &problems) < 0)
        return error_set_memory(err);
    tally.errors = problems.length > 0 ? 1 : 0;
    for (size_t i = 0; i < run->assessment_count; i++)
        count_assessment(&tally, &run->assessments[i]);
    buffer_append_text(target, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<testsuites name=\"piket\"");
    append_tally(target, &tally);
    append_times(target, run);
    buffer_append_text(target, ">\n");
    append_run(target, view, &problems);
    for (size_t i = 0; i < run->assessment_count; i++)
        append_suite(target, &run->assessments[i]);
    if (buffer_append_text(target, "</testsuites>\n") < 0)
        return error_set_memory(err);
    return 0;
}
