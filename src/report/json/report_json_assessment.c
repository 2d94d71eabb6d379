/* SPDX-License-Identifier: Apache-2.0 */
/* An assessment as a JSON tree. */
#include "base/cleanup.h"
#include "control/run/mute.h"
#include "control/requirement/requirement.h"
#include "report/wording/phrase.h"
#include "report/wording/recommendation.h"
#include "report/view/report.h"
#include "report/json/report_json.h"

static json_t *
contacts_to_json(const struct contact *const *contacts, size_t count)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(array, report_json_contact(contacts[i])) < 0)
            return NULL;
    return take_pointer(array);
}

static json_t *
finding_to_json(const struct finding *finding, const struct report_view *view)
{
    AUTOBUFFER message = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER expected = BUFFER_INIT(REPORT_CEILING);

    if (phrase_finding(finding, NULL, &message) < 0
        || phrase_expected(finding, NULL, &expected) < 0)
        return NULL;
    AUTOJSON json_t *tree = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?}", "requirement",
        finding->requirement->id, "status",
        finding_status_name(finding->status), "severity",
        requirement_severity_name(finding->requirement->severity), "reason",
        finding_reason_name(finding->reason), "message", buffer_text(&message),
        "expected", expected.length > 0 ? buffer_text(&expected) : NULL,
        "actual", finding->actual);
    if (view->framework_count > 0
        && json_object_set_new(
               tree, "controls",
               report_json_controls(finding->requirement, view))
               < 0)
        return NULL;
    return take_pointer(tree);
}

/* Adds what a muted finding would be, and why it is muted. */
static json_t *
muted_to_json(const struct finding *finding, const struct report_view *view)
{
    AUTOJSON json_t *object = finding_to_json(finding, view);

    if (finding->status != FINDING_MUTED)
        return take_pointer(object);
    if (json_object_set_new(object, "outcome",
                            json_string(finding_status_name(FINDING_FAIL)))
            < 0
        || json_object_set_new(object, "mute",
                               json_pack("{s:s, s:s}", "reason",
                                         finding->mute->reason, "until",
                                         finding->mute->until))
               < 0)
        return NULL;
    return take_pointer(object);
}

static json_t *
findings_to_json(const struct assessment *assessment,
                 const struct report_view *view)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < assessment->finding_count; i++)
        if (json_array_append_new(
                array, muted_to_json(&assessment->findings[i], view))
            < 0)
            return NULL;
    return take_pointer(array);
}

static int
append_sentence(const char *sentence, void *array)
{
    return json_array_append_new(array, json_string(sentence));
}

static json_t *
recommendations_to_json(const struct assessment *assessment)
{
    AUTOJSON json_t *array = json_array();

    if (recommendation_each(assessment, NULL, append_sentence, array) < 0)
        return NULL;
    return take_pointer(array);
}

json_t *
report_json_error(const struct contact_reading *reading)
{
    const struct contact_error *error = reading->error;

    if (reading->kind != CONTACT_READING_FAILED)
        return json_null();
    return json_pack("{s:o, s:s, s:s, s:s?}", "httpStatus",
                     error->http_status != 0 ? json_integer(error->http_status)
                                             : json_null(),
                     "code", error->code, "message", error->message,
                     "requestId", error->request_id);
}

json_t *
report_json_assessment(const struct assessment *assessment,
                       const struct report_view *view)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct contact_reading *reading = &assessment->reading;

    /* Of what is only expected to exist, Azure has told no state. */
    const char *state =
        *subscription->state != '\0' ? subscription->state : NULL;

    return json_pack(
        "{s:s, s:s, s:s?, s:s, s:s, s:s?, s:o, s:o, s:o, s:o, s:o}", "id",
        subscription->id, "name", subscription->name, "state", state,
        "tenantId", subscription->tenant_id, "status",
        assessment_status_name(assessment->status), "reach",
        reach_name(assessment->reach), "contact",
        report_json_contact(reading->contact), "otherContacts",
        contacts_to_json(reading->others, reading->other_count), "findings",
        findings_to_json(assessment, view), "recommendations",
        recommendations_to_json(assessment), "error",
        report_json_error(reading));
}
