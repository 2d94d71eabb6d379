/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions are checked: the scope, with the members of the
 * management groups that it names. */
#ifndef PIKET_ENGINE_INVENTORY_SCOPE_FILTER_H
#define PIKET_ENGINE_INVENTORY_SCOPE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/run/run.h"
#include "control/value/scope.h"
#include "engine/inventory/expected_subscriptions.h"

/* Borrowed throughout. */
struct scope_filter {
    const struct scope *scope; /* never NULL */
    const struct expected_subscriptions *expected_subscriptions;
};

/* The scope of whom nothing is asked. */
extern const struct scope scope_filter_everything;

/* Whether nothing may be read before all subscriptions and management groups
 * are listed. Where there are only exclusions, reading may begin at once. */
bool scope_filter_defers(const struct scope_filter *scope_filter);

/* Whether the scope's groups cover all that it includes, so that the root
 * group has nothing to add. */
bool scope_filter_only_groups(const struct scope_filter *scope_filter);

/* Whether the subscription is in scope. Where scope_filter_defers, not before
 * the expectation is sorted. */
bool scope_filter_takes(const struct scope_filter *scope_filter,
                        const struct subscription *subscription);

/* Holds the scope against all subscriptions that there are, as scope_verify
 * does, and notes what is strange in the run. */
int scope_filter_verify(const struct scope_filter *scope_filter,
                        const struct subscription *const *known, size_t count,
                        struct run *run, struct error *err);

#endif
