/* SPDX-License-Identifier: Apache-2.0 */
/* A plan with something of everything, made by plan_make. */
#ifndef PIKET_TESTS_UNIT_CONTROL_SAMPLE_PLAN_H
#define PIKET_TESTS_UNIT_CONTROL_SAMPLE_PLAN_H

#include "control/plan/plan.h"
#include "control/run/run.h"

/* The run that it is planned for; run_free releases it. */
struct run *sample_plan_run(void);

/* With bodies; plan_free releases it. The run outlives it. */
struct plan *sample_plan(const struct run *run);

/* One that takes changes back. */
struct plan *sample_plan_reversal(const struct run *run);

extern const char *const sample_plan_tenants[1];

#endif
