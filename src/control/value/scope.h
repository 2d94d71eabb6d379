/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the subscriptions that can be seen are checked. */
#ifndef PIKET_CONTROL_VALUE_SCOPE_H
#define PIKET_CONTROL_VALUE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/value/rule_index.h"
#include "control/value/subscription.h"

/* An id or a name, which is meant to be one subscription's, or a glob of
 * either. Letter case does not count. */
struct scope_rule {
    const char *text;
    const char *origin; /* "--subscription", "piket.yaml: scope.exclude" */
};

struct scope_rules {
    struct scope_rule *items;
    size_t count;
};

/* Borrowed throughout. Without subscriptions and groups, everything is in
 * scope that is not excluded; an exclusion always wins. */
struct scope {
    struct scope_rules subscriptions;
    struct scope_rules groups; /* management groups, by id */
    struct scope_rules exclusions;
    /* Of subscriptions and exclusions, by scope_index; where they are NULL,
     * rules are tried one by one. */
    struct rule_index *included, *excluded;
    bool recorded; /* the subscriptions' ids come from a record, not from a
                      person: that one is gone is no error */
};

/* Makes the rules for subscriptions ready for thousands of them; the indexes
 * live in the arena. Fails where there are more than RULE_INDEX_GLOBS globs
 * among the inclusions, or among the exclusions. */
int scope_index(struct scope *scope, struct arena *arena, struct error *err);

/* Whether text may be a management group's id, and stand in a path: up to 90
 * letters, digits and _-.(), not a full stop at the end. */
bool scope_valid_group(const char *text);

/* Whether only what is named is in scope. */
bool scope_has_inclusions(const struct scope *scope);

/* By the rules for subscriptions alone, without the management groups. */
bool scope_includes(const struct scope *scope,
                    const struct subscription *subscription);
bool scope_excludes(const struct scope *scope,
                    const struct subscription *subscription);

/* Takes a sentence of warning. Returns -1 with an error. */
typedef int scope_warning(const char *sentence, void *data, struct error *err);

/* Holds each rule against all subscriptions. A name or id that none has, a
 * name that several have, and an inclusion's glob that fits none are errors
 * that name the candidates; an exclusion's glob that fits none is a
 * warning. */
int scope_verify(const struct scope *scope,
                 const struct subscription *const *listed, size_t count,
                 scope_warning *warning, void *data, struct error *err);

#endif
