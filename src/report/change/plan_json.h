/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a plan as trees, for the reports of what is planned and of
 * what was done. Each is owned by the caller, and NULL where memory ran
 * out. */
#ifndef PIKET_REPORT_CHANGE_PLAN_JSON_H
#define PIKET_REPORT_CHANGE_PLAN_JSON_H

#include <jansson.h>

#include "control/plan/plan.h"

json_t *plan_json_subscription(const struct subscription *subscription);

/* [ { field, before, after } ]. */
json_t *plan_json_differences(const struct plan_change *change);

/* What Azure answered; null where error is NULL. */
json_t *plan_json_error(const struct contact_error *error);

/* What could not be planned, each with its words. */
json_t *plan_json_obstacles(const struct plan *plan);

#endif
