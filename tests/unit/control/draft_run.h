/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of made-up contacts, for what is drafted from them. */
#ifndef PIKET_TESTS_UNIT_CONTROL_DRAFT_RUN_H
#define PIKET_TESTS_UNIT_CONTROL_DRAFT_RUN_H

#include <stddef.h>

#include "control/run/run.h"

#define DRAFT_TENANT "7c0ffee0-0000-4000-8000-00000000abcd"

/* An empty, complete run of the tenant with room for this many
 * assessments. */
struct run *draft_run_new(const struct profile *profile, size_t room);

/* Adds a subscription with this reading, in this state. */
void draft_run_add(struct run *run, const char *state,
                   const struct contact_reading *reading);

/* Adds an enabled subscription whose contact is a copy of this one. */
void draft_run_add_contact(struct run *run, const struct contact *contact);

/* The same, of one address, with nothing else. */
void draft_run_add_email(struct run *run, const char *email);

#endif
