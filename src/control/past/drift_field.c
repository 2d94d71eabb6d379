/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two sights of one subscription, value by value. */
#include "control/past/drift_field.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/finding_list.h"

static const char *const names[DRIFT_FIELD_COUNT] = {
    [DRIFT_FIELD_NAME] = "name",
    [DRIFT_FIELD_STATE] = "state",
    [DRIFT_FIELD_CONTACT] = "contact",
    [DRIFT_FIELD_ENABLED] = "enabled",
    [DRIFT_FIELD_EMAILS] = "emails",
    [DRIFT_FIELD_PHONE] = "phone",
    [DRIFT_FIELD_ALERTS] = "alerts",
    [DRIFT_FIELD_ATTACK_PATHS] = "attackPaths",
    [DRIFT_FIELD_ROLES_NOTIFIED] = "rolesNotified",
    [DRIFT_FIELD_ROLES] = "roles",
    [DRIFT_FIELD_OTHER_CONTACTS] = "otherContacts",
};

const char *
drift_field_name(enum drift_field_kind kind)
{
    return names[kind];
}

/* The fields found so far. */
struct comparison {
    struct arena *arena;
    struct drift_field fields[DRIFT_FIELD_COUNT];
    size_t count;
    bool failed;
};

/* Where a contact has several of something. */
struct values {
    const char *const *items;
    size_t count;
};

static void
add(struct comparison *comparison, enum drift_field_kind kind,
    const char *before, const char *after)
{
    comparison->fields[comparison->count++] =
        (struct drift_field){ kind, before, after };
}

static void
compare_texts(struct comparison *comparison, enum drift_field_kind kind,
              const char *before, const char *after)
{
    if (before == NULL && after == NULL)
        return;
    if (before == NULL || after == NULL || strcmp(before, after) != 0)
        add(comparison, kind, before, after);
}

static int
compare_values(const void *left, const void *right)
{
    return text_compare_ignoring_case(*(const char *const *) left,
                                      *(const char *const *) right);
}

/* The values in an order of their own, for the caller to free; NULL where
 * memory ran out. */
static const char **
sort_values(const struct values *values)
{
    const char **sorted = calloc(values->count + 1, sizeof(*sorted));

    if (sorted == NULL || values->count == 0)
        return sorted;
    memcpy(sorted, values->items, values->count * sizeof(*sorted));
    qsort(sorted, values->count, sizeof(*sorted), compare_values);
    return sorted;
}

static bool
same_values(struct comparison *comparison, const struct values *before,
            const struct values *after)
{
    if (before->count != after->count)
        return false;
    AUTOFREE const char **left = sort_values(before);
    AUTOFREE const char **right = sort_values(after);
    if (left == NULL || right == NULL) {
        comparison->failed = true;
        return true;
    }
    for (size_t i = 0; i < before->count; i++)
        if (compare_values(&left[i], &right[i]) != 0)
            return false;
    return true;
}

static const char *
join(struct comparison *comparison, const struct values *values)
{
    AUTOFINDING_LIST list = FINDING_LIST_INIT;
    const char *text = NULL;

    finding_list_add_all(&list, values->items, values->count);
    if (finding_list_text(&list, comparison->arena, &text) < 0)
        comparison->failed = true;
    return text;
}

static void
compare_lists(struct comparison *comparison, enum drift_field_kind kind,
              const struct values *before, const struct values *after)
{
    if (!same_values(comparison, before, after))
        add(comparison, kind, join(comparison, before),
            join(comparison, after));
}

static const char *
switch_text(enum contact_switch state)
{
    return state == CONTACT_ON ? "true" : "false";
}

static void
compare_switches(struct comparison *comparison, enum drift_field_kind kind,
                 const enum contact_switch *before,
                 const enum contact_switch *after)
{
    if ((before != NULL && *before == CONTACT_UNSEEN)
        || (after != NULL && *after == CONTACT_UNSEEN))
        return;
    compare_texts(comparison, kind,
                  before != NULL ? switch_text(*before) : NULL,
                  after != NULL ? switch_text(*after) : NULL);
}

static const char *
threshold_text(const struct contact_threshold *threshold)
{
    if (threshold == NULL)
        return NULL;
    if (threshold->level == CONTACT_LEVEL_UNRECOGNIZED)
        return threshold->text;
    return threshold->level == CONTACT_LEVEL_OFF
               ? "Off"
               : contact_level_name(threshold->level);
}

static void
compare_thresholds(struct comparison *comparison, enum drift_field_kind kind,
                   const struct contact_threshold *before,
                   const struct contact_threshold *after)
{
    if ((before != NULL && before->level == CONTACT_LEVEL_UNSEEN)
        || (after != NULL && after->level == CONTACT_LEVEL_UNSEEN))
        return;
    compare_texts(comparison, kind, threshold_text(before),
                  threshold_text(after));
}

/* One of them may be NULL: then each value of the other is a difference. */
static void
compare_contacts(struct comparison *comparison, const struct contact *before,
                 const struct contact *after)
{
    struct values left = { NULL, 0 }, right = { NULL, 0 };

    compare_texts(comparison, DRIFT_FIELD_CONTACT,
                  before != NULL ? before->name : NULL,
                  after != NULL ? after->name : NULL);
    compare_switches(comparison, DRIFT_FIELD_ENABLED,
                     before != NULL ? &before->enabled : NULL,
                     after != NULL ? &after->enabled : NULL);
    if (before != NULL)
        left = (struct values){ before->emails, before->email_count };
    if (after != NULL)
        right = (struct values){ after->emails, after->email_count };
    compare_lists(comparison, DRIFT_FIELD_EMAILS, &left, &right);
    compare_texts(comparison, DRIFT_FIELD_PHONE,
                  before != NULL ? before->phone : NULL,
                  after != NULL ? after->phone : NULL);
    compare_thresholds(comparison, DRIFT_FIELD_ALERTS,
                       before != NULL ? &before->alerts : NULL,
                       after != NULL ? &after->alerts : NULL);
    compare_thresholds(comparison, DRIFT_FIELD_ATTACK_PATHS,
                       before != NULL ? &before->attack_paths : NULL,
                       after != NULL ? &after->attack_paths : NULL);
    compare_switches(comparison, DRIFT_FIELD_ROLES_NOTIFIED,
                     before != NULL ? &before->roles_notified : NULL,
                     after != NULL ? &after->roles_notified : NULL);
    if (before != NULL)
        left = (struct values){ before->roles, before->role_count };
    if (after != NULL)
        right = (struct values){ after->roles, after->role_count };
    compare_lists(comparison, DRIFT_FIELD_ROLES, &left, &right);
}

/* The names of the other contacts, for the caller to free; NULL where memory
 * ran out. */
static const char **
other_names(const struct contact_reading *reading)
{
    const char **others = calloc(reading->other_count + 1, sizeof(*others));

    for (size_t i = 0; others != NULL && i < reading->other_count; i++)
        others[i] = reading->others[i]->name;
    return others;
}

static void
compare_others(struct comparison *comparison,
               const struct contact_reading *before,
               const struct contact_reading *after)
{
    AUTOFREE const char **left = other_names(before);
    AUTOFREE const char **right = other_names(after);

    if (left == NULL || right == NULL) {
        comparison->failed = true;
        return;
    }
    compare_lists(comparison, DRIFT_FIELD_OTHER_CONTACTS,
                  &(struct values){ left, before->other_count },
                  &(struct values){ right, after->other_count });
}

static bool
was_read(const struct assessment *assessment)
{
    return assessment->status != ASSESSMENT_NOT_APPLICABLE
           && assessment->reading.kind != CONTACT_READING_FAILED;
}

int
drift_field_compare(const struct assessment *before,
                    const struct assessment *after, struct arena *arena,
                    struct drift_field **ret_fields, size_t *ret_count)
{
    const struct subscription *left = &before->subscription;
    const struct subscription *right = &after->subscription;
    struct comparison comparison = { .arena = arena };
    struct drift_field *fields = NULL;

    compare_texts(&comparison, DRIFT_FIELD_NAME, left->name, right->name);
    if (*left->state != '\0' && *right->state != '\0')
        compare_texts(&comparison, DRIFT_FIELD_STATE, left->state,
                      right->state);
    if (was_read(before) && was_read(after)) {
        if (before->reading.contact != NULL || after->reading.contact != NULL)
            compare_contacts(&comparison, before->reading.contact,
                             after->reading.contact);
        compare_others(&comparison, &before->reading, &after->reading);
    }
    if (comparison.failed)
        return -1;
    if (comparison.count > 0) {
        fields =
            arena_allocate_array(arena, comparison.count, sizeof(*fields));
        if (fields == NULL)
            return -1;
        memcpy(fields, comparison.fields, comparison.count * sizeof(*fields));
    }
    *ret_fields = fields;
    *ret_count = comparison.count;
    return 0;
}
