/* SPDX-License-Identifier: Apache-2.0 */
/* What only all tenants of a run together can tell, once each of them has
 * listed what it can see: whether the names in a scope exist, what of a
 * user's list is missing, and who takes a subscription that is seen through
 * several tenants (Azure Lighthouse). */
#ifndef PIKET_ENGINE_CHECK_TENANT_RECONCILE_H
#define PIKET_ENGINE_CHECK_TENANT_RECONCILE_H

#include <stddef.h>

#include "base/error.h"
#include "engine/check/tenant_check.h"

/* Borrowed. The checks are certain; of tenants that are lost there is none
 * here. */
struct tenant_reconcile {
    struct tenant_check **checks;
    size_t count;
    size_t lost; /* tenants that are not here */
};

/* Settles all of them. A subscription is taken by the tenant that owns it, or
 * else, where that is one of the run's and does not list it, by the first
 * that does; so it is read once. Names are held against a scope, and the
 * user's list against what is seen, only where all lists are whole. */
int tenant_reconcile_make(const struct tenant_reconcile *tenant_reconcile,
                          struct error *err);

/* The coverage of them all: known where each one's is. */
struct coverage tenant_reconcile_coverage(
    const struct tenant_reconcile *tenant_reconcile);

#endif
