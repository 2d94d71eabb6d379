/* SPDX-License-Identifier: Apache-2.0 */
/* What was seen, and where: OSCAL's inventory and observations. */
#include "base/cleanup.h"
#include "base/clock.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"
#include "report/wording/report_problem.h"

static struct report_uuid
component_id(void)
{
    return REPORT_UUID("component", "Microsoft.Security/securityContacts");
}

static struct report_uuid
item_id(const struct subscription *subscription)
{
    return REPORT_UUID("subscription", subscription->tenant_id,
                       subscription->id);
}

json_t *
report_oscal_component(void)
{
    const struct report_uuid id = component_id();

    return json_pack(
        "{s:s, s:s, s:s, s:s, s:{s:s}}", "uuid", id.text, "type", "service",
        "title", "Security contact", "description",
        "Whom Microsoft Defender for Cloud mails about alerts and attack "
        "paths: Microsoft.Security/securityContacts.",
        "status", "state", "operational");
}

static json_t *
item_props(const struct assessment *assessment)
{
    const struct subscription *subscription = &assessment->subscription;
    AUTOJSON json_t *props = json_pack(
        "[{s:s, s:s}, {s:s, s:s}]", "name", "asset-id", "value",
        subscription->id, "name", "asset-type", "value", "azure-subscription");

    if (report_oscal_append_prop(props, "subscription-name",
                                 subscription->name)
            < 0
        || report_oscal_append_prop(props, "tenant-id",
                                    subscription->tenant_id)
               < 0
        || report_oscal_append_prop(props, "state", subscription->state) < 0
        || report_oscal_append_prop(props, "status",
                                    assessment_status_name(assessment->status))
               < 0
        || report_oscal_append_prop(props, "reach",
                                    reach_name(assessment->reach))
               < 0)
        return NULL;
    return take_pointer(props);
}

static json_t *
item_description(const struct subscription *subscription)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    buffer_printf(&text, "Subscription %s (%s)", subscription->name,
                  subscription->id);
    return buffer_failed(&text) ? NULL : report_oscal_text(buffer_text(&text));
}

json_t *
report_oscal_inventory_item(const struct assessment *assessment)
{
    const struct report_uuid id = item_id(&assessment->subscription);
    const struct report_uuid component = component_id();

    return json_pack("{s:s, s:o, s:o, s:[{s:s}]}", "uuid", id.text,
                     "description",
                     item_description(&assessment->subscription), "props",
                     item_props(assessment), "implemented-components",
                     "component-uuid", component.text);
}

static json_t *
observation_props(const struct finding *finding)
{
    AUTOBUFFER expected = BUFFER_INIT(REPORT_CEILING);
    AUTOJSON json_t *props = json_array();

    if (phrase_expected(finding, NULL, &expected) < 0
        || report_oscal_append_prop(props, "requirement",
                                    finding->requirement->id)
               < 0
        || report_oscal_append_prop(props, "result",
                                    finding_status_name(finding->status))
               < 0
        || report_oscal_append_prop(props, "reason",
                                    finding_reason_name(finding->reason))
               < 0
        || report_oscal_append_prop(props, "expected", buffer_text(&expected))
               < 0
        || report_oscal_append_prop(props, "actual", finding->actual) < 0)
        return NULL;
    return take_pointer(props);
}

/* What the finding says; behind it Azure's answer, where that is why nothing
 * is known. */
static json_t *
observation_description(const struct assessment *assessment,
                        const struct finding *finding)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    phrase_finding(finding, NULL, &text);
    if (finding->status == FINDING_UNKNOWN
        && assessment->reading.kind == CONTACT_READING_FAILED) {
        buffer_append_text(&text, ": ");
        phrase_error_append(assessment->reading.error, NULL, &text);
    }
    return buffer_failed(&text) ? NULL : report_oscal_text(buffer_text(&text));
}

json_t *
report_oscal_observation(const struct run *run,
                         const struct assessment *assessment,
                         const struct finding *finding)
{
    char collected[CLOCK_TEXT_SIZE];
    const struct subscription *subscription = &assessment->subscription;
    const struct report_uuid item = item_id(subscription);
    const struct report_uuid id =
        report_uuid_finding("observation", subscription, finding->requirement);

    return json_pack(
        "{s:s, s:o, s:o, s:o, s:[s], s:[s], s:[o], s:[{s:s, s:s}], s:s}",
        "uuid", id.text, "title",
        report_oscal_text(
            explain_requirement_text(finding->requirement)->title),
        "description", observation_description(assessment, finding), "props",
        observation_props(finding), "methods", "EXAMINE", "types",
        "control-objective", "origins", report_oscal_origin(), "subjects",
        "subject-uuid", item.text, "type", "inventory-item", "collected",
        clock_format(run->finished_at, collected));
}

json_t *
report_oscal_run_observation(const struct run *run)
{
    char collected[CLOCK_TEXT_SIZE];
    AUTOBUFFER problems = BUFFER_INIT(REPORT_CEILING);
    const struct report_uuid id = report_uuid_estate("observation", run);
    const struct report_uuid component = component_id();
    AUTOJSON json_t *props = json_array();

    if (report_problem_append(run, &problems) < 0
        || report_oscal_append_prop(props, "requirement", REPORT_PROBLEM_ID)
               < 0
        || report_oscal_append_prop(props, "result",
                                    problems.length > 0 ? "unknown" : "pass")
               < 0)
        return NULL;
    return json_pack(
        "{s:s, s:s, s:o, s:o, s:[s], s:[s], s:[o], s:[{s:s, s:s}], s:s}",
        "uuid", id.text, "title", "Whether the run is complete", "description",
        report_oscal_text(problems.length > 0
                              ? buffer_text(&problems)
                              : "Every list was read to its end."),
        "props", take_pointer(props), "methods", "EXAMINE", "types",
        "control-objective", "origins", report_oscal_origin(), "subjects",
        "subject-uuid", component.text, "type", "component", "collected",
        clock_format(run->finished_at, collected));
}
