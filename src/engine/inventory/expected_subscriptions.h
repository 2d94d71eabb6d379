/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions there should be, whoever says so: the root management
 * group, the groups that a scope names, a list of the user's. Held against
 * those that ARM lists, it tells what is not visible.
 *
 * Needs no run and no check: ask, run the loop, sort, see what is listed,
 * and read the coverage. */
#ifndef PIKET_ENGINE_INVENTORY_EXPECTED_SUBSCRIPTIONS_H
#define PIKET_ENGINE_INVENTORY_EXPECTED_SUBSCRIPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/run/coverage.h"
#include "control/value/scope.h"
#include "control/value/subscription.h"
#include "control/value/subscription_set.h"

struct expected_subscriptions;

/* Told each time that a group has been read, or could not be: err is not
 * NULL where that was a group of the scope's, whose absence is fatal. */
typedef void expected_subscriptions_changed(struct error *err, void *data);

/* All that is kept is made in the arena, which outlives the expectation.
 * changed is called from loop_run only. */
int expected_subscriptions_new(
    struct expected_subscriptions **ret_expected_subscriptions,
    struct arena *arena, expected_subscriptions_changed *changed, void *data,
    struct error *err);

/* Nothing may be under way any more. NULL is allowed. */
void expected_subscriptions_free(
    struct expected_subscriptions *expected_subscriptions);

/* Adds a list that expected_list_parse has read from the file of this
 * name. Its texts are borrowed, as long as what is kept in the arena. */
int expected_subscriptions_add_list(
    struct expected_subscriptions *expected_subscriptions,
    const struct subscription_set *list, const char *file, struct error *err);

/* Begins to read the management groups of a scope. The rules are borrowed. */
int expected_subscriptions_ask_groups(
    struct expected_subscriptions *expected_subscriptions, struct arm *arm,
    const struct scope_rules *groups, struct error *err);

/* Whose groups these are; what is no UUID is not taken. */
int expected_subscriptions_set_tenant(
    struct expected_subscriptions *expected_subscriptions,
    const char *tenant_id, struct error *err);

/* Begins to read the tenant's root management group, whose id is the
 * tenant's. That it cannot be read is no error, only a reason not to know
 * the coverage; that the tenant is not known is another. */
int expected_subscriptions_ask_root(
    struct expected_subscriptions *expected_subscriptions, struct arm *arm,
    struct error *err);

/* Takes back what the user's list alone expects: some of what it names may
 * be listed by a tenant that could not be read. */
void expected_subscriptions_doubt_list(
    struct expected_subscriptions *expected_subscriptions);

/* Whether groups are still being read. */
bool expected_subscriptions_pending(
    const struct expected_subscriptions *expected_subscriptions);

/* To be called once nothing is pending; all below may be called then. */
void expected_subscriptions_sort(
    struct expected_subscriptions *expected_subscriptions);

/* Whether the subscription is below a group of the scope's. */
bool expected_subscriptions_in_groups(
    const struct expected_subscriptions *expected_subscriptions,
    const char *id);

/* Notes that the subscription is listed. */
void expected_subscriptions_see(
    struct expected_subscriptions *expected_subscriptions,
    const struct subscription *listed);

/* Counts a subscription that is in scope, if it is expected, as visible or
 * not; each once. */
void expected_subscriptions_include(
    struct expected_subscriptions *expected_subscriptions, const char *id);

/* A subscription that is expected, and was not seen. */
struct expected_subscriptions_missing {
    struct subscription subscription;  /* state is "" */
    const struct contact_error *error; /* NotVisible: why, and what to do */
};

/* The next one at or behind *index, which moves behind it; false where there
 * is none any more. */
bool expected_subscriptions_next_missing(
    const struct expected_subscriptions *expected_subscriptions, size_t *index,
    struct expected_subscriptions_missing *ret_missing);

/* How the coverage is known, or why not; counts what was included. */
struct coverage expected_subscriptions_coverage(
    const struct expected_subscriptions *expected_subscriptions);

/* Enters into coverage why the root group was not read, if it was not. */
void expected_subscriptions_why_unknown(
    const struct expected_subscriptions *expected_subscriptions,
    struct coverage *coverage);

/* The groups of the scope that were read and have no subscriptions. NULL
 * behind the last. */
const struct scope_rule *expected_subscriptions_empty_group(
    const struct expected_subscriptions *expected_subscriptions, size_t index);

#endif
