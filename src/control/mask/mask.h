/* SPDX-License-Identifier: Apache-2.0 */
/* A run that can be shown to others: without what tells whose it is.
 *
 * Hidden are the ids of subscriptions, tenants and all else that looks like a
 * UUID, the names of tenants and of who signed in, addresses, phone numbers,
 * and the domains that a profile allows; also within sentences, such as
 * Azure's. What stays: the names of subscriptions and management groups, but
 * for the ids and addresses in them, the name of the configuration, the
 * requests' ids (which only Microsoft can look up), and the run's own. */
#ifndef PIKET_CONTROL_MASK_MASK_H
#define PIKET_CONTROL_MASK_MASK_H

#include "base/error.h"
#include "control/run/run.h"

/* Makes masked copies, for run_free, of a sorted run and of the one before it,
 * which may be NULL: what is the same in both has the same mask.
 * Subscriptions are numbered in the run's order, all else as it is met in it,
 * so that equal runs have equal masks. What needs no mask is borrowed from the
 * runs; the copy of the previous one ends before that of the run. */
int mask_run(const struct run *run, const struct run *previous,
             struct run **ret_masked, struct run **ret_previous,
             struct error *err);

#endif
