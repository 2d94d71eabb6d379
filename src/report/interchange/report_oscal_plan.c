/* SPDX-License-Identifier: Apache-2.0 */
/* What OSCAL expects to stand in an assessment plan: objectives, selected
 * controls, the tool. There is no such document; the profile is the plan. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"

struct report_uuid
report_oscal_tool(void)
{
    return REPORT_UUID("tool", "piket", PIKET_VERSION);
}

json_t *
report_oscal_origin(void)
{
    const struct report_uuid tool = report_oscal_tool();

    return json_pack("{s:[{s:s, s:s}]}", "actors", "type", "tool",
                     "actor-uuid", tool.text);
}

json_t *
report_oscal_assessment_assets(void)
{
    const struct report_uuid tool = report_oscal_tool();
    const struct report_uuid platform =
        REPORT_UUID("platform", "piket", PIKET_VERSION);

    return json_pack(
        "{s:[{s:s, s:s, s:s, s:s, s:[{s:s, s:s}], s:{s:s}}], "
        "s:[{s:s, s:s, s:[{s:s}]}]}",
        "components", "uuid", tool.text, "type", "software", "title", "piket",
        "description",
        "Reads the security contact of every Azure subscription, and judges "
        "it by a profile.",
        "props", "name", "version", "value", PIKET_VERSION, "status", "state",
        "operational", "assessment-platforms", "uuid", platform.text, "title",
        "piket " PIKET_VERSION, "uses-components", "component-uuid",
        tool.text);
}

static struct report_uuid
plan_of(const struct run *run)
{
    return REPORT_UUID("plan", run->profile->name);
}

json_t *
report_oscal_import(const struct run *run)
{
    const struct report_uuid plan = plan_of(run);

    return json_pack("{s:o, s:s}", "href", json_sprintf("#%s", plan.text),
                     "remarks",
                     "There is no assessment plan as a document: the profile "
                     "and the configuration say what is assessed.");
}

json_t *
report_oscal_resources(const struct run *run)
{
    const struct report_uuid plan = plan_of(run);
    AUTOJSON json_t *props = json_array();

    if (report_oscal_append_prop(props, "profile", run->profile->name) < 0
        || report_oscal_append_prop(props, "config", run->config) < 0)
        return NULL;
    return json_pack(
        "[{s:s, s:o, s:o, s:o, s:[{s:s}]}]", "uuid", plan.text, "title",
        json_sprintf("piket profile %s", run->profile->name), "description",
        report_oscal_text(run->profile->title), "props", take_pointer(props),
        "rlinks", "href", EXPLAIN_DOCUMENTATION);
}

static json_t *
part_to_json(json_t *id, const char *title, json_t *prose)
{
    return json_pack("{s:o, s:s, s:o, s:o}", "id", id, "name",
                     "assessment-objective", "title", report_oscal_text(title),
                     "prose", prose);
}

/* An objective for each requirement of the profile. */
static json_t *
requirement_parts(const struct report_view *view)
{
    const char *const *ids = view->run->profile->requirements;
    AUTOJSON json_t *parts = json_array();

    for (; *ids != NULL; ids++) {
        const struct explain_requirement_text *text =
            explain_requirement_text(requirement_by_id(*ids));
        if (json_array_append_new(
                parts,
                part_to_json(json_string(*ids), text->title,
                             json_sprintf("It passes when %s.", text->passes)))
            < 0)
            return NULL;
    }
    return take_pointer(parts);
}

/* One for a control of a framework, named as the control itself. */
static json_t *
control_parts(const struct framework_control *control)
{
    return json_pack(
        "[o]",
        part_to_json(report_oscal_control_id(control), control->title,
                     json_sprintf("%s %s, which piket shows by "
                                  "requirements: %s mapping, %s.",
                                  control->framework, control->number,
                                  framework_strength_name(control->strength),
                                  control->source)));
}

json_t *
report_oscal_objectives(const struct report_view *view)
{
    AUTOJSON json_t *objectives = json_pack(
        "[{s:s, s:s, s:o}]", "control-id", REPORT_OSCAL_CONTROL, "description",
        "A security contact of Microsoft Defender for Cloud is configured for "
        "every subscription.",
        "parts", requirement_parts(view));

    for (size_t i = report_oscal_control_next(view, 0);
         i < framework_control_table_length;
         i = report_oscal_control_next(view, i + 1))
        if (json_array_append_new(
                objectives,
                json_pack("{s:o, s:o}", "control-id",
                          report_oscal_control_id(&framework_control_table[i]),
                          "parts", control_parts(&framework_control_table[i])))
            < 0)
            return NULL;
    return take_pointer(objectives);
}

/* The controls of the view's frameworks behind piket's own. */
static json_t *
selected_controls(const struct report_view *view)
{
    AUTOJSON json_t *controls =
        json_pack("[{s:s}]", "control-id", REPORT_OSCAL_CONTROL);

    for (size_t i = report_oscal_control_next(view, 0);
         i < framework_control_table_length;
         i = report_oscal_control_next(view, i + 1))
        if (json_array_append_new(controls,
                                  json_pack("{s:o}", "control-id",
                                            report_oscal_control_id(
                                                &framework_control_table[i])))
            < 0)
            return NULL;
    return take_pointer(controls);
}

static json_t *
selected_objectives(const struct report_view *view)
{
    const char *const *ids = view->run->profile->requirements;
    AUTOJSON json_t *objectives = json_array();

    for (; *ids != NULL; ids++)
        if (json_array_append_new(objectives,
                                  json_pack("{s:s}", "objective-id", *ids))
            < 0)
            return NULL;
    for (size_t i = report_oscal_control_next(view, 0);
         i < framework_control_table_length;
         i = report_oscal_control_next(view, i + 1))
        if (json_array_append_new(objectives,
                                  json_pack("{s:o}", "objective-id",
                                            report_oscal_control_id(
                                                &framework_control_table[i])))
            < 0)
            return NULL;
    return take_pointer(objectives);
}

json_t *
report_oscal_reviewed_controls(const struct report_view *view)
{
    return json_pack("{s:[{s:o}], s:[{s:o}]}", "control-selections",
                     "include-controls", selected_controls(view),
                     "control-objective-selections", "include-objectives",
                     selected_objectives(view));
}
