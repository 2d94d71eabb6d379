/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions are checked. */
#include "engine/inventory/scope_filter.h"

#include "base/cleanup.h"

const struct scope scope_filter_everything = { .recorded = false };

bool
scope_filter_defers(const struct scope_filter *scope_filter)
{
    return scope_has_inclusions(scope_filter->scope);
}

bool
scope_filter_only_groups(const struct scope_filter *scope_filter)
{
    return scope_filter->scope->groups.count > 0
           && scope_filter->scope->subscriptions.count == 0;
}

bool
scope_filter_takes(const struct scope_filter *scope_filter,
                   const struct subscription *subscription)
{
    const struct scope *scope = scope_filter->scope;

    if (scope_excludes(scope, subscription))
        return false;
    return !scope_has_inclusions(scope) || scope_includes(scope, subscription)
           || expected_subscriptions_in_groups(
               scope_filter->expected_subscriptions, subscription->id);
}

static int
add_note(const char *sentence, void *data, struct error *err)
{
    return run_add_note(data, sentence, err);
}

static int
note_empty_groups(const struct scope_filter *scope_filter, struct run *run,
                  struct error *err)
{
    const struct scope_rule *rule;

    for (size_t i = 0; (rule = expected_subscriptions_empty_group(
                            scope_filter->expected_subscriptions, i))
                       != NULL;
         i++) {
        AUTOERROR sentence = ERROR_INIT;
        error_set(&sentence, "%s: management group '%s' has no subscriptions",
                  rule->origin, rule->text);
        if (run_add_note(run, error_message(&sentence), err) < 0)
            return -1;
    }
    return 0;
}

int
scope_filter_verify(const struct scope_filter *scope_filter,
                    const struct subscription *const *known, size_t count,
                    struct run *run, struct error *err)
{
    if (note_empty_groups(scope_filter, run, err) < 0)
        return -1;
    return scope_verify(scope_filter->scope, known, count, add_note, run, err);
}
