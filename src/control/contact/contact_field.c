/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of a security contact, for what compares two of them. */
#include "control/contact/contact_field.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

/* A contact's document has ended long before. */
enum { CONTACT_FIELD_CEILING = 16 * 1024 * 1024 };

static const char *const names[CONTACT_FIELD_COUNT] = {
    [CONTACT_FIELD_ENABLED] = "enabled",
    [CONTACT_FIELD_EMAILS] = "emails",
    [CONTACT_FIELD_PHONE] = "phone",
    [CONTACT_FIELD_ALERTS] = "alerts",
    [CONTACT_FIELD_ATTACK_PATHS] = "attackPaths",
    [CONTACT_FIELD_ROLES] = "roles",
};

const char *
contact_field_name(enum contact_field field)
{
    return names[field];
}

/* What a contact that does not exist says. */
static const struct contact nothing = {
    .enabled = CONTACT_UNSEEN,
    .alerts = { CONTACT_LEVEL_OFF, NULL },
    .attack_paths = { CONTACT_LEVEL_OFF, NULL },
};

static size_t
notified_count(const struct contact *contact)
{
    return contact->roles_notified == CONTACT_ON ? contact->role_count : 0;
}

static bool
contains(const char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(texts[i], text))
            return true;
    return false;
}

/* Whether each text of left is in right. Most lists differ in few places, so
 * that the same place is looked at first. */
static bool
all_contained(const char *const *left, size_t left_count,
              const char *const *right, size_t right_count)
{
    for (size_t i = 0; i < left_count; i++)
        if (!(i < right_count && text_equal_ignoring_case(left[i], right[i]))
            && !contains(right, right_count, left[i]))
            return false;
    return true;
}

static bool
sets_equal(const char *const *left, size_t left_count,
           const char *const *right, size_t right_count)
{
    return all_contained(left, left_count, right, right_count)
           && all_contained(right, right_count, left, left_count);
}

static bool
thresholds_equal(const struct contact_threshold *left,
                 const struct contact_threshold *right)
{
    if (left->level != right->level)
        return false;
    return left->level != CONTACT_LEVEL_UNRECOGNIZED
           || text_equal_ignoring_case(left->text, right->text);
}

/* A contact that does not exist, seen beside one whose API version cannot
 * show a threshold, does not differ in it: neither says anything. */
static bool
absent_equals(const struct contact_threshold *threshold)
{
    return threshold->level == CONTACT_LEVEL_UNSEEN
           || threshold->level == CONTACT_LEVEL_OFF;
}

static bool
levels_equal(const struct contact *left, const struct contact *right,
             enum contact_field field)
{
    const bool alerts = field == CONTACT_FIELD_ALERTS;
    const struct contact_threshold *of_left =
        alerts ? &left->alerts : &left->attack_paths;
    const struct contact_threshold *of_right =
        alerts ? &right->alerts : &right->attack_paths;

    if (left == &nothing || right == &nothing)
        return absent_equals(of_left) && absent_equals(of_right);
    return thresholds_equal(of_left, of_right);
}

bool
contact_field_equal(const struct contact *left, const struct contact *right,
                    enum contact_field field)
{
    left = left != NULL ? left : &nothing;
    right = right != NULL ? right : &nothing;
    switch (field) {
    case CONTACT_FIELD_ENABLED:
        return left->enabled == right->enabled;
    case CONTACT_FIELD_EMAILS:
        return sets_equal(left->emails, left->email_count, right->emails,
                          right->email_count);
    case CONTACT_FIELD_PHONE:
        if (left->phone == NULL || right->phone == NULL)
            return left->phone == right->phone;
        return strcmp(left->phone, right->phone) == 0;
    case CONTACT_FIELD_ALERTS:
    case CONTACT_FIELD_ATTACK_PATHS:
        return levels_equal(left, right, field);
    case CONTACT_FIELD_ROLES:
        return sets_equal(left->roles, notified_count(left), right->roles,
                          notified_count(right));
    case CONTACT_FIELD_COUNT:
        break;
    }
    return true;
}

/* NULL where there is nothing to join. */
static int
join(const char *const *texts, size_t count, const char *separator,
     struct arena *arena, const char **ret_text)
{
    AUTOBUFFER joined = BUFFER_INIT(CONTACT_FIELD_CEILING);

    *ret_text = NULL;
    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(&joined, i > 0 ? separator : "");
        buffer_append_text(&joined, texts[i]);
    }
    if (!buffer_failed(&joined))
        *ret_text = arena_copy(arena, buffer_text(&joined));
    return *ret_text != NULL ? 0 : -1;
}

static const char *
threshold_text(const struct contact_threshold *threshold)
{
    return threshold->level == CONTACT_LEVEL_UNRECOGNIZED
               ? threshold->text
               : contact_level_name(threshold->level);
}

int
contact_field_text(const struct contact *contact, enum contact_field field,
                   struct arena *arena, const char **ret_text)
{
    *ret_text = NULL;
    if (contact == NULL)
        return 0;
    switch (field) {
    case CONTACT_FIELD_ENABLED:
        if (contact->enabled != CONTACT_UNSEEN)
            *ret_text = contact->enabled == CONTACT_ON ? "true" : "false";
        return 0;
    case CONTACT_FIELD_EMAILS:
        return join(contact->emails, contact->email_count, "; ", arena,
                    ret_text);
    case CONTACT_FIELD_PHONE:
        *ret_text = contact->phone;
        return 0;
    case CONTACT_FIELD_ALERTS:
        *ret_text = threshold_text(&contact->alerts);
        return 0;
    case CONTACT_FIELD_ATTACK_PATHS:
        *ret_text = threshold_text(&contact->attack_paths);
        return 0;
    case CONTACT_FIELD_ROLES:
        return join(contact->roles, notified_count(contact), ", ", arena,
                    ret_text);
    case CONTACT_FIELD_COUNT:
        break;
    }
    return 0;
}
