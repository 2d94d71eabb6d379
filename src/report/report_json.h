/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the JSON report as trees. Each is owned by the caller, and
 * NULL where memory ran out. */
#ifndef PIKET_REPORT_REPORT_JSON_H
#define PIKET_REPORT_REPORT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "control/assessment.h"

/* A tree that is released at the end of its scope. */
#define AUTOJSON __attribute__((cleanup(report_json_release)))

void report_json_release(json_t **tree);

json_t *report_json_texts(const char *const *texts, size_t count);

/* A contact, or null where it is NULL. */
json_t *report_json_contact(const struct contact *contact);

/* A subscription with all that is known of it. */
json_t *report_json_assessment(const struct assessment *assessment);

#endif
