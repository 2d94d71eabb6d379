/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as a SARIF result. */
#include "base/cleanup.h"
#include "control/run/mute.h"
#include "report/wording/phrase.h"
#include "report/json/report_json.h"
#include "report/interchange/report_sarif.h"
#include "report/json/report_uuid.h"

bool
report_sarif_is_result(const struct finding *finding)
{
    return finding->status == FINDING_FAIL || finding->status == FINDING_MUTED;
}

/* "NAME (ID): no phone number is set; set a phone number". */
static json_t *
message_to_json(const struct subscription *subscription,
                const struct finding *finding)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    struct finding failing = *finding;

    /* It would fail, were it not muted. */
    failing.status = FINDING_FAIL;
    buffer_printf(&text, "%s%s(%s): ", subscription->name,
                  *subscription->name != '\0' ? " " : "", subscription->id);
    phrase_finding(finding, NULL, &text);
    buffer_append_text(&text, "; ");
    phrase_recommendation(&failing, NULL, &text);
    return buffer_failed(&text) ? NULL
                                : report_sarif_message(buffer_text(&text));
}

/* Where the decision stands: its line of the configuration. */
static json_t *
suppression_to_json(const struct run *run, const struct mute *mute)
{
    AUTOJSON json_t *suppression = json_pack(
        "{s:s, s:s, s:s, s:{s:s}}", "kind", "external", "status", "accepted",
        "justification", mute->reason, "properties", "until", mute->until);

    if (mute->line > 0
        && report_json_set(suppression, "location",
                           report_sarif_location(run, NULL, mute->line))
               < 0)
        return NULL;
    return take_pointer(suppression);
}

static json_t *
properties_to_json(const struct assessment *assessment,
                   const struct finding *finding)
{
    const struct subscription *subscription = &assessment->subscription;

    return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:o, s:s?}", "subscriptionId",
                     subscription->id, "subscriptionName", subscription->name,
                     "tenantId", subscription->tenant_id, "reason",
                     finding_reason_name(finding->reason), "reach",
                     reach_name(assessment->reach), "expected",
                     report_json_sentence(phrase_expected, finding), "actual",
                     finding->actual);
}

json_t *
report_sarif_result(const struct run *run, const struct assessment *assessment,
                    size_t rule)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct finding *finding = &assessment->findings[rule];
    const struct report_uuid uid =
        report_uuid_finding("finding", subscription, finding->requirement);
    AUTOJSON json_t *result =
        json_pack("{s:s, s:I, s:s, s:o, s:[o], s:{s:s}, s:o}", "ruleId",
                  finding->requirement->id, "ruleIndex", (json_int_t) rule,
                  "level", report_sarif_level(finding->requirement), "message",
                  message_to_json(subscription, finding), "locations",
                  report_sarif_location(run, subscription, 1),
                  "partialFingerprints", "primaryLocationLineHash", uid.text,
                  "properties", properties_to_json(assessment, finding));

    if (finding->status == FINDING_MUTED
        && report_json_set(
               result, "suppressions",
               json_pack("[o]", suppression_to_json(run, finding->mute)))
               < 0)
        return NULL;
    return take_pointer(result);
}
