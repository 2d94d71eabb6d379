/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the subscriptions that can be seen are checked. */
#include "control/value/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/value/glob.h"

enum {
    SCOPE_GROUP_LENGTH = 90,
    SCOPE_CANDIDATES = 10, /* that an error lists */
    SCOPE_SHORT_ID = 8,    /* digits of an id that reports show */
    SCOPE_SENTENCE_CEILING = 64 * 1024,
};

bool
scope_valid_group(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-.()";
    const size_t length = strlen(text);

    return length > 0 && length <= SCOPE_GROUP_LENGTH
           && text[strspn(text, letters)] == '\0' && text[length - 1] != '.';
}

bool
scope_has_inclusions(const struct scope *scope)
{
    return scope->subscriptions.count > 0 || scope->groups.count > 0;
}

static bool
rule_matches(const struct scope_rule *rule,
             const struct subscription *subscription)
{
    return glob_match(rule->text, subscription->name)
           || glob_match(rule->text, subscription->id);
}

static int
index_rules(const struct scope_rules *rules, struct arena *arena,
            struct rule_index **ret_index, struct error *err)
{
    AUTOFREE const char **texts = calloc(rules->count + 1, sizeof(*texts));
    size_t globs = 0;

    if (texts == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < rules->count; i++) {
        const struct scope_rule *rule = &rules->items[i];
        if (rule_index_admit(rule->text, &globs, err) < 0)
            return error_wrap(err, "%s: '%s'", rule->origin, rule->text);
        texts[i] = rule->text;
    }
    return rule_index_new(ret_index, texts, rules->count, arena, err);
}

int
scope_index(struct scope *scope, struct arena *arena, struct error *err)
{
    if (index_rules(&scope->subscriptions, arena, &scope->included, err) < 0)
        return -1;
    return index_rules(&scope->exclusions, arena, &scope->excluded, err);
}

static bool
any_matches(const struct scope_rules *rules, struct rule_index *index,
            const struct subscription *subscription)
{
    if (index != NULL)
        return rule_index_fits(index, subscription);
    for (size_t i = 0; i < rules->count; i++)
        if (rule_matches(&rules->items[i], subscription))
            return true;
    return false;
}

bool
scope_includes(const struct scope *scope,
               const struct subscription *subscription)
{
    return any_matches(&scope->subscriptions, scope->included, subscription);
}

bool
scope_excludes(const struct scope *scope,
               const struct subscription *subscription)
{
    return any_matches(&scope->exclusions, scope->excluded, subscription);
}

/* All subscriptions, and what to do with a warning. */
struct verification {
    const struct subscription *const *listed;
    size_t count;
    scope_warning *warning;
    void *data;
};

static void
append_candidate(struct buffer *list, const struct subscription *subscription)
{
    /* A name with line breaks would look like more advice of ours. */
    if (list->length > 0)
        buffer_append_text(list, ", ");
    text_append_printable(list, subscription->name);
    buffer_printf(list, " (%s)", subscription->id);
}

/* Lists the subscriptions that a rule matches, or all of them. */
static void
append_candidates(const struct verification *all,
                  const struct scope_rule *rule, struct buffer *list)
{
    size_t shown = 0, more = 0;

    for (size_t i = 0; i < all->count; i++) {
        if (rule != NULL && !rule_matches(rule, all->listed[i]))
            continue;
        if (shown == SCOPE_CANDIDATES) {
            more++;
            continue;
        }
        append_candidate(list, all->listed[i]);
        shown++;
    }
    if (more > 0)
        buffer_printf(list, " and %zu more", more);
}

/* Advises the id alone of a resource's path, or the subscriptions whose ids
 * begin as the word does: reports show the first eight digits. Returns
 * whether the word is either. */
static bool
advise_id(const struct verification *all, const char *word, struct error *err)
{
    static const char prefix[] = "/subscriptions/";
    AUTOBUFFER list = BUFFER_INIT(SCOPE_SENTENCE_CEILING);

    if (text_starts_with_ignoring_case(word, prefix)) {
        error_advise(err, "give the id alone: %s", word + strlen(prefix));
        return true;
    }
    if (strlen(word) < SCOPE_SHORT_ID)
        return false;
    for (size_t i = 0; i < all->count; i++)
        if (text_starts_with_ignoring_case(all->listed[i]->id, word))
            append_candidate(&list, all->listed[i]);
    if (list.length > 0)
        error_advise(err, "give the whole id: %s", buffer_text(&list));
    return list.length > 0;
}

/* Advises the subscription whose name is nearest, or else those there are. */
static int
advise_candidates(const struct verification *all, const char *word,
                  struct error *err)
{
    AUTOBUFFER list = BUFFER_INIT(SCOPE_SENTENCE_CEILING);
    AUTOFREE const char **names = calloc(all->count + 1, sizeof(*names));

    if (advise_id(all, word, err))
        return -1;
    if (names == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < all->count; i++)
        names[i] = all->listed[i]->name;
    const char *nearest =
        glob_is_pattern(word) ? NULL : text_nearest(word, names, all->count);
    if (nearest != NULL) {
        text_append_printable(&list, nearest);
        return error_advise(err, "did you mean '%s'?", buffer_text(&list));
    }
    append_candidates(all, NULL, &list);
    if (all->count == 0)
        return error_advise(err, "there are no subscriptions to be seen");
    return error_advise(err, "there are: %s", buffer_text(&list));
}

static int
refuse_ambiguous(const struct verification *all, const struct scope_rule *rule,
                 size_t matches, struct error *err)
{
    AUTOBUFFER list = BUFFER_INIT(SCOPE_SENTENCE_CEILING);

    append_candidates(all, rule, &list);
    error_set(err, "%s: %zu subscriptions are called '%s'", rule->origin,
              matches, rule->text);
    return error_advise(err, "give the id of the one that is meant: %s",
                        buffer_text(&list));
}

static int
verify_rule(const struct verification *all, const struct scope_rule *rule,
            bool exclusion, size_t matches, struct error *err)
{
    const bool pattern = glob_is_pattern(rule->text);

    if (matches == 1 || (matches > 1 && pattern))
        return 0;
    if (matches > 1)
        return refuse_ambiguous(all, rule, matches, err);
    if (pattern && exclusion) {
        AUTOERROR sentence = ERROR_INIT;
        error_set(&sentence, "%s: no subscription fits '%s'", rule->origin,
                  rule->text);
        return all->warning(error_message(&sentence), all->data, err);
    }
    error_set(err, "%s: no subscription %s '%s'", rule->origin,
              pattern ? "fits" : "is called", rule->text);
    return advise_candidates(all, rule->text, err);
}

static bool
count_match(size_t number, void *data)
{
    ((size_t *) data)[number]++;
    return true;
}

static int
verify_counted(const struct verification *all, const struct scope_rules *rules,
               bool exclusions, struct rule_index *index, struct error *err)
{
    AUTOFREE size_t *matches = calloc(rules->count + 1, sizeof(*matches));

    if (matches == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < all->count; i++)
        rule_index_find(index, all->listed[i], count_match, matches);
    for (size_t i = 0; i < rules->count; i++)
        if (verify_rule(all, &rules->items[i], exclusions, matches[i], err)
            < 0)
            return -1;
    return 0;
}

static int
verify_rules(const struct verification *all, const struct scope_rules *rules,
             bool exclusions, struct error *err)
{
    struct arena *arena = arena_new();
    struct rule_index *index;
    int result = arena != NULL ? index_rules(rules, arena, &index, err)
                               : error_set_memory(err);

    if (result == 0)
        result = verify_counted(all, rules, exclusions, index, err);
    arena_free(arena);
    return result;
}

int
scope_verify(const struct scope *scope,
             const struct subscription *const *listed, size_t count,
             scope_warning *warning, void *data, struct error *err)
{
    const struct verification all = { listed, count, warning, data };

    if (!scope->recorded
        && verify_rules(&all, &scope->subscriptions, false, err) < 0)
        return -1;
    return verify_rules(&all, &scope->exclusions, true, err);
}
