/* SPDX-License-Identifier: Apache-2.0 */
/* The check of one tenant that is signed in to: lists its subscriptions,
 * has those in scope read and judged, and finds what is not visible. A run is
 * made of one or more of these, in one loop; what only all of them together
 * can tell is said by engine/settlement. */
#ifndef PIKET_ENGINE_CHECK_TENANT_CHECK_H
#define PIKET_ENGINE_CHECK_TENANT_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/run/mute_index.h"
#include "control/run/run.h"
#include "control/value/scope.h"
#include "control/value/subscription_set.h"
#include "engine/inventory/expected_subscriptions.h"
#include "engine/session/session.h"

struct tenant_check;

/* The same for all tenants of a run; borrowed. */
struct tenant_check_options {
    struct run *run;
    const struct scope *scope; /* never NULL */
    struct mute_index *mutes;  /* or NULL */
    unsigned concurrency;
    bool images; /* each reading keeps its own, for a plan */
    /* Something was listed or assessed, or the check is done. */
    void (*changed)(void *data);
    /* All subscriptions and management groups are listed. */
    void (*certain)(void *data);
    /* This tenant cannot be read at all: no token, or no answer to the first
     * page of the listing. Nothing else is called after it. */
    void (*lost)(struct error *err, void *data);
    /* The run cannot go on: memory, or a management group that does not
     * exist. */
    void (*failed)(struct error *err, void *data);
    void *data;
};

/* The session is borrowed. */
int tenant_check_new(struct tenant_check **ret_check, struct session *session,
                     const struct tenant_check_options *options,
                     struct error *err);

/* Nothing may be under way. NULL is allowed. */
void tenant_check_free(struct tenant_check *check);

/* Sends the first requests; all else happens in loop_run. */
int tenant_check_start(struct tenant_check *check, struct error *err);

/* Whether nothing more is being listed, so that it can be settled. */
bool tenant_check_certain(const struct tenant_check *check);

/* Whether the list was read to its end, and understood. */
bool tenant_check_whole(const struct tenant_check *check);

/* What is listed, in the run's arena; borrowed. */
const struct subscription *const *tenant_check_listed(
    const struct tenant_check *check, size_t *ret_count);

/* The tenant's id, "" where nothing names it. */
const char *tenant_check_id(const struct tenant_check *check);

/* Whether the subscription is this tenant's to take: its own, where one
 * tenant was asked for by name. */
bool tenant_check_owns(const struct tenant_check *check,
                       const struct subscription *subscription);

/* Adds what a user's list expects, of whichever tenant. Before the start. */
int tenant_check_expect(struct tenant_check *check,
                        const struct subscription_set *list, const char *file,
                        struct error *err);

/* What settles it, each for engine/settlement and in this order, once it is
 * certain. Orders what is expected; takes back what the list alone expects,
 * where not all tenants' lists are whole; */
void tenant_check_sort(struct tenant_check *check);
void tenant_check_doubt_list(struct tenant_check *check);

/* marks what some tenant lists, or has taken, as seen and as counted; */
void tenant_check_see(struct tenant_check *check,
                      const struct subscription *seen);
void tenant_check_count(struct tenant_check *check, const char *id);

/* tells what is expected and not seen (expected_subscriptions_next_missing);
 */
bool tenant_check_next_missing(
    const struct tenant_check *check, size_t *index,
    struct expected_subscriptions_missing *ret_missing);

/* holds the scope against all that there is (scope_filter_verify); */
int tenant_check_verify(const struct tenant_check *check,
                        const struct subscription *const *known, size_t count,
                        struct error *err);

/* whether a subscription that it owns, or adopts, is in scope; takes one that
 * another tenant owns and cannot see; leaves one out that nobody owns; */
bool tenant_check_selects(const struct tenant_check *check,
                          const struct subscription *subscription);
int tenant_check_adopt(struct tenant_check *check,
                       const struct subscription *subscription,
                       struct error *err);
void tenant_check_leave_out(struct tenant_check *check,
                            const struct subscription *subscription);

/* and takes what had to wait, and, where the list is whole, what is
 * missing. */
int tenant_check_settle(struct tenant_check *check, struct error *err);

bool tenant_check_done(const struct tenant_check *check);

/* Subscriptions found in scope so far, and how many of them are judged. */
size_t tenant_check_found(const struct tenant_check *check);
size_t tenant_check_judged(const struct tenant_check *check);

/* Begins nothing further. Answers may still come. */
void tenant_check_interrupt(struct tenant_check *check);

/* Moves what was assessed into the run, which has room for all that was
 * found, and adds what was left out and who was signed in. Nothing may be
 * under way. */
int tenant_check_collect(struct tenant_check *check, struct error *err);

/* After that. */
struct coverage tenant_check_coverage(const struct tenant_check *check);

#endif
