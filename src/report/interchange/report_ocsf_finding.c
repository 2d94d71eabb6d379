/* SPDX-License-Identifier: Apache-2.0 */
/* The OCSF event about a finding. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/run/mute.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/json/report_json.h"
#include "report/interchange/report_ocsf.h"

/* How OCSF says what a finding says. */
struct saying {
    enum report_ocsf_status status;
    enum report_ocsf_outcome outcome; /* 0: OCSF has no word for it */
    const char *caption;
};

/* What is muted fails all the same: that is what it is suppressed for. OCSF
 * has no outcome for what does not apply; the text says it. */
static const struct saying sayings[] = {
    [FINDING_PASS] = { REPORT_OCSF_RESOLVED, REPORT_OCSF_PASS, "Pass" },
    [FINDING_FAIL] = { REPORT_OCSF_NEW, REPORT_OCSF_FAIL, "Fail" },
    [FINDING_MUTED] = { REPORT_OCSF_SUPPRESSED, REPORT_OCSF_FAIL, "Fail" },
    [FINDING_UNKNOWN] = { REPORT_OCSF_NEW, REPORT_OCSF_WARNING, "Warning" },
    [FINDING_NOT_APPLICABLE] = { REPORT_OCSF_RESOLVED, 0, "Not applicable" },
};

static enum report_ocsf_severity
requirement_severity(const struct requirement *requirement)
{
    static const enum report_ocsf_severity severities[] = {
        [REQUIREMENT_LOW] = REPORT_OCSF_LOW,
        [REQUIREMENT_MEDIUM] = REPORT_OCSF_MEDIUM,
        [REQUIREMENT_HIGH] = REPORT_OCSF_HIGH,
    };

    return severities[requirement->severity];
}

/* What is not known may be as bad as the requirement: who looks for severe
 * events shall see the blind spots, too. */
static enum report_ocsf_severity
severity_of(const struct finding *finding)
{
    return finding->status == FINDING_PASS
                   || finding->status == FINDING_NOT_APPLICABLE
               ? REPORT_OCSF_INFORMATIONAL
               : requirement_severity(finding->requirement);
}

static json_t *
check_to_json(const struct finding *finding, const struct saying *saying)
{
    const struct requirement *requirement = finding->requirement;
    const struct explain_requirement_text *text =
        explain_requirement_text(requirement);
    const enum report_ocsf_severity severity =
        requirement_severity(requirement);

    return json_pack("{s:s, s:s, s:o, s:i, s:i, s:s}", "uid", requirement->id,
                     "name", text->title, "desc",
                     json_sprintf("It passes when %s.", text->passes),
                     "severity_id", (int) severity, "status_id",
                     saying->outcome != 0 ? (int) saying->outcome : 99,
                     "status", saying->caption);
}

static json_t *
compliance_to_json(const struct finding *finding,
                   const struct report_ocsf_requirement *requirement)
{
    const struct saying *saying = &sayings[finding->status];
    AUTOJSON json_t *compliance = json_pack(
        "{s:s, s:O, s:O, s:[o], s:s, s:s, s:o}", "control",
        finding->requirement->id, "standards", requirement->standards,
        "requirements", requirement->controls, "checks",
        check_to_json(finding, saying), "status", saying->caption,
        "status_code", finding_reason_name(finding->reason), "status_detail",
        report_json_sentence(phrase_finding, finding));

    if (saying->outcome != 0
        && report_json_set(compliance, "status_id",
                           json_integer(saying->outcome))
               < 0)
        return NULL;
    return take_pointer(compliance);
}

static json_t *
resource_to_json(const struct run *run, const struct assessment *assessment)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct contact *contact = assessment->reading.contact;
    const char *name = contact != NULL ? contact->name : "default";
    AUTOJSON json_t *resource = json_pack(
        "{s:o, s:s, s:s, s:s}", "uid",
        json_sprintf(
            "/subscriptions/%s/providers/Microsoft.Security/securityContacts/"
            "%s",
            subscription->id, name),
        "name", name, "type", "Microsoft.Security/securityContacts", "region",
        "global");

    if (run->cloud != NULL
        && report_json_set(resource, "cloud_partition",
                           json_string(run->cloud))
               < 0)
        return NULL;
    if (report_json_set(resource, "data", report_json_contact(contact)) < 0)
        return NULL;
    return take_pointer(resource);
}

/* json_null() where there is nothing to do. */
static json_t *
remediation_to_json(const struct assessment *assessment,
                    const struct finding *finding)
{
    json_t *remedy = report_json_remedy(assessment, finding);

    if (remedy == NULL || json_is_null(remedy))
        return remedy;
    return json_pack("{s:o, s:[s]}", "desc", remedy, "references",
                     EXPLAIN_DOCUMENTATION);
}

/* What OCSF has no place for. */
static json_t *
unmapped_to_json(const struct assessment *assessment,
                 const struct finding *finding)
{
    AUTOJSON json_t *unmapped =
        json_pack("{s:s, s:s, s:s?, s:o, s:s?}", "finding_status",
                  finding_status_name(finding->status), "subscription_status",
                  assessment_status_name(assessment->status), "reach",
                  reach_name(assessment->reach), "expected",
                  report_json_sentence(phrase_expected, finding), "actual",
                  finding->actual);

    if (finding->status == FINDING_MUTED
        && report_json_set(unmapped, "mute",
                           json_pack("{s:s, s:s}", "reason",
                                     finding->mute->reason, "until",
                                     finding->mute->until))
               < 0)
        return NULL;
    if (report_json_set(unmapped, "error",
                        report_json_error(&assessment->reading))
        < 0)
        return NULL;
    return take_pointer(unmapped);
}

static json_t *
message_to_json(const struct assessment *assessment,
                const struct finding *finding)
{
    AUTOBUFFER message = BUFFER_INIT(REPORT_CEILING);
    const struct subscription *subscription = &assessment->subscription;

    buffer_printf(&message, "%s: ",
                  *subscription->name != '\0' ? subscription->name
                                              : subscription->id);
    if (phrase_finding(finding, NULL, &message) < 0)
        return NULL;
    return json_string(buffer_text(&message));
}

int
report_ocsf_finding(struct buffer *target, const struct run *run,
                    const struct assessment *assessment,
                    const struct finding *finding,
                    const struct report_ocsf_requirement *requirement)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct report_ocsf_event event = {
        .subject =
            report_uuid_finding("finding", subscription, finding->requirement),
        .code = finding->requirement->id,
        .title = explain_requirement_text(finding->requirement)->title,
        .tenant_id = subscription->tenant_id,
        .severity = severity_of(finding),
        .status = sayings[finding->status].status,
    };
    AUTOJSON json_t *tree = report_ocsf_event(run, &event);

    if (report_json_set(tree, "message", message_to_json(assessment, finding))
            < 0
        || report_json_set(tree, "compliance",
                           compliance_to_json(finding, requirement))
               < 0
        || report_json_set(
               tree, "cloud",
               report_ocsf_cloud(run, subscription->tenant_id, subscription))
               < 0
        || report_json_set(tree, "resources",
                           json_pack("[o]", resource_to_json(run, assessment)))
               < 0
        || report_json_set(tree, "remediation",
                           remediation_to_json(assessment, finding))
               < 0
        || report_json_set(tree, "unmapped",
                           unmapped_to_json(assessment, finding))
               < 0)
        return -1;
    return report_json_append_line(target, take_pointer(tree));
}
