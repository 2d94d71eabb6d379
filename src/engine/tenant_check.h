/* SPDX-License-Identifier: Apache-2.0 */
/* The check of one tenant that is signed in to: lists its subscriptions,
 * has those in scope read and judged, and finds what is not visible. A run is
 * made of one or more of these, in one loop. */
#ifndef PIKET_ENGINE_TENANT_CHECK_H
#define PIKET_ENGINE_TENANT_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/mute_index.h"
#include "control/run.h"
#include "control/scope.h"
#include "control/subscription_set.h"
#include "engine/session.h"

struct tenant_check;

/* The same for all tenants of a run; borrowed. */
struct tenant_check_options {
    struct run *run;
    const struct scope *scope;               /* never NULL */
    struct mute_index *mutes;                /* or NULL */
    const struct subscription_set *expected; /* a user's list, or NULL */
    const char *expected_file;
    unsigned concurrency;
    /* Something was listed or assessed, or the check is done. */
    void (*changed)(void *data);
    /* The run cannot go on: memory, a scope that names what does not exist,
     * no answer to the first page of the listing. */
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

bool tenant_check_done(const struct tenant_check *check);

/* Whether the listing has shown any subscription. */
bool tenant_check_saw_any(const struct tenant_check *check);

/* Subscriptions found in scope so far, and how many of them are judged. */
size_t tenant_check_found(const struct tenant_check *check);
size_t tenant_check_judged(const struct tenant_check *check);

/* Begins nothing further. Answers may still come. */
void tenant_check_interrupt(struct tenant_check *check);

/* Moves what was assessed into the run, which has room for all that was
 * found, and adds what was left out, who was signed in and the coverage.
 * Nothing may be under way. */
int tenant_check_collect(struct tenant_check *check, struct error *err);

#endif
