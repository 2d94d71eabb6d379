/* SPDX-License-Identifier: Apache-2.0 */
/* A diagnosis for programs: one document, schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/doctor/doctor_format.h"
#include "report/wording/phrase_doctor.h"
#include "report/json/report_json.h"

/* Each of these returns a tree of the caller's, NULL where memory ran
 * out. */

static json_t *
counts_to_json(const struct doctor_report_fact *fact)
{
    json_t *counts = json_object();

    for (size_t i = 0; i < fact->count; i++)
        if (json_object_set_new(counts, fact->texts[i],
                                json_integer(fact->numbers[i]))
            < 0) {
            json_decref(counts);
            return NULL;
        }
    return counts;
}

static json_t *
fact_to_json(const struct doctor_report_fact *fact)
{
    switch (fact->kind) {
    case DOCTOR_REPORT_FACT_NUMBER:
        return json_integer(fact->number);
    case DOCTOR_REPORT_FACT_TEXT:
        return json_string(fact->text);
    case DOCTOR_REPORT_FACT_TEXTS:
        return report_json_texts(fact->texts, fact->count);
    case DOCTOR_REPORT_FACT_COUNTS:
        break;
    }
    return counts_to_json(fact);
}

static json_t *
facts_to_json(const struct doctor_report_line *line)
{
    json_t *facts = json_object();

    for (size_t i = 0; i < line->fact_count; i++)
        if (json_object_set_new(facts, line->facts[i].name,
                                fact_to_json(&line->facts[i]))
            < 0) {
            json_decref(facts);
            return NULL;
        }
    return facts;
}

/* The same in every language. */
static int
phrase_command(const struct doctor_report_line *line,
               const struct language *language, struct buffer *target)
{
    (void) language;
    return phrase_doctor_command(line, target);
}

/* A text that a phrase makes; null where it makes none. */
static json_t *
phrase_to_json(int (*phrase)(const struct doctor_report_line *line,
                             const struct language *language,
                             struct buffer *target),
               const struct doctor_report_line *line)
{
    AUTOBUFFER text = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);

    if (phrase(line, NULL, &text) < 0)
        return NULL;
    return text.length > 0 ? json_string(buffer_text(&text)) : json_null();
}

static json_t *
line_to_json(const struct doctor_report_line *line,
             const struct doctor_report_subject *subject)
{
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "id", subject->id,
        "section", doctor_report_section_name(subject->section), "status",
        doctor_report_status_name(line->status), "reason",
        doctor_reason_name(line->reason), "message",
        phrase_to_json(phrase_doctor, line), "advice",
        phrase_to_json(phrase_doctor_advice, line), "command",
        phrase_to_json(phrase_command, line), "facts", facts_to_json(line));
}

static json_t *
lines_to_json(const struct doctor_report *doctor_report)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++)
        if (json_array_append_new(lines,
                                  line_to_json(&doctor_report->lines[i],
                                               &doctor_report_subjects[i]))
            < 0) {
            json_decref(lines);
            return NULL;
        }
    return lines;
}

static json_t *
summary_to_json(const struct doctor_report *doctor_report)
{
    return json_pack(
        "{s:s, s:I, s:I, s:I, s:I}", "verdict",
        doctor_report_verdict_name(doctor_report_verdict(doctor_report)),
        "pass",
        (json_int_t) doctor_report_count(doctor_report, DOCTOR_REPORT_PASS),
        "warn",
        (json_int_t) doctor_report_count(doctor_report, DOCTOR_REPORT_WARN),
        "fail",
        (json_int_t) doctor_report_count(doctor_report, DOCTOR_REPORT_FAIL),
        "skipped",
        (json_int_t) doctor_report_count(doctor_report,
                                         DOCTOR_REPORT_SKIPPED));
}

int
doctor_report_json_write(const struct doctor_report_view *view,
                         struct buffer *target, struct error *err)
{
    const struct doctor_report *doctor_report = view->doctor_report;
    char time[CLOCK_TEXT_SIZE];
    json_t *document = json_pack(
        "{s:i, s:s, s:s, s:s, s:b, s:o, s:o}", "schemaVersion", 1, "tool",
        "piket " PIKET_VERSION, "startedAt",
        clock_format(doctor_report->started_at, time), "cloud",
        doctor_report->cloud, "interrupted", doctor_report->interrupted,
        "summary", summary_to_json(doctor_report), "lines",
        lines_to_json(doctor_report));

    return report_json_write_document(document, target, err);
}
