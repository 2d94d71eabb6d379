/* SPDX-License-Identifier: Apache-2.0 */
/* What is the same of all findings of one requirement. */
#include <string.h>

#include "base/cleanup.h"
#include "report/json/report_json.h"
#include "report/wording/report_mapping.h"
#include "report/interchange/report_ocsf.h"

/* Every event repeats what it names. Where nobody asked for frameworks, it is
 * only the last one that demands the requirement, such as the newest CIS
 * benchmark; rows of one framework stand together. */
static size_t
first_control(const struct report_view *view,
              const struct requirement *requirement)
{
    size_t first = report_mapping_next(view, requirement, 0);

    for (size_t i = first;
         view->framework_count == 0 && i < framework_control_table_length;
         i = report_mapping_next(view, requirement, i + 1))
        if (strcmp(framework_control_table[i].framework,
                   framework_control_table[first].framework)
            != 0)
            first = i;
    return first;
}

/* The frameworks' titles, each once. */
static json_t *
standards_to_json(const struct report_view *view,
                  const struct requirement *requirement)
{
    AUTOJSON json_t *array = json_array();
    const char *last = "";

    if (json_array_append_new(
            array, json_sprintf("piket profile %s", view->run->profile->name))
        < 0)
        return NULL;
    for (size_t i = first_control(view, requirement);
         i < framework_control_table_length;
         i = report_mapping_next(view, requirement, i + 1)) {
        const char *id = framework_control_table[i].framework;
        const struct framework *framework = framework_by_id(id);
        if (strcmp(id, last) != 0
            && json_array_append_new(
                   array,
                   json_sprintf("%s %s", framework->title, framework->version))
                   < 0)
            return NULL;
        last = id;
    }
    return take_pointer(array);
}

static json_t *
controls_to_json(const struct report_view *view,
                 const struct requirement *requirement)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = first_control(view, requirement);
         i < framework_control_table_length;
         i = report_mapping_next(view, requirement, i + 1))
        if (json_array_append_new(
                array,
                json_sprintf("%s %s", framework_control_table[i].framework,
                             framework_control_table[i].number))
            < 0)
            return NULL;
    return take_pointer(array);
}

int
report_ocsf_requirement_init(struct report_ocsf_requirement *ret_requirement,
                             const struct report_view *view,
                             const struct requirement *requirement)
{
    *ret_requirement = (struct report_ocsf_requirement){
        .requirement = requirement,
        .standards = standards_to_json(view, requirement),
        .controls = controls_to_json(view, requirement),
    };
    if (ret_requirement->standards != NULL
        && ret_requirement->controls != NULL)
        return 0;
    report_ocsf_requirement_done(ret_requirement);
    return -1;
}

void
report_ocsf_requirement_done(struct report_ocsf_requirement *requirement)
{
    json_decref(requirement->standards);
    json_decref(requirement->controls);
    requirement->standards = NULL;
    requirement->controls = NULL;
}
