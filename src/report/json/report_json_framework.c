/* SPDX-License-Identifier: Apache-2.0 */
/* The frameworks of a view as JSON trees. */
#include "base/cleanup.h"
#include "control/run/framework_tally.h"
#include "report/json/report_json.h"

/* Appends the framework's controls that the requirement shows. */
static int
append_controls(json_t *array, const struct framework *framework,
                const struct requirement *requirement)
{
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1)) {
        const struct framework_control *row = &framework_control_table[i];
        if (framework_control_names(row, requirement)
            && json_array_append_new(
                   array, json_pack("{s:s, s:s}", "framework", framework->id,
                                    "number", row->number))
                   < 0)
            return -1;
    }
    return 0;
}

json_t *
report_json_controls(const struct requirement *requirement,
                     const struct report_view *view)
{
    AUTOJSON json_t *array = json_array();

    if (array == NULL)
        return NULL;
    for (size_t i = 0; i < view->framework_count; i++)
        if (append_controls(array, view->frameworks[i], requirement) < 0)
            return NULL;
    return take_pointer(array);
}

/* The control's requirements that the profile judges, or those that it does
 * not. */
static json_t *
requirements_to_json(const struct framework_control *control,
                     const struct profile *profile, bool judged)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; control->requirements[i] != NULL; i++) {
        const char *id = control->requirements[i];
        if (framework_tally_judged(profile, id) == judged
            && json_array_append_new(array, json_string(id)) < 0)
            return NULL;
    }
    return take_pointer(array);
}

static json_t *
control_to_json(const struct framework_control *control, const struct run *run)
{
    const struct framework_tally tally = framework_tally(run, control);

    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:I}", "number",
        control->number, "title", control->title, "strength",
        framework_strength_name(control->strength), "requirements",
        requirements_to_json(control, run->profile, true), "notJudged",
        requirements_to_json(control, run->profile, false), "pass",
        (json_int_t) tally.pass, "fail", (json_int_t) tally.fail, "muted",
        (json_int_t) tally.muted, "unknown", (json_int_t) tally.unknown,
        "notApplicable", (json_int_t) tally.not_applicable);
}

static json_t *
framework_to_json(const struct framework *framework, const struct run *run)
{
    AUTOJSON json_t *controls = json_array();

    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1))
        if (json_array_append_new(
                controls, control_to_json(&framework_control_table[i], run))
            < 0)
            return NULL;
    return json_pack("{s:s, s:s, s:s, s:o}", "id", framework->id, "title",
                     framework->title, "version", framework->version,
                     "controls", take_pointer(controls));
}

json_t *
report_json_frameworks(const struct report_view *view)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < view->framework_count; i++)
        if (json_array_append_new(
                array, framework_to_json(view->frameworks[i], view->run))
            < 0)
            return NULL;
    return take_pointer(array);
}
