/* SPDX-License-Identifier: Apache-2.0 */
/* The controls of frameworks that a report names beside a requirement. */
#include "report/wording/report_mapping.h"

#include <string.h>

static bool
asked_for(const struct report_view *view,
          const struct framework_control *control)
{
    for (size_t i = 0; i < view->framework_count; i++)
        if (strcmp(view->frameworks[i]->id, control->framework) == 0)
            return true;
    return view->framework_count == 0 && control->strength == FRAMEWORK_DIRECT;
}

size_t
report_mapping_next(const struct report_view *view,
                    const struct requirement *requirement, size_t index)
{
    while (index < framework_control_table_length
           && !(framework_control_names(&framework_control_table[index],
                                        requirement)
                && asked_for(view, &framework_control_table[index])))
        index++;
    return index;
}
