/* SPDX-License-Identifier: Apache-2.0 */
/* Many mutes on many subscriptions. */
#include "control/run/mute_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "control/value/glob.h"
#include "control/value/rule_index.h"

enum {
    MUTE_DATE_LENGTH = sizeof("2027-03-01") - 1,
    MUTE_SENTENCE_CEILING = 64 * 1024,
};

static const int64_t day = INT64_C(24) * 3600 * 1000;

struct entry {
    const struct mute *mute;
    bool ended;
    bool soon;
    bool seen;    /* a subscription fits */
    bool matched; /* a subscription, and one of its findings */
};

struct mute_index {
    struct entry *entries; /* in the file's order */
    size_t count;
    struct rule_index *rules; /* their subscriptions */
};

/* Dates of this form are ordered as their bytes are. */
static struct entry
make_entry(const struct mute *mute, const char *today, const char *soon)
{
    return (struct entry){
        .mute = mute,
        .ended = strncmp(mute->until, today, MUTE_DATE_LENGTH) < 0,
        .soon = strncmp(mute->until, soon, MUTE_DATE_LENGTH) <= 0,
    };
}

int
mute_index_new(struct mute_index **ret_index, const struct mute *mutes,
               size_t count, int64_t now, struct arena *arena,
               struct error *err)
{
    char today[CLOCK_TEXT_SIZE], soon[CLOCK_TEXT_SIZE];
    struct mute_index *index = arena_allocate(arena, sizeof(*index));
    AUTOFREE const char **texts = calloc(count + 1, sizeof(*texts));

    if (index == NULL || texts == NULL)
        return error_set_memory(err);
    index->count = count;
    index->entries =
        arena_allocate_array(arena, count + 1, sizeof(*index->entries));
    if (index->entries == NULL)
        return error_set_memory(err);
    clock_format(now, today);
    clock_format(now + MUTE_SOON_DAYS * day, soon);
    for (size_t i = 0; i < count; i++) {
        index->entries[i] = make_entry(&mutes[i], today, soon);
        texts[i] = mutes[i].subscription;
    }
    if (rule_index_new(&index->rules, texts, count, arena, err) < 0)
        return -1;
    *ret_index = index;
    return 0;
}

static void
mute_findings(struct entry *entry, struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->finding_count; i++) {
        struct finding *finding = &assessment->findings[i];
        if (!glob_match(entry->mute->requirement, finding->requirement->id))
            continue;
        entry->matched = true;
        if (entry->ended || finding->status != FINDING_FAIL)
            continue;
        finding->status = FINDING_MUTED;
        finding->mute = entry->mute;
    }
}

/* assessment is NULL where the subscription is not assessed. */
static void
use(struct entry *entry, struct assessment *assessment)
{
    entry->seen = true;
    if (assessment != NULL)
        mute_findings(entry, assessment);
    else
        entry->matched = true;
}

/* The subscription that a mute was found to fit. */
struct use {
    struct mute_index *index;
    struct assessment *assessment;
};

static bool
found(size_t number, void *data)
{
    const struct use *wanted = data;

    use(&wanted->index->entries[number], wanted->assessment);
    return true;
}

static void
use_all(struct mute_index *index, const struct subscription *subscription,
        struct assessment *assessment)
{
    struct use wanted = { index, assessment };

    rule_index_find(index->rules, subscription, found, &wanted);
}

void
mute_index_apply(struct mute_index *index, struct assessment *assessment)
{
    use_all(index, &assessment->subscription, assessment);
    assessment_conclude(assessment);
}

void
mute_index_see(struct mute_index *index,
               const struct subscription *subscription)
{
    use_all(index, subscription, NULL);
}

static bool
has_ended(const struct entry *entry)
{
    return entry->ended;
}

static bool
ends_soon(const struct entry *entry)
{
    return !entry->ended && entry->soon && entry->matched;
}

static bool
fits_no_subscription(const struct entry *entry)
{
    return !entry->ended && !entry->seen;
}

static bool
fits_no_requirement(const struct entry *entry)
{
    return !entry->ended && entry->seen && !entry->matched;
}

static bool
ends_soon_unseen(const struct entry *entry)
{
    return !entry->ended && entry->soon;
}

/* One kind of mutes to tell of: "FILE:LINE: the mute of REQUIREMENT on
 * SUBSCRIPTION" and then these words, with the date. */
struct kind {
    bool (*applies)(const struct entry *entry);
    const char *words;
};

static int
tell(const struct mute_index *index, const char *file, const struct kind *kind,
     mute_index_note *note, void *data, struct error *err)
{
    AUTOBUFFER sentence = BUFFER_INIT(MUTE_SENTENCE_CEILING);
    size_t told = 0, more = 0;

    for (size_t i = 0; i < index->count; i++) {
        const struct mute *mute = index->entries[i].mute;
        if (!kind->applies(&index->entries[i]))
            continue;
        if (told == MUTE_NOTES_CEILING) {
            more++;
            continue;
        }
        told++;
        buffer_clear(&sentence);
        buffer_printf(&sentence, "%s:%zu: the mute of %s on %s %s %s", file,
                      mute->line, mute->requirement, mute->subscription,
                      kind->words, mute->until);
        if (buffer_failed(&sentence))
            return error_set_memory(err);
        if (note(buffer_text(&sentence), data, err) < 0)
            return -1;
    }
    if (more == 0)
        return 0;
    buffer_clear(&sentence);
    buffer_printf(&sentence, "%s: the same holds for %zu more mutes", file,
                  more);
    if (buffer_failed(&sentence))
        return error_set_memory(err);
    return note(buffer_text(&sentence), data, err);
}

int
mute_index_report(const struct mute_index *index, const char *file,
                  bool all_seen, mute_index_note *note, void *data,
                  struct error *err)
{
    const struct kind kinds[] = {
        { has_ended, "mutes no longer: it ended on" },
        { all_seen ? ends_soon : ends_soon_unseen, "ends on" },
        { fits_no_subscription,
          "matches nothing, as no subscription is called so; it ends on" },
        { fits_no_requirement,
          "matches nothing, as the profile does not demand that; it ends "
          "on" },
    };
    /* Who did not see all cannot tell what matches nothing. */
    const size_t count = all_seen ? ARRAY_LENGTH(kinds) : 2;

    for (size_t i = 0; i < count; i++)
        if (tell(index, file, &kinds[i], note, data, err) < 0)
            return -1;
    return 0;
}

uint64_t
mute_index_comparisons(const struct mute_index *index)
{
    return rule_index_comparisons(index->rules);
}
