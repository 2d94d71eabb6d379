/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an operation as trees, for the reports of what was done and of
 * the history. Each is owned by the caller, and NULL where memory ran out. */
#ifndef PIKET_REPORT_CHANGE_OPERATION_JSON_H
#define PIKET_REPORT_CHANGE_OPERATION_JSON_H

#include <jansson.h>
#include <stdint.h>

#include "control/plan/operation.h"

/* RFC 3339; null for 0, which is no time. */
json_t *operation_json_time(int64_t milliseconds);

/* Who, when, where and why. */
json_t *operation_json_head(const struct operation *operation);

/* What came back different: [ { member, intended, actual } ]. */
json_t *operation_json_residue(const struct change_result *result);

#endif
