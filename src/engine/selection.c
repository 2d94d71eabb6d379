/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions are checked. */
#include "engine/selection.h"

#include "base/cleanup.h"

const struct scope selection_everything = { .recorded = false };

bool
selection_defers(const struct selection *selection)
{
    return scope_has_inclusions(selection->scope);
}

bool
selection_only_groups(const struct selection *selection)
{
    return selection->scope->groups.count > 0
           && selection->scope->subscriptions.count == 0;
}

bool
selection_takes(const struct selection *selection,
                const struct subscription *subscription)
{
    const struct scope *scope = selection->scope;

    if (scope_excludes(scope, subscription))
        return false;
    return !scope_has_inclusions(scope) || scope_includes(scope, subscription)
           || expectation_in_groups(selection->expectation, subscription->id);
}

static int
add_note(const char *sentence, void *data, struct error *err)
{
    return run_add_note(data, sentence, err);
}

static int
note_empty_groups(const struct selection *selection, struct run *run,
                  struct error *err)
{
    const struct scope_rule *rule;

    for (size_t i = 0;
         (rule = expectation_empty_group(selection->expectation, i)) != NULL;
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
selection_verify(const struct selection *selection,
                 const struct subscription *const *known, size_t count,
                 struct run *run, struct error *err)
{
    if (note_empty_groups(selection, run, err) < 0)
        return -1;
    return scope_verify(selection->scope, known, count, add_note, run, err);
}
