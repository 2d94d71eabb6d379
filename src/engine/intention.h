/* SPDX-License-Identifier: Apache-2.0 */
/* What a change is to bring about, and whether a reading shows that it
 * has. */
#ifndef PIKET_ENGINE_INTENTION_H
#define PIKET_ENGINE_INTENTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact.h"
#include "control/mute_index.h"
#include "control/operation.h"
#include "control/profile.h"
#include "control/subscription.h"

/* Borrowed. */
struct intention {
    const struct subscription *subscription;
    enum contact_version version; /* in which body is written */
    const char *body;             /* NULL: there should be no contact */
    bool exact; /* equal as JSON, as a reversal wants it; else as words */
    const struct profile *profile; /* to be passed as well; or NULL */
    struct mute_index *mutes;      /* or NULL */
};

struct intention_verdict {
    bool met;
    struct change_residue *residue; /* what differs from body */
    size_t residue_count;
    const struct contact_error *error; /* why it is not met although nothing
                                          differs, or nothing can be compared;
                                          else NULL */
};

/* Judges a reading of kind DONE, with its image, or UNREGISTERED. The verdict
 * lives in the arena. */
int intention_judge(const struct intention *intention,
                    const struct contact_reading *reading, struct arena *arena,
                    struct intention_verdict *ret_verdict, struct error *err);

#endif
