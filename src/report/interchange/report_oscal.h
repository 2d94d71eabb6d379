/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of OSCAL assessment results, version 1.1.3. Trees are owned by the
 * caller, and NULL where memory ran out. */
#ifndef PIKET_REPORT_INTERCHANGE_REPORT_OSCAL_H
#define PIKET_REPORT_INTERCHANGE_REPORT_OSCAL_H

#include <jansson.h>

#include "control/run/framework_tally.h"
#include "report/view/report.h"
#include "report/json/report_uuid.h"

/* The control that piket checks; its requirements are objectives of it. */
#define REPORT_OSCAL_CONTROL "security-contacts-configured"

/* A text in OSCAL's Markdown (markup-line), shown as it is. */
json_t *report_oscal_text(const char *text);

/* Appends a property in piket's namespace. Its value becomes what OSCAL calls
 * a string: one line without blanks at its ends; nothing is appended where
 * that leaves nothing, or where value is NULL. Returns 0, or -1 where memory
 * ran out or props is NULL. */
int report_oscal_append_prop(json_t *props, const char *name,
                             const char *value);

/* A number of a framework as a token: "iso-27001-2022_A.5.24",
 * "nist-800-53-r5_IR-6_2". */
json_t *report_oscal_control_id(const struct framework_control *control);

/* The next control of the view's frameworks, of which the profile judges
 * something, at or behind index of framework_control_table; its length where
 * there is none. */
size_t report_oscal_control_next(const struct report_view *view, size_t index);

/* What was assessed with, on which every observation and risk rests: */
struct report_uuid report_oscal_tool(void);
json_t *report_oscal_origin(void); /* the tool */
json_t *report_oscal_assessment_assets(void);

/* The plan, of which nobody wrote a document: */
json_t *report_oscal_import(const struct run *run); /* leads to the next */
json_t *report_oscal_resources(const struct run *run);
json_t *report_oscal_objectives(const struct report_view *view);
json_t *report_oscal_reviewed_controls(const struct report_view *view);

/* The thing assessed, as a component, and where it stands, as inventory. */
json_t *report_oscal_component(void);
json_t *report_oscal_inventory_item(const struct assessment *assessment);

/* What was seen of a requirement on a subscription, and of the run itself. */
json_t *report_oscal_observation(const struct run *run,
                                 const struct assessment *assessment,
                                 const struct finding *finding);
json_t *report_oscal_run_observation(const struct run *run);

/* A finding that fails has a risk: open, or accepted where it is muted. */
bool report_oscal_is_risk(const struct finding *finding);
json_t *report_oscal_risk(const struct assessment *assessment,
                          const struct finding *finding);

/* Appends a finding for each objective, and for each control of the view's
 * frameworks, as items of an array. Returns 0, or -1 where memory ran out or
 * target failed. */
int report_oscal_findings(struct buffer *target,
                          const struct report_view *view);

/* In front of each line of an item of a result's arrays. */
#define REPORT_OSCAL_INDENTATION "          "

#endif
