/* SPDX-License-Identifier: Apache-2.0 */
/* A run for programs: one document, schemaVersion 1.
 *
 * The envelope is written in parts and one subscription at a time becomes a
 * tree, so that memory does not grow with the estate beyond the text. */
#include <jansson.h>

#include "base/cleanup.h"
#include "report/json/report_json.h"
#include "report/view/report_writers.h"

static int
append_subscriptions(struct buffer *target, const struct report_view *view)
{
    const struct run *run = view->run;

    buffer_append_text(target, "  \"subscriptions\": [");
    for (size_t i = 0; i < run->assessment_count; i++) {
        buffer_append_text(target, i > 0 ? ",\n    " : "\n    ");
        if (report_json_append(
                target, "    ",
                report_json_assessment(&run->assessments[i], view))
            < 0)
            return -1;
    }
    buffer_append_text(target, run->assessment_count > 0 ? "\n  ]" : "]");
    return buffer_append_text(target, "\n}\n");
}

int
report_json_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    buffer_append_text(target, "{\n  \"schemaVersion\": 1,\n  \"run\": ");
    if (report_json_append(target, "  ", report_json_run(view->run)) < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n  \"summary\": ");
    if (report_json_append(target, "  ", report_json_summary(view)) < 0)
        return error_set_memory(err);
    buffer_append_text(target, ",\n");
    if (append_subscriptions(target, view) < 0)
        return error_set_memory(err);
    return 0;
}
