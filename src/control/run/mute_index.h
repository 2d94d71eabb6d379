/* SPDX-License-Identifier: Apache-2.0 */
/* Many mutes on many subscriptions, found by a rule_index. */
#ifndef PIKET_CONTROL_RUN_MUTE_INDEX_H
#define PIKET_CONTROL_RUN_MUTE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/run/assessment.h"
#include "control/run/mute.h"

struct mute_index;

enum {
    MUTE_SOON_DAYS = 30,     /* a mute that ends within is reported */
    MUTE_NOTES_CEILING = 50, /* of each kind; the rest is counted */
};

/* The mutes are borrowed, the index lives in the arena. now decides which
 * of them are past their day: milliseconds since 1970. */
int mute_index_new(struct mute_index **ret_index, const struct mute *mutes,
                   size_t count, int64_t now, struct arena *arena,
                   struct error *err);

/* Mutes what fails in the assessment and is covered by a mute that has not
 * ended, the first in the file's order of those that name the subscription,
 * else of the globs; the assessment's status follows. What passes, or is not
 * known, stays as it is. */
void mute_index_apply(struct mute_index *index, struct assessment *assessment);

/* Remembers that a subscription exists which is not assessed, so that its
 * mutes count as matched. */
void mute_index_see(struct mute_index *index,
                    const struct subscription *subscription);

/* Takes one sentence. Returns -1 with an error to end the report. */
typedef int mute_index_note(const char *sentence, void *data,
                            struct error *err);

/* Tells of the mutes that have ended, those that end soon, and, where all
 * subscriptions were seen, those that matched nothing. file is the name of
 * the configuration. */
int mute_index_report(const struct mute_index *index, const char *file,
                      bool all_seen, mute_index_note *note, void *data,
                      struct error *err);

/* How many times a mute was compared with a subscription so far. */
uint64_t mute_index_comparisons(const struct mute_index *index);

#endif
