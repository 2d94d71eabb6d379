/* SPDX-License-Identifier: Apache-2.0 */
/* One run: the check of each tenant, in one loop, with one report. */
#ifndef PIKET_ENGINE_CHECK_CHECK_H
#define PIKET_ENGINE_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/run/mute_index.h"
#include "control/run/run.h"
#include "control/value/scope.h"
#include "control/value/subscription_set.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"

/* Told of each subscription found and assessed. */
typedef void check_progress(size_t assessed, size_t found, void *data);

struct check;

/* The sessions, one for each tenant, and the loop are borrowed, the run is
 * filled: its profile decides. concurrency bounds how many reads of each
 * tenant are queued ahead. */
int check_new(struct check **ret_check, struct session *const *sessions,
              size_t count, struct loop *loop, struct run *run,
              unsigned concurrency, struct error *err);

/* Ends what is still under way. NULL is allowed. */
void check_free(struct check *check);

void check_set_progress(struct check *check, check_progress *progress,
                        void *data);

/* What is checked; everything, unless it is called. The scope is borrowed. */
void check_set_scope(struct check *check, const struct scope *scope);

/* The mutes to apply to each assessment; borrowed. */
void check_set_mutes(struct check *check, struct mute_index *mutes);

/* Has each reading keep its image, for a plan. */
void check_keep_images(struct check *check);

/* What there should be, as the user's file of this name says; borrowed. */
void check_set_expected(struct check *check,
                        const struct subscription_set *expected,
                        const char *file);

/* Lists, reads and judges until nothing is left, or until check_interrupt.
 * A tenant that cannot be signed in to, or shows no list, is an error of its
 * own in the run, which is incomplete then, and the others go on.
 * Subscriptions are read while the listing still goes on. One subscription's
 * failure never stops the others: it is an assessment of status unknown, as
 * is what should be listed and is not. A listing that breaks off leaves
 * run.complete false and a run error; nothing counts as missing then.
 *
 * Fails where there is nothing to report: no token or no answer to the first
 * page of the listing, for any tenant; a scope that names what does not exist
 * in any, or no memory. */
int check_run(struct check *check, struct error *err);

/* Ends check_run soon: what was finished stays, the rest becomes unknown
 * with code Interrupted. May be called from a loop callback. */
void check_interrupt(struct check *check);

#endif
