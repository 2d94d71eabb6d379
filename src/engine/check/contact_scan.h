/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the contacts of one tenant's subscriptions, many at a time, and
 * judges them. */
#ifndef PIKET_ENGINE_CHECK_CONTACT_SCAN_H
#define PIKET_ENGINE_CHECK_CONTACT_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm/arm.h"
#include "base/error.h"
#include "control/run/mute_index.h"
#include "control/run/run.h"

struct contact_scan;

/* Borrowed. The callbacks may come from within contact_scan_take. */
struct contact_scan_options {
    struct arm *arm;
    struct run *run;             /* for its profile and arena */
    struct mute_index *mutes;    /* or NULL */
    unsigned concurrency;        /* of the client */
    bool images;                 /* each reading keeps its own, for a plan */
    void (*changed)(void *data); /* one more is judged */
    void (*failed)(struct error *err, void *data); /* of our own: memory */
    void *data;
};

int contact_scan_new(struct contact_scan **ret_contact_scan,
                     const struct contact_scan_options *options,
                     struct error *err);

/* No read may be under way. NULL is allowed. */
void contact_scan_free(struct contact_scan *contact_scan);

/* Has the subscription read and judged; its texts live as long as the
 * run. */
int contact_scan_take(struct contact_scan *contact_scan,
                      const struct subscription *subscription,
                      struct error *err);

/* Judges at once, as unknown, one that there is no reading of. error lives
 * as long as the run. */
int contact_scan_take_unread(struct contact_scan *contact_scan,
                             const struct subscription *subscription,
                             const struct contact_error *error,
                             struct error *err);

/* Whether all that was taken is judged. */
bool contact_scan_idle(const struct contact_scan *contact_scan);

size_t contact_scan_taken(const struct contact_scan *contact_scan);
size_t contact_scan_judged(const struct contact_scan *contact_scan);

/* Begins no further read. */
void contact_scan_interrupt(struct contact_scan *contact_scan);

/* Appends what was assessed to the run, which has room for all that was
 * taken; what was not judged is unknown, with code Interrupted. Notes what
 * the API version cannot show. */
int contact_scan_collect(struct contact_scan *contact_scan, struct error *err);

#endif
