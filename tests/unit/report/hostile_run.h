/* SPDX-License-Identifier: Apache-2.0 */
/* The run that every writer has to survive: each status, requirement and
 * reach, several tenants, mutes, and texts that somebody chose with intent.
 * Another one for those who look for what must not be shown. */
#ifndef PIKET_TESTS_UNIT_REPORT_HOSTILE_RUN_H
#define PIKET_TESTS_UNIT_REPORT_HOSTILE_RUN_H

#include <stddef.h>

#include "control/run/run.h"

/* All of sample_run_new(NULL), and beside it hostile names, tenants, roles,
 * errors, notes, reasons and coverage. Everything in it is valid UTF-8, as in
 * every run: what was not has become U+FFFD. Fails the test where it cannot
 * be made. */
struct run *hostile_run_new(void);

/* What of that run tells whose it is: ids of subscriptions, tenants and
 * people, addresses, phone numbers, names of tenants and of who signed in. A
 * masked report holds none of it, in any letter case. */
extern const char *const hostile_run_secrets[];
extern const size_t hostile_run_secret_count;

/* As many subscriptions as wanted, all alike, for measuring. */
struct run *hostile_run_many(size_t count);

#endif
