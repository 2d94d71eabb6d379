/* SPDX-License-Identifier: Apache-2.0 */
/* Many rules on many subscriptions: what names one subscription is found by
 * bisection, only globs are tried one by one. */
#ifndef PIKET_CONTROL_VALUE_RULE_INDEX_H
#define PIKET_CONTROL_VALUE_RULE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/value/subscription.h"

struct rule_index;

/* Globs of one list: whoever has thousands of subscriptions needs some dozens.
 * Each is tried on each subscription; names and ids are without number. */
enum {
    RULE_INDEX_GLOBS = 1000,
    RULE_INDEX_GLOB_CEILING = 1024, /* bytes of each: as of Azure's names */
};

/* Each of the texts is an id, a name, or a glob of either, in any letter case.
 * They are borrowed, the index lives in the arena. rule_index_admit has let
 * each of them in: whoever calls that knows where the text stands. */
int rule_index_new(struct rule_index **ret_index, const char *const *texts,
                   size_t count, struct arena *arena, struct error *err);

/* Called with the number of a text. Returns whether to go on. */
typedef bool rule_index_found(size_t number, void *data);

/* Calls for each text that fits the subscription, once: its id, its name,
 * the globs, each of these in the order of the texts. */
void rule_index_find(struct rule_index *index,
                     const struct subscription *subscription,
                     rule_index_found *found, void *data);

/* Whether any fits. */
bool rule_index_fits(struct rule_index *index,
                     const struct subscription *subscription);

/* How many times a text was compared with a subscription so far. */
uint64_t rule_index_comparisons(const struct rule_index *index);

/* To be called for each text of a list, with a count that begins at 0. Fails
 * where it is a glob, and one too many, or too long: "is one more than 1000
 * patterns". */
int rule_index_admit(const char *text, size_t *globs, struct error *err);

#endif
