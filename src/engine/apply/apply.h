/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out a plan: journals, re-reads, writes, reads back, journals; many
 * subscriptions at a time, the first one alone. */
#ifndef PIKET_ENGINE_APPLY_APPLY_H
#define PIKET_ENGINE_APPLY_APPLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "control/run/mute_index.h"
#include "control/plan/operation.h"
#include "control/plan/plan.h"
#include "control/requirement/profile.h"
#include "engine/apply/apply_change.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"
#include "store/store.h"

/* Told of each change that has ended. */
typedef void apply_progress(size_t ended, size_t planned, void *data);

/* All borrowed. */
struct apply_options {
    struct loop *loop;
    struct session *const *sessions; /* of the plan's tenants */
    size_t session_count;
    struct store *store;           /* whose journal is locked */
    const struct plan *plan;       /* with its bodies */
    const struct profile *profile; /* that a remediation must pass */
    struct mute_index *mutes;      /* or NULL */
    struct operation operation;    /* id and plan are the plan's */
    size_t limit;                  /* changes at most; 0: all */
    size_t stop_after;        /* failures, after which no further one begins;
                                 0: however many */
    int64_t verify_timeout;   /* milliseconds for a change to show */
    unsigned concurrency;     /* subscriptions at a time */
    apply_progress *progress; /* or NULL */
    apply_backup *backup;     /* or NULL */
    void *data;               /* for these two */
};

struct apply;

int apply_new(struct apply **ret_apply, const struct apply_options *options,
              struct error *err);

/* Ends what is still under way. NULL is allowed. */
void apply_free(struct apply *apply);

/* Applies until nothing is left, a brake stops it, or apply_interrupt.
 *
 * The brakes. The first change goes alone, and the others only once it is
 * DONE; after one that was not sent, the next goes alone. limit counts what
 * was sent. REFUSED, DIFFERENT and UNVERIFIED count for stop_after, but for a
 * reversal of which Azure only keeps what was to go; a change under way is
 * then brought to its end, or not sent where it is not sent yet.
 * Short of a brake, one subscription's failure never stops the others.
 *
 * Fails only where nothing could be journalled at all; where the journal fails
 * midway, no further request is sent, the report says why, what was sent is
 * read back all the same, and its result is marked as unrecorded where the
 * store does not have it, or is not the one any more that was opened. */
int apply_run(struct apply *apply, struct error *err);

/* Begins no further change; those under way are brought to their end. May be
 * called from a loop callback. */
void apply_interrupt(struct apply *apply);

/* After apply_run. Borrowed from the apply. */
const struct operation_report *apply_report(const struct apply *apply);

#endif
