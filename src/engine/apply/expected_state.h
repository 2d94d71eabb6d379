/* SPDX-License-Identifier: Apache-2.0 */
/* What a change is to bring about, and whether a reading shows that it
 * has. */
#ifndef PIKET_ENGINE_APPLY_EXPECTED_STATE_H
#define PIKET_ENGINE_APPLY_EXPECTED_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/run/mute_index.h"
#include "control/plan/operation.h"
#include "control/requirement/profile.h"
#include "control/value/subscription.h"

/* Borrowed. */
struct expected_state {
    const struct subscription *subscription;
    enum contact_version version; /* in which body is written */
    const char *body;             /* NULL: there should be no contact */
    bool exact; /* equal as JSON, as a reversal wants it; else as words */
    const struct profile *profile; /* to be passed as well; or NULL */
    struct mute_index *mutes;      /* or NULL */
};

struct expected_state_verdict {
    bool met;
    struct change_residue *residue; /* what differs from body */
    size_t residue_count;
    const struct contact_error *error; /* why it is not met although nothing
                                          differs, or nothing can be compared;
                                          else NULL */
};

/* Judges a reading of kind DONE, with its image, or UNREGISTERED. The verdict
 * lives in the arena. */
int expected_state_judge(const struct expected_state *expected_state,
                         const struct contact_reading *reading,
                         struct arena *arena,
                         struct expected_state_verdict *ret_verdict,
                         struct error *err);

#endif
