/* SPDX-License-Identifier: Apache-2.0 */
/* Plans, and what became of them: printed as the options want it, and what
 * they come to for a script. */
#ifndef PIKET_CLI_FLOW_CHANGE_REPORT_H
#define PIKET_CLI_FLOW_CHANGE_REPORT_H

#include "base/error.h"
#include "cli/flow/change_flow.h"
#include "control/plan/operation.h"

/* Of a plan that is not applied: 1 where it would change something, 2 where
 * it could not be made for all. */
int change_report_plan_status(const struct plan *plan);

/* Writes the plan where the report goes. Returns the exit status, or -1 with
 * an error. */
int change_report_plan(const struct change_flow *run, struct error *err);

/* Shows the plan, as text, to the person who is asked to confirm it. */
int change_report_question(const struct change_flow *run, struct error *err);

/* Writes what became of the plan. signal: that came meanwhile, or 0. Returns
 * as change_report_plan does. */
int change_report_operation(const struct change_flow *run,
                            const struct operation_report *report, int signal,
                            struct error *err);

#endif
