/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions are checked: the scope, with the members of the
 * management groups that it names. */
#ifndef PIKET_ENGINE_SELECTION_H
#define PIKET_ENGINE_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/run.h"
#include "control/scope.h"
#include "engine/expectation.h"

/* Borrowed throughout. */
struct selection {
    const struct scope *scope; /* never NULL */
    const struct expectation *expectation;
};

/* The scope of whom nothing is asked. */
extern const struct scope selection_everything;

/* Whether nothing may be read before all subscriptions and management groups
 * are listed. Where there are only exclusions, reading may begin at once. */
bool selection_defers(const struct selection *selection);

/* Whether the scope's groups cover all that it includes, so that the root
 * group has nothing to add. */
bool selection_only_groups(const struct selection *selection);

/* Whether the subscription is in scope. Where selection_defers, not before
 * the expectation is sorted. */
bool selection_takes(const struct selection *selection,
                     const struct subscription *subscription);

/* Holds the scope against all subscriptions that there are, as scope_verify
 * does, and notes what is strange in the run. */
int selection_verify(const struct selection *selection,
                     const struct subscription *const *known, size_t count,
                     struct run *run, struct error *err);

#endif
