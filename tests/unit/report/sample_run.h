/* SPDX-License-Identifier: Apache-2.0 */
/* A run with every status, every requirement and hostile names. */
#ifndef PIKET_TESTS_UNIT_REPORT_SAMPLE_RUN_H
#define PIKET_TESTS_UNIT_REPORT_SAMPLE_RUN_H

#include "control/run/run.h"

/* Judged by the profile, or by strict with domains and a desired contact
 * where it is NULL. Fails the test where it cannot be made. */
struct run *sample_run_new(const struct profile *profile);

/* The same moment, with nothing in it. */
struct run *sample_run_empty(const struct profile *profile);

/* Turns the unknown into what is expected and not visible, and every third
 * one over to two tenants that are delegated. */
void sample_run_uncover(struct run *run);

#endif
