/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the subscriptions listed are read: the scope, and the management
 * groups that it names. */
#ifndef PIKET_ENGINE_SELECTION_H
#define PIKET_ENGINE_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm.h"
#include "base/error.h"
#include "control/run.h"
#include "control/scope.h"

struct selection;

/* Told once, when all management groups are read, or when one cannot be:
 * err then says which and why, else it is NULL. */
typedef void selection_ready(struct error *err, void *data);

/* Scope and run are borrowed; sentences of warning go into the run. scope
 * may be NULL: everything is selected. */
int selection_new(struct selection **ret_selection, const struct scope *scope,
                  struct run *run, struct error *err);

/* NULL is allowed. Nothing may be under way any more. */
void selection_free(struct selection *selection);

/* Begins to read the management groups, if there are any; otherwise ready
 * is never called. */
int selection_start(struct selection *selection, struct arm *arm,
                    selection_ready *ready, void *data, struct error *err);

/* Whether management groups are still being read. */
bool selection_pending(const struct selection *selection);

/* Whether nothing may be read before all subscriptions are listed. Where
 * there are only exclusions, reading may begin at once. */
bool selection_defers(const struct selection *selection);

/* Whether the subscription is to be read. */
bool selection_takes(const struct selection *selection,
                     const struct subscription *subscription);

/* Holds the scope against the whole list, as scope_verify does. A
 * subscription of a management group that is not in the list makes the run
 * incomplete. */
int selection_verify(struct selection *selection,
                     const struct subscription *const *listed, size_t count,
                     struct error *err);

#endif
