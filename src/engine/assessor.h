/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the contacts of one tenant's subscriptions, many at a time, and
 * judges them. */
#ifndef PIKET_ENGINE_ASSESSOR_H
#define PIKET_ENGINE_ASSESSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "azure/arm.h"
#include "base/error.h"
#include "control/mute_index.h"
#include "control/run.h"

struct assessor;

/* Borrowed. The callbacks may come from within assessor_take. */
struct assessor_options {
    struct arm *arm;
    struct run *run;             /* for its profile and arena */
    struct mute_index *mutes;    /* or NULL */
    unsigned concurrency;        /* of the client */
    bool images;                 /* each reading keeps its own, for a plan */
    void (*changed)(void *data); /* one more is judged */
    void (*failed)(struct error *err, void *data); /* of our own: memory */
    void *data;
};

int assessor_new(struct assessor **ret_assessor,
                 const struct assessor_options *options, struct error *err);

/* No read may be under way. NULL is allowed. */
void assessor_free(struct assessor *assessor);

/* Has the subscription read and judged; its texts live as long as the
 * run. */
int assessor_take(struct assessor *assessor,
                  const struct subscription *subscription, struct error *err);

/* Judges at once, as unknown, one that there is no reading of. error lives
 * as long as the run. */
int assessor_take_unread(struct assessor *assessor,
                         const struct subscription *subscription,
                         const struct contact_error *error, struct error *err);

/* Whether all that was taken is judged. */
bool assessor_idle(const struct assessor *assessor);

size_t assessor_taken(const struct assessor *assessor);
size_t assessor_judged(const struct assessor *assessor);

/* Begins no further read. */
void assessor_interrupt(struct assessor *assessor);

/* Appends what was assessed to the run, which has room for all that was
 * taken; what was not judged is unknown, with code Interrupted. Notes what
 * the API version cannot show. */
int assessor_collect(struct assessor *assessor, struct error *err);

#endif
