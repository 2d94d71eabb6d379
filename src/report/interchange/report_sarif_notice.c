/* SPDX-License-Identifier: Apache-2.0 */
/* What a SARIF log tells beside its results: what could not be read, what is
 * not shown. Unknown is no result; it is a notification of the tool. */
#include "base/cleanup.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_coverage.h"
#include "report/wording/phrase_error.h"
#include "report/json/report_json.h"
#include "report/wording/report_problem.h"
#include "report/interchange/report_sarif.h"

enum kind {
    KIND_RUN,
    KIND_SUBSCRIPTION,
    KIND_FINDING,
    KIND_NOTE,
    KIND_LIMIT,
    KIND_COUNT,
};

/* GitHub asks of these what it asks of rules: a description and a help. */
static const struct {
    const char *id, *name, *level;
    const char *title, *description, *help;
} kinds[KIND_COUNT] = {
    [KIND_RUN] = { "run-incomplete", "RunIncomplete", "error",
                   "The run has not seen everything",
                   "A tenant could not be signed in to, or a list broke off: "
                   "what was not listed is in no result.",
                   "piket doctor says what is missing." },
    [KIND_SUBSCRIPTION] = { "subscription-unknown", "SubscriptionUnknown",
                            "error", "A subscription could not be read",
                            "Nothing is known of its security contact: it "
                            "neither passes nor fails, and has no result.",
                            "piket doctor says which role is missing; what "
                            "was throttled or cut off, check again." },
    [KIND_FINDING] = { "finding-unknown", "FindingUnknown", "warning",
                       "A requirement could not be judged",
                       "The contact holds a value that piket does not know, "
                       "so that the requirement neither passes nor fails.",
                       "Look at the contact; a newer piket may know the "
                       "value." },
    [KIND_NOTE] = { "run-note", "RunNote", "note",
                    "What is to be known of the run",
                    "What the run's cloud, scope and configuration bring "
                    "about.",
                    "There is nothing to do, unless the note says so." },
    [KIND_LIMIT] = { "result-limit", "ResultLimit", "warning",
                     "There are more results than GitHub takes or shows",
                     "GitHub refuses an upload of more than 25,000 results, "
                     "and shows 5,000 of them.",
                     "Check a part of the estate in each run, or read "
                     "piket's JSON report." },
};

json_t *
report_sarif_notice_descriptors(void)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < KIND_COUNT; i++)
        if (json_array_append_new(
                array,
                json_pack("{s:s, s:s, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}",
                          "id", kinds[i].id, "name", kinds[i].name,
                          "shortDescription", "text", kinds[i].title,
                          "fullDescription", "text", kinds[i].description,
                          "help", "text", kinds[i].help,
                          "defaultConfiguration", "level", kinds[i].level))
            < 0)
            return NULL;
    return take_pointer(array);
}

/* The array that grows. */
struct notices {
    struct buffer *target;
    const struct run *run;
    size_t count;
};

static json_t *
notice_to_json(enum kind kind, const char *text)
{
    return json_pack("{s:{s:s, s:i}, s:s, s:o}", "descriptor", "id",
                     kinds[kind].id, "index", (int) kind, "level",
                     kinds[kind].level, "message", report_sarif_message(text));
}

/* Appends a notice about a subscription, if it is not NULL, and a rule, if
 * there is a finding. */
static int
append(struct notices *notices, enum kind kind, const char *text,
       const struct assessment *assessment, const struct finding *finding)
{
    AUTOJSON json_t *notice = notice_to_json(kind, text);

    if (assessment != NULL
        && report_json_set(notice, "locations",
                           json_pack("[o]", report_sarif_location(
                                                notices->run,
                                                &assessment->subscription, 1)))
               < 0)
        return -1;
    if (finding != NULL
        && report_json_set(
               notice, "associatedRule",
               json_pack("{s:s, s:I}", "id", finding->requirement->id, "index",
                         (json_int_t) (finding - assessment->findings)))
               < 0)
        return -1;
    return report_json_append_item(notices->target,
                                   REPORT_SARIF_INDENTATION "    ",
                                   &notices->count, take_pointer(notice));
}

static int
append_problem(const char *sentence, void *data)
{
    return append(data, KIND_RUN, sentence, NULL, NULL);
}

static void
append_name(struct buffer *text, const struct subscription *subscription)
{
    buffer_printf(text, "%s%s(%s): ", subscription->name,
                  *subscription->name != '\0' ? " " : "", subscription->id);
}

static int
append_unreadable(struct notices *notices, const struct assessment *assessment)
{
    const struct contact_error *error = assessment->reading.error;
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    append_name(&text, &assessment->subscription);
    phrase_error_append(error, NULL, &text);
    if (buffer_failed(&text))
        return -1;
    return append(notices, KIND_SUBSCRIPTION, buffer_text(&text), assessment,
                  NULL);
}

static int
append_unjudged(struct notices *notices, const struct assessment *assessment,
                const struct finding *finding)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    append_name(&text, &assessment->subscription);
    if (phrase_finding(finding, NULL, &text) < 0)
        return -1;
    return append(notices, KIND_FINDING, buffer_text(&text), assessment,
                  finding);
}

/* One notice where the contact could not be read, else one for each
 * requirement that could not be judged. */
static int
append_unknown(struct notices *notices, const struct assessment *assessment)
{
    if (assessment->reading.kind == CONTACT_READING_FAILED)
        return append_unreadable(notices, assessment);
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].status == FINDING_UNKNOWN
            && append_unjudged(notices, assessment, &assessment->findings[i])
                   < 0)
            return -1;
    return 0;
}

static int
append_texts(struct notices *notices, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (append(notices, KIND_NOTE, texts[i], NULL, NULL) < 0)
            return -1;
    return 0;
}

static int
append_coverage(struct notices *notices)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (phrase_coverage(&notices->run->coverage, NULL, &text) < 0)
        return -1;
    return text.length > 0
               ? append(notices, KIND_NOTE, buffer_text(&text), NULL, NULL)
               : 0;
}

static int
append_limit(struct notices *notices, size_t results)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (results <= REPORT_SARIF_RESULTS_SHOWN)
        return 0;
    if (results > REPORT_SARIF_RESULTS_CEILING)
        buffer_printf(&text,
                      "%zu of %zu results are left out, the least severe: "
                      "GitHub takes %d of a run; --format json has them all",
                      results - REPORT_SARIF_RESULTS_CEILING, results,
                      REPORT_SARIF_RESULTS_CEILING);
    else
        buffer_printf(&text, "of %zu results GitHub shows %d only", results,
                      REPORT_SARIF_RESULTS_SHOWN);
    if (buffer_failed(&text))
        return -1;
    return append(notices, KIND_LIMIT, buffer_text(&text), NULL, NULL);
}

int
report_sarif_notices(struct buffer *target, const struct run *run,
                     size_t results)
{
    struct notices notices = { target, run, 0 };

    if (report_problem_each(run, append_problem, &notices) < 0
        || append_limit(&notices, results) < 0 || append_coverage(&notices) < 0
        || append_texts(&notices, run->limitations, run->limitation_count) < 0
        || append_texts(&notices, run->notes, run->note_count) < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++)
        if (append_unknown(&notices, &run->assessments[i]) < 0)
            return -1;
    return 0;
}
