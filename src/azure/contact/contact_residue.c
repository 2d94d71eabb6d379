/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between the properties that were written and those that are
 * there. */
#include "azure/contact/contact_residue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/contact_member.h"
#include "base/cleanup.h"
#include "base/text.h"

/* Beyond so many, lists are compared as they stand: each element is held
 * against each. */
enum { CONTACT_RESIDUE_SET_CEILING = 1000 };

static const char separators[] = ";,";

/* The next address of a list, trimmed; false past the last one. */
static bool
next_email(const char **list, const char **ret_email, size_t *ret_length)
{
    while (**list != '\0') {
        const char *email = *list;
        size_t length = strcspn(email, separators);
        *list += length + (email[length] != '\0' ? 1 : 0);
        text_trim(&email, &length);
        if (length > 0) {
            *ret_email = email;
            *ret_length = length;
            return true;
        }
    }
    return false;
}

static bool
has_email(const char *list, const char *email, size_t length)
{
    const char *other;
    size_t other_length;

    while (next_email(&list, &other, &other_length))
        if (other_length == length && strncasecmp(other, email, length) == 0)
            return true;
    return false;
}

static bool
has_all_emails(const char *list, const char *of)
{
    const char *email;
    size_t length, count = 0;

    while (next_email(&of, &email, &length))
        if (++count > CONTACT_RESIDUE_SET_CEILING
            || !has_email(list, email, length))
            return false;
    return true;
}

static bool
emails_equal(const char *left, const char *right)
{
    return strcmp(left, right) == 0
           || (has_all_emails(left, right) && has_all_emails(right, left));
}

/* Nothing at all, in any of the ways to say so: Azure takes one for
 * another. */
static bool
is_nothing(const json_t *value)
{
    return value == NULL || json_is_null(value)
           || (json_is_string(value)
               && text_is_blank(json_string_value(value)))
           || (json_is_array(value) && json_array_size(value) == 0)
           || (json_is_object(value) && json_object_size(value) == 0);
}

/* A text, or a truth, which the service may write as a text. */
static const char *
word_of(const json_t *value)
{
    if (json_is_boolean(value))
        return json_is_true(value) ? "true" : "false";
    return json_string_value(value);
}

static bool satisfies(const json_t *actual, const json_t *intended);

/* Whether each element has one of its own in the other list. */
static bool
set_satisfies(const json_t *actual, const json_t *intended)
{
    const size_t count = json_array_size(intended);
    bool taken[CONTACT_RESIDUE_SET_CEILING] = { false };

    if (json_array_size(actual) != count)
        return false;
    if (count > CONTACT_RESIDUE_SET_CEILING)
        return json_equal(actual, intended) == 1;
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        while (found < count
               && (taken[found]
                   || !satisfies(json_array_get(actual, found),
                                 json_array_get(intended, i))))
            found++;
        if (found == count)
            return false;
        taken[found] = true;
    }
    return true;
}

/* Members that were not written may be there. */
static bool
object_satisfies(const json_t *actual, const json_t *intended)
{
    json_t *members = (json_t *) (uintptr_t) intended;
    const char *name;
    json_t *value;

    json_object_foreach(members, name, value)
    {
        if (!satisfies(contact_member_get(actual, name), value))
            return false;
    }
    return true;
}

static bool
satisfies(const json_t *actual, const json_t *intended)
{
    if (is_nothing(actual) || is_nothing(intended))
        return is_nothing(actual) && is_nothing(intended);
    if (json_is_array(actual) && json_is_array(intended))
        return set_satisfies(actual, intended);
    if (json_is_object(actual) && json_is_object(intended))
        return object_satisfies(actual, intended);
    if (word_of(actual) != NULL && word_of(intended) != NULL)
        return text_equal_ignoring_case(word_of(actual), word_of(intended));
    return json_equal(actual, intended) == 1;
}

static bool
member_satisfies(const char *name, const json_t *actual,
                 const json_t *intended)
{
    if (json_is_string(actual) && json_is_string(intended)
        && text_equal_ignoring_case(name, "emails"))
        return emails_equal(json_string_value(actual),
                            json_string_value(intended));
    return satisfies(actual, intended);
}

/* Rows in the making, with room for all members of both. */
struct residue {
    struct arena *arena;
    struct change_residue *rows;
    size_t count;
};

/* As text in the arena; *ret_text is NULL where value is. */
static int
write_value(struct residue *residue, const json_t *value,
            const char **ret_text, struct error *err)
{
    *ret_text = NULL;
    if (value == NULL)
        return 0;
    AUTOFREE char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    *ret_text = arena_copy(residue->arena, text);
    return *ret_text != NULL ? 0 : error_set_memory(err);
}

static int
add_row(struct residue *residue, const char *member, const json_t *intended,
        const json_t *actual, struct error *err)
{
    struct change_residue row = { .member =
                                      arena_copy(residue->arena, member) };

    if (row.member == NULL)
        return error_set_memory(err);
    if (write_value(residue, intended, &row.intended, err) < 0
        || write_value(residue, actual, &row.actual, err) < 0)
        return -1;
    residue->rows[residue->count++] = row;
    return 0;
}

/* What was written, and is not there so. */
static int
find_lost(struct residue *residue, const json_t *intended,
          const json_t *actual, bool exact, struct error *err)
{
    json_t *members = (json_t *) (uintptr_t) intended;
    const char *name;
    json_t *value;

    json_object_foreach(members, name, value)
    {
        json_t *found = exact ? json_object_get(actual, name)
                              : contact_member_get(actual, name);
        const bool same = exact ? json_equal(found, value) == 1
                                : member_satisfies(name, found, value);
        if (!same && add_row(residue, name, value, found, err) < 0)
            return -1;
    }
    return 0;
}

/* What is there, and was not written. */
static int
find_added(struct residue *residue, const json_t *intended,
           const json_t *actual, struct error *err)
{
    json_t *members = (json_t *) (uintptr_t) actual;
    const char *name;
    json_t *value;

    json_object_foreach(members, name, value)
    {
        if (json_object_get(intended, name) == NULL
            && add_row(residue, name, NULL, value, err) < 0)
            return -1;
    }
    return 0;
}

int
contact_residue_find(const json_t *intended, const json_t *actual, bool exact,
                     struct arena *arena, struct change_residue **ret_residue,
                     size_t *ret_count, struct error *err)
{
    const bool both = intended != NULL && actual != NULL;
    const size_t room =
        json_object_size(intended) + json_object_size(actual) + 1;
    struct residue residue = { .arena = arena };

    residue.rows = arena_allocate_array(arena, room, sizeof(*residue.rows));
    if (residue.rows == NULL)
        return error_set_memory(err);
    if (find_lost(&residue, intended, actual, exact, err) < 0
        || ((exact || intended == NULL)
            && find_added(&residue, intended, actual, err) < 0))
        return -1;
    /* One of them is not there at all, and the other says nothing. */
    if (!both && intended != actual && residue.count == 0
        && add_row(&residue, "properties", intended, actual, err) < 0)
        return -1;
    *ret_residue = residue.rows;
    *ret_count = residue.count;
    return 0;
}
