/* SPDX-License-Identifier: Apache-2.0 */
/* Many rules on many subscriptions. */
#include "control/value/rule_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "control/value/glob.h"

struct rule {
    const char *text;
    size_t number;
    uint64_t letters; /* of a glob, see letters_of */
};

struct rule_index {
    struct rule *rules; /* those of one name, sorted; then the globs */
    size_t named;
    size_t count;
    uint64_t comparisons;
};

/* The bytes that a text holds, a bit for each, or for several that share it:
 * a glob fits no text that lacks one of its letters, which is told at once of
 * nearly all. */
static uint64_t
letters_of(const char *text)
{
    uint64_t letters = 0;

    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char) *text;
        const unsigned lower = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
        if (byte != '*' && byte != '?')
            letters |= UINT64_C(1) << (lower & 63);
    }
    return letters;
}

/* By name, and for one name in the order of the texts. */
static int
compare_rules(const void *left, const void *right)
{
    const struct rule *left_rule = left, *right_rule = right;
    const int order =
        text_compare_ignoring_case(left_rule->text, right_rule->text);

    if (order != 0)
        return order;
    return left_rule->number < right_rule->number
               ? -1
               : left_rule->number > right_rule->number;
}

int
rule_index_new(struct rule_index **ret_index, const char *const *texts,
               size_t count, struct arena *arena, struct error *err)
{
    struct rule_index *index = arena_allocate(arena, sizeof(*index));
    struct rule *rules =
        arena_allocate_array(arena, count + 1, sizeof(*rules));

    if (index == NULL || rules == NULL)
        return error_set_memory(err);
    *index = (struct rule_index){ .rules = rules };
    for (size_t i = 0; i < count; i++)
        if (!glob_is_pattern(texts[i]))
            rules[index->count++] = (struct rule){ texts[i], i, 0 };
    index->named = index->count;
    for (size_t i = 0; i < count; i++)
        if (glob_is_pattern(texts[i]))
            rules[index->count++] =
                (struct rule){ texts[i], i, letters_of(texts[i]) };
    if (index->named > 1)
        qsort(rules, index->named, sizeof(*rules), compare_rules);
    *ret_index = index;
    return 0;
}

/* The first of the named rules that is not before name. */
static size_t
find_name(struct rule_index *index, const char *name)
{
    size_t low = 0, high = index->named;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        index->comparisons++;
        if (text_compare_ignoring_case(index->rules[middle].text, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Returns whether to go on. */
static bool
find_named(struct rule_index *index, const char *name, rule_index_found *found,
           void *data)
{
    for (size_t i = find_name(index, name); i < index->named; i++) {
        index->comparisons++;
        if (!text_equal_ignoring_case(index->rules[i].text, name))
            break;
        if (!found(index->rules[i].number, data))
            return false;
    }
    return true;
}

void
rule_index_find(struct rule_index *index,
                const struct subscription *subscription,
                rule_index_found *found, void *data)
{
    const char *id = subscription->id, *name = subscription->name;
    const uint64_t of_id = letters_of(id), of_name = letters_of(name);

    if (!find_named(index, id, found, data)
        || (!text_equal_ignoring_case(id, name)
            && !find_named(index, name, found, data)))
        return;
    for (size_t i = index->named; i < index->count; i++) {
        const struct rule *rule = &index->rules[i];
        index->comparisons++;
        const bool fits =
            ((rule->letters & ~of_name) == 0 && glob_match(rule->text, name))
            || ((rule->letters & ~of_id) == 0 && glob_match(rule->text, id));
        if (fits && !found(rule->number, data))
            return;
    }
}

static bool
note(size_t number __attribute__((unused)), void *data)
{
    *(bool *) data = true;
    return false;
}

bool
rule_index_fits(struct rule_index *index,
                const struct subscription *subscription)
{
    bool fits = false;

    rule_index_find(index, subscription, note, &fits);
    return fits;
}

uint64_t
rule_index_comparisons(const struct rule_index *index)
{
    return index->comparisons;
}

int
rule_index_admit(const char *text, size_t *globs, struct error *err)
{
    if (!glob_is_pattern(text))
        return 0;
    if (strlen(text) > RULE_INDEX_GLOB_CEILING)
        return error_set(err,
                         "is a pattern (with * or ?) of more than %d bytes",
                         RULE_INDEX_GLOB_CEILING);
    if (++*globs <= RULE_INDEX_GLOBS)
        return 0;
    error_set(err, "is one more than %d patterns (with * or ?) in one list",
              RULE_INDEX_GLOBS);
    return error_advise(err, "name subscriptions by their ids, which may be "
                             "any number, or let one pattern cover several");
}
