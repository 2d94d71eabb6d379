/* SPDX-License-Identifier: Apache-2.0 */
/* A run that can be shown to others: without what tells whose it is.
 *
 * Hidden are the ids of subscriptions, tenants and all else that looks like a
 * UUID, the names of tenants and of who signed in, addresses, phone numbers,
 * and the domains that a profile allows; also within sentences, such as
 * Azure's. What stays: the names of subscriptions and management groups, but
 * for the ids and addresses in them, the name of the configuration, the
 * requests' ids (which only Microsoft can look up), and the run's own. */
#ifndef PIKET_CONTROL_MASK_H
#define PIKET_CONTROL_MASK_H

#include "base/error.h"
#include "control/run.h"

/* Makes a masked copy of a sorted run, for run_free. Subscriptions are
 * numbered in its order, all else as it is met in it, so that equal runs have
 * equal masks. What needs no mask is borrowed from the run. */
int mask_run(const struct run *run, struct run **ret_masked,
             struct error *err);

#endif
