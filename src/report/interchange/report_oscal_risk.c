/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a finding that fails. */
#include "base/cleanup.h"
#include "control/run/mute.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"

bool
report_oscal_is_risk(const struct finding *finding)
{
    return finding->status == FINDING_FAIL || finding->status == FINDING_MUTED;
}

static json_t *
title_to_json(const struct subscription *subscription,
              const struct requirement *requirement)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    buffer_printf(&text, "%s on %s", requirement->id,
                  *subscription->name != '\0' ? subscription->name
                                              : subscription->id);
    return buffer_failed(&text) ? NULL : report_oscal_text(buffer_text(&text));
}

static json_t *
description_to_json(const struct finding *finding)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (phrase_finding(finding, NULL, &text) < 0)
        return NULL;
    return report_oscal_text(buffer_text(&text));
}

/* The paragraphs of the requirement's page. */
static json_t *
statement_to_json(const struct requirement *requirement)
{
    const char *const *paragraphs =
        explain_requirement_text(requirement)->risk;
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; paragraphs[i] != NULL; i++)
        buffer_printf(&text, "%s%s", i > 0 ? " " : "", paragraphs[i]);
    return buffer_failed(&text) ? NULL : report_oscal_text(buffer_text(&text));
}

static json_t *
response_to_json(const struct assessment *assessment,
                 const struct finding *finding)
{
    const struct report_uuid id = report_uuid_finding(
        "response", &assessment->subscription, finding->requirement);
    AUTOJSON json_t *remedy = report_json_remedy(assessment, finding);

    if (remedy == NULL)
        return NULL;
    return json_pack("{s:s, s:s, s:s, s:o, s:[{s:s, s:s}]}", "uuid", id.text,
                     "lifecycle", "recommendation", "title", "To do",
                     "description",
                     report_oscal_text(json_string_value(remedy)), "links",
                     "href", EXPLAIN_DOCUMENTATION, "rel", "reference");
}

/* Accepted until a day, by whoever writes the configuration. */
static int
set_mute(json_t *risk, const struct mute *mute)
{
    AUTOJSON json_t *props = json_array();

    if (report_oscal_append_prop(props, "mute-reason", mute->reason) < 0
        || report_oscal_append_prop(props, "mute-until", mute->until) < 0
        || report_json_set(risk, "deadline",
                           json_sprintf("%sT23:59:59Z", mute->until))
               < 0)
        return -1;
    return report_json_set(risk, "props", take_pointer(props));
}

json_t *
report_oscal_risk(const struct assessment *assessment,
                  const struct finding *finding)
{
    const struct subscription *subscription = &assessment->subscription;
    const struct requirement *requirement = finding->requirement;
    const bool muted = finding->status == FINDING_MUTED;
    const struct report_uuid id =
        report_uuid_finding("risk", subscription, requirement);
    const struct report_uuid observation =
        report_uuid_finding("observation", subscription, requirement);
    AUTOJSON json_t *risk = json_pack(
        "{s:s, s:o, s:o, s:o, s:s, s:[{s:o, s:[{s:s, s:s, s:s}]}], s:[o], "
        "s:[{s:s}]}",
        "uuid", id.text, "title", title_to_json(subscription, requirement),
        "description", description_to_json(finding), "statement",
        statement_to_json(requirement), "status",
        muted ? "deviation-approved" : "open", "characterizations", "origin",
        report_oscal_origin(), "facets", "name", "severity", "system",
        "urn:uuid:" REPORT_UUID_NAMESPACE, "value",
        requirement_severity_name(requirement->severity), "remediations",
        response_to_json(assessment, finding), "related-observations",
        "observation-uuid", observation.text);

    if (muted && set_mute(risk, finding->mute) < 0)
        return NULL;
    return take_pointer(risk);
}
