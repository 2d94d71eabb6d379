/* SPDX-License-Identifier: Apache-2.0 */
/* What an auditor concludes: a finding for each objective. */
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"

/* OSCAL has two states and no third one for what is not known: that is not
 * satisfied, for another reason than a failure. */
struct state {
    const char *state;
    const char *reason;
    const char *remarks; /* or NULL */
};

static struct state
state_of(const struct framework_tally *tally)
{
    if (tally->fail > 0)
        return (struct state){ "not-satisfied", "fail", NULL };
    if (tally->unknown > 0)
        return (struct state){ "not-satisfied", "other",
                               "Nothing is seen to fail, but not everything "
                               "could be seen." };
    if (tally->muted > 0)
        return (struct state){ "not-satisfied", "fail",
                               "What fails is muted: its risk was accepted "
                               "for a time." };
    if (tally->pass > 0)
        return (struct state){ "satisfied", "pass", NULL };
    if (tally->not_applicable > 0)
        return (struct state){ "satisfied", "other",
                               "It applies to no subscription." };
    return (struct state){ "not-satisfied", "other",
                           "No subscription was checked." };
}

static json_t *
target_to_json(json_t *objective, const struct framework_tally *tally)
{
    const struct state state = state_of(tally);
    AUTOJSON json_t *status =
        json_pack("{s:s, s:s}", "state", state.state, "reason", state.reason);

    if (state.remarks != NULL
        && report_json_set(status, "remarks", json_string(state.remarks))
               < 0) {
        json_decref(objective);
        return NULL;
    }
    return json_pack("{s:s, s:o, s:o}", "type", "objective-id", "target-id",
                     objective, "status", take_pointer(status));
}

static json_t *
counts_to_json(const struct framework_tally *tally)
{
    return json_sprintf("Of the subscriptions, %zu pass, %zu fail, %zu fail "
                        "and are muted, %zu are unknown, and to %zu it does "
                        "not apply.",
                        tally->pass, tally->fail, tally->muted, tally->unknown,
                        tally->not_applicable);
}

static void
count(struct framework_tally *tally, enum finding_status status)
{
    switch (status) {
    case FINDING_PASS:
        tally->pass++;
        break;
    case FINDING_FAIL:
        tally->fail++;
        break;
    case FINDING_MUTED:
        tally->muted++;
        break;
    case FINDING_UNKNOWN:
        tally->unknown++;
        break;
    case FINDING_NOT_APPLICABLE:
        tally->not_applicable++;
        break;
    }
}

/* Members of a finding stand deeper than the finding, items of its arrays
 * deeper still. */
#define MEMBER REPORT_OSCAL_INDENTATION "  "
#define ITEM MEMBER "  "

/* Which observations or risks a finding rests on. */
struct relation {
    const char *key;    /* "related-risks" */
    const char *member; /* "risk-uuid" */
    const char *kind;   /* of the ids */
    bool risks;         /* only of findings that have one */
};

/* Appends the array, unless it would be empty, which OSCAL forbids. index is
 * that of the requirement in the profile. */
static int
append_relation(struct buffer *target, const struct run *run, size_t index,
                const struct relation *relation, size_t *members)
{
    size_t items = 0;

    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        const struct finding *finding = &assessment->findings[index];
        if (relation->risks && !report_oscal_is_risk(finding))
            continue;
        const struct report_uuid id = report_uuid_finding(
            relation->kind, &assessment->subscription, finding->requirement);
        if (items == 0) {
            report_json_append_key(target, MEMBER, members, relation->key);
            buffer_append_byte(target, '[');
        }
        if (report_json_append_item(
                target, ITEM, &items,
                json_pack("{s:s}", relation->member, id.text))
            < 0)
            return -1;
    }
    return buffer_append_text(target, items > 0 ? "\n" MEMBER "]" : "");
}

/* What a finding says, but for what it rests on. */
struct conclusion {
    struct report_uuid id;
    json_t *objective; /* taken over */
    const char *title;
    struct framework_tally tally;
};

static int
append_conclusion(struct buffer *target, const struct conclusion *conclusion,
                  size_t *members)
{
    json_t *aim = target_to_json(conclusion->objective, &conclusion->tally);

    if (report_json_append_member(target, MEMBER, members, "uuid",
                                  json_string(conclusion->id.text))
            < 0
        || report_json_append_member(target, MEMBER, members, "title",
                                     report_oscal_text(conclusion->title))
               < 0
        || report_json_append_member(target, MEMBER, members, "description",
                                     counts_to_json(&conclusion->tally))
               < 0) {
        json_decref(aim);
        return -1;
    }
    return report_json_append_member(target, MEMBER, members, "target", aim);
}

static struct report_uuid
requirement_finding_id(const struct run *run, const char *requirement)
{
    const struct report_uuid estate = report_uuid_estate("objective", run);

    return REPORT_UUID("objective", estate.text, requirement);
}

static int
append_requirement(struct buffer *target, const struct run *run, size_t index)
{
    static const struct relation observations = { "related-observations",
                                                  "observation-uuid",
                                                  "observation", false };
    static const struct relation risks = { "related-risks", "risk-uuid",
                                           "risk", true };
    const struct requirement *requirement =
        requirement_by_id(run->profile->requirements[index]);
    struct conclusion conclusion = {
        .id = requirement_finding_id(run, requirement->id),
        .title = explain_requirement_text(requirement)->title,
    };
    size_t members = 0;

    for (size_t i = 0; i < run->assessment_count; i++)
        count(&conclusion.tally, run->assessments[i].findings[index].status);
    conclusion.objective = json_string(requirement->id);
    buffer_append_byte(target, '{');
    if (append_conclusion(target, &conclusion, &members) < 0
        || append_relation(target, run, index, &observations, &members) < 0
        || append_relation(target, run, index, &risks, &members) < 0)
        return -1;
    return buffer_append_text(target, "\n" REPORT_OSCAL_INDENTATION "}");
}

/* A control of a framework rests on the findings of its requirements. */
static json_t *
links_to_json(const struct run *run, const struct framework_control *control)
{
    AUTOJSON json_t *links = json_array();

    for (size_t i = 0; control->requirements[i] != NULL; i++) {
        const struct report_uuid id =
            requirement_finding_id(run, control->requirements[i]);
        if (framework_tally_judged(run->profile, control->requirements[i])
            && json_array_append_new(links,
                                     json_pack("{s:o, s:s}", "href",
                                               json_sprintf("#%s", id.text),
                                               "rel", "reference"))
                   < 0)
            return NULL;
    }
    return take_pointer(links);
}

static int
append_control(struct buffer *target, const struct run *run,
               const struct framework_control *control)
{
    const struct report_uuid estate = report_uuid_estate("objective", run);
    const struct conclusion conclusion = {
        .id = REPORT_UUID("control", estate.text, control->framework,
                          control->number),
        .objective = report_oscal_control_id(control),
        .title = control->title,
        .tally = framework_tally(run, control),
    };
    size_t members = 0;

    buffer_append_byte(target, '{');
    if (append_conclusion(target, &conclusion, &members) < 0
        || report_json_append_member(target, MEMBER, &members, "links",
                                     links_to_json(run, control))
               < 0)
        return -1;
    return buffer_append_text(target, "\n" REPORT_OSCAL_INDENTATION "}");
}

int
report_oscal_findings(struct buffer *target, const struct report_view *view)
{
    const struct run *run = view->run;

    for (size_t i = 0; run->profile->requirements[i] != NULL; i++) {
        buffer_append_text(target, i > 0 ? ",\n" : "\n");
        buffer_append_text(target, REPORT_OSCAL_INDENTATION);
        if (append_requirement(target, run, i) < 0)
            return -1;
    }
    for (size_t i = report_oscal_control_next(view, 0);
         i < framework_control_table_length;
         i = report_oscal_control_next(view, i + 1)) {
        buffer_append_text(target, ",\n" REPORT_OSCAL_INDENTATION);
        if (append_control(target, run, &framework_control_table[i]) < 0)
            return -1;
    }
    return 0;
}
