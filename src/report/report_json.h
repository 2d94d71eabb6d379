/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the JSON report as trees. Each is owned by the caller, and
 * NULL where memory ran out. */
#ifndef PIKET_REPORT_REPORT_JSON_H
#define PIKET_REPORT_REPORT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "control/assessment.h"
#include "report/report.h"

/* A tree that is released at the end of its scope. */
#define AUTOJSON __attribute__((cleanup(report_json_release)))

void report_json_release(json_t **tree);

json_t *report_json_texts(const char *const *texts, size_t count);

/* A contact, or null where it is NULL. */
json_t *report_json_contact(const struct contact *contact);

/* A subscription with all that is known of it; its findings with their
 * controls, where the view has frameworks. */
json_t *report_json_assessment(const struct assessment *assessment,
                               const struct report_view *view);

/* The controls of the view's frameworks that the requirement shows:
 * [ { framework, number } ]. */
json_t *report_json_controls(const struct requirement *requirement,
                             const struct report_view *view);

/* The view's frameworks with the tally of each control: [ { id, title,
 * version, controls: [ … ] } ]. */
json_t *report_json_frameworks(const struct report_view *view);

#endif
