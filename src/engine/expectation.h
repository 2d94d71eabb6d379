/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions there should be, whoever says so: the root management
 * group, the groups that a scope names, a list of the user's. Held against
 * those that ARM lists, it tells what is not visible.
 *
 * Needs no run and no check: ask, run the loop, sort, see what is listed,
 * and read the coverage. */
#ifndef PIKET_ENGINE_EXPECTATION_H
#define PIKET_ENGINE_EXPECTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/contact.h"
#include "control/coverage.h"
#include "control/scope.h"
#include "control/subscription.h"
#include "control/subscription_set.h"

struct expectation;

/* Told each time that a group has been read, or could not be: err is not
 * NULL where that was a group of the scope's, whose absence is fatal. */
typedef void expectation_changed(struct error *err, void *data);

/* All that is kept is made in the arena, which outlives the expectation.
 * changed is called from loop_run only. */
int expectation_new(struct expectation **ret_expectation, struct arena *arena,
                    expectation_changed *changed, void *data,
                    struct error *err);

/* Nothing may be under way any more. NULL is allowed. */
void expectation_free(struct expectation *expectation);

/* Adds a list that expected_list_parse has read from the file of this
 * name. Its texts are borrowed, as long as what is kept in the arena. */
int expectation_add_list(struct expectation *expectation,
                         const struct subscription_set *list, const char *file,
                         struct error *err);

/* Begins to read the management groups of a scope. The rules are borrowed. */
int expectation_ask_groups(struct expectation *expectation, struct arm *arm,
                           const struct scope_rules *groups,
                           struct error *err);

/* Whose groups these are; what is no UUID is not taken. */
int expectation_set_tenant(struct expectation *expectation,
                           const char *tenant_id, struct error *err);

/* Begins to read the tenant's root management group, whose id is the
 * tenant's. That it cannot be read is no error, only a reason not to know
 * the coverage; that the tenant is not known is another. */
int expectation_ask_root(struct expectation *expectation, struct arm *arm,
                         struct error *err);

/* Takes back what the user's list alone expects: some of what it names may
 * be listed by a tenant that could not be read. */
void expectation_doubt_list(struct expectation *expectation);

/* Whether groups are still being read. */
bool expectation_pending(const struct expectation *expectation);

/* To be called once nothing is pending; all below may be called then. */
void expectation_sort(struct expectation *expectation);

/* Whether the subscription is below a group of the scope's. */
bool expectation_in_groups(const struct expectation *expectation,
                           const char *id);

/* Notes that the subscription is listed. */
void expectation_see(struct expectation *expectation,
                     const struct subscription *listed);

/* Counts a subscription that is in scope, if it is expected, as visible or
 * not; each once. */
void expectation_include(struct expectation *expectation, const char *id);

/* A subscription that is expected, and was not seen. */
struct expectation_missing {
    struct subscription subscription;  /* state is "" */
    const struct contact_error *error; /* NotVisible: why, and what to do */
};

/* The next one at or behind *index, which moves behind it; false where there
 * is none any more. */
bool expectation_next_missing(const struct expectation *expectation,
                              size_t *index,
                              struct expectation_missing *ret_missing);

/* How the coverage is known, or why not; counts what was included. */
struct coverage expectation_coverage(const struct expectation *expectation);

/* Enters into coverage why the root group was not read, if it was not. */
void expectation_why_unknown(const struct expectation *expectation,
                             struct coverage *coverage);

/* The groups of the scope that were read and have no subscriptions. NULL
 * behind the last. */
const struct scope_rule *expectation_empty_group(
    const struct expectation *expectation, size_t index);

#endif
