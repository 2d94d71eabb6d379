/* SPDX-License-Identifier: Apache-2.0 */
/* The profile in a plan file: its requirements and thresholds as they were
 * when the plan was made, whatever the configuration says by now. */
#include <limits.h>

#include "base/cleanup.h"
#include "control/file/plan_file_part.h"
#include "control/requirement/requirement_table.h"

/* Those that can be demanded. */
static const char *const level_words[] = { "Low", "Medium", "High",
                                           "Critical" };

static json_t *
level_tree(enum contact_level level)
{
    const char *name = contact_level_name(level);

    return name != NULL ? json_string(name) : json_null();
}

/* null where the thresholds were made without one, which no profile's are. */
static int
read_level(const struct json_cursor *place, enum contact_level *ret_level,
           struct error *err)
{
    size_t index;

    if (json_is_null(place->value)) {
        *ret_level = CONTACT_LEVEL_UNSEEN;
        return 0;
    }
    if (json_cursor_word(place, level_words, ARRAY_LENGTH(level_words), &index,
                         err)
        < 0)
        return -1;
    *ret_level = (enum contact_level)(CONTACT_LEVEL_LOW + index);
    return 0;
}

static json_t *
thresholds_tree(const struct thresholds *thresholds)
{
    return json_pack("{s:o, s:b, s:o, s:I, s:o, s:o, s:s?}", "alertsOf",
                     level_tree(thresholds->alerts_of), "alertsExact",
                     thresholds->alerts_exact, "attackPathsOf",
                     level_tree(thresholds->attack_paths_of), "minEmails",
                     (json_int_t) thresholds->min_emails, "allowedDomains",
                     plan_file_texts(thresholds->allowed_domains,
                                     thresholds->allowed_domain_count),
                     "desiredEmails",
                     plan_file_texts(thresholds->desired_emails,
                                     thresholds->desired_email_count),
                     "desiredPhone", thresholds->desired_phone);
}

static int
read_thresholds(const struct json_cursor *place, struct arena *arena,
                struct thresholds *thresholds, struct error *err)
{
    static const char *const members[] = { "alertsOf",       "alertsExact",
                                           "attackPathsOf",  "minEmails",
                                           "allowedDomains", "desiredEmails",
                                           "desiredPhone",   NULL };
    const struct json_cursor alerts = json_cursor_member(place, members[0]);
    const struct json_cursor exact = json_cursor_member(place, members[1]);
    const struct json_cursor paths = json_cursor_member(place, members[2]);
    const struct json_cursor least = json_cursor_member(place, members[3]);
    const struct json_cursor domains = json_cursor_member(place, members[4]);
    const struct json_cursor emails = json_cursor_member(place, members[5]);
    const struct json_cursor phone = json_cursor_member(place, members[6]);
    int64_t min_emails;

    if (json_cursor_object(place, members, err) < 0
        || read_level(&alerts, &thresholds->alerts_of, err) < 0
        || json_cursor_boolean(&exact, &thresholds->alerts_exact, err) < 0
        || read_level(&paths, &thresholds->attack_paths_of, err) < 0
        || json_cursor_integer(&least, INT_MAX, &min_emails, err) < 0
        || json_cursor_texts(&domains, arena, &thresholds->allowed_domains,
                             &thresholds->allowed_domain_count, err)
               < 0
        || json_cursor_texts(&emails, arena, &thresholds->desired_emails,
                             &thresholds->desired_email_count, err)
               < 0)
        return -1;
    thresholds->min_emails = (unsigned) min_emails;
    return json_cursor_text_or_null(&phone, arena, &thresholds->desired_phone,
                                    err);
}

static size_t
requirement_count(const struct profile *profile)
{
    size_t count = 0;

    while (count < PROFILE_REQUIREMENTS_CEILING
           && profile->requirements[count] != NULL)
        count++;
    return count;
}

json_t *
plan_file_profile(const struct profile *profile)
{
    return json_pack(
        "{s:s, s:s, s:o, s:o}", "name", profile->name, "title", profile->title,
        "requirements",
        plan_file_texts(profile->requirements, requirement_count(profile)),
        "thresholds", thresholds_tree(&profile->thresholds));
}

static int
read_requirements(const struct json_cursor *place, struct profile *profile,
                  struct error *err)
{
    size_t count;

    if (json_cursor_list(place, &count, err) < 0)
        return -1;
    if (count >= PROFILE_REQUIREMENTS_CEILING)
        return json_cursor_fail(place, err, "lists more than there are");
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(place, i);
        const char *id = json_string_value(item.value);
        const struct requirement *requirement =
            id != NULL ? requirement_by_id(id) : NULL;
        if (requirement == NULL)
            return json_cursor_fail(&item, err, "is no requirement");
        profile->requirements[i] = requirement->id;
    }
    return 0;
}

int
plan_file_read_profile(const struct json_cursor *place, struct arena *arena,
                       const struct profile **ret_profile, struct error *err)
{
    static const char *const members[] = { "name", "title", "requirements",
                                           "thresholds", NULL };
    const struct json_cursor name = json_cursor_member(place, members[0]);
    const struct json_cursor title = json_cursor_member(place, members[1]);
    const struct json_cursor ids = json_cursor_member(place, members[2]);
    const struct json_cursor limits = json_cursor_member(place, members[3]);
    struct profile *profile = arena_allocate(arena, sizeof(*profile));

    if (profile == NULL)
        return error_set_memory(err);
    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&name, arena, &profile->name, err) < 0
        || json_cursor_text(&title, arena, &profile->title, err) < 0
        || read_requirements(&ids, profile, err) < 0
        || read_thresholds(&limits, arena, &profile->thresholds, err) < 0)
        return -1;
    *ret_profile = profile;
    return 0;
}
