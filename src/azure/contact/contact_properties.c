/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a contact's properties, one function per API version. */
#include "azure/contact/contact_properties.h"

#include <string.h>

#include "azure/arm/contact_member.h"
#include "base/text.h"

/* Far more than any organisation mails. Addresses are compared with each
 * other, and with those that are wanted. */
enum { CONTACT_PROPERTIES_EMAILS = 1000, CONTACT_PROPERTIES_ROLES = 1000 };

static const char *
type_name(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",
        [JSON_STRING] = "a text",    [JSON_INTEGER] = "a number",
        [JSON_REAL] = "a number",    [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };

    return names[json_typeof(value)];
}

static int
wrong_type(const char *member, const json_t *value, struct error *err)
{
    return error_set(err, "its %s is %s", member, type_name(value));
}

/* Borrowed; NULL where absent, null or blank. */
static int
read_text(const json_t *object, const char *member, const char **ret_text,
          struct error *err)
{
    const json_t *value = contact_member_get(object, member);

    if (value != NULL && !json_is_string(value))
        return wrong_type(member, value, err);
    const char *text = json_string_value(value);
    *ret_text = text_is_blank(text) ? NULL : text;
    return 0;
}

/* "On" or "Off" in any letter case; absent is off. */
static int
read_state(const json_t *object, const char *member,
           enum contact_switch *ret_state, struct error *err)
{
    const char *text = NULL;

    if (read_text(object, member, &text, err) < 0)
        return -1;
    if (text == NULL || text_equal_ignoring_case(text, "Off"))
        *ret_state = CONTACT_OFF;
    else if (text_equal_ignoring_case(text, "On"))
        *ret_state = CONTACT_ON;
    else
        return error_set(err, "its %s is neither On nor Off: '%s'", member,
                         text);
    return 0;
}

static size_t
count_separators(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        if (*text == ';' || *text == ',')
            count++;
    return count;
}

/* The API writes semicolons; commas, which the portal shows, have been
 * stored by templates. */
static int
split_emails(const char *text, struct arena *arena, struct contact *contact,
             struct error *err)
{
    if (count_separators(text) >= CONTACT_PROPERTIES_EMAILS)
        return error_set(err, "there are more than %d addresses",
                         CONTACT_PROPERTIES_EMAILS);
    const char **emails = arena_allocate_array(
        arena, count_separators(text) + 1, sizeof(*emails));

    if (emails == NULL)
        return error_set_memory(err);
    for (size_t span;; text += span + 1) {
        const char *email = text;
        size_t length = span = strcspn(text, ";,");
        text_trim(&email, &length);
        if (length > 0) {
            char *copy = arena_copy_bytes(arena, email, length);
            if (copy == NULL)
                return error_set_memory(err);
            emails[contact->email_count++] = copy;
        }
        if (text[span] == '\0')
            break;
    }
    contact->emails = emails;
    return 0;
}

/* email (2017) and emails (since 2020), and phone. */
static int
read_addresses(const json_t *properties, const char *member,
               struct arena *arena, struct contact *contact, struct error *err)
{
    const char *emails = NULL, *phone = NULL;

    if (read_text(properties, member, &emails, err) < 0
        || read_text(properties, "phone", &phone, err) < 0)
        return -1;
    contact->phone = arena_copy(arena, phone);
    if (phone != NULL && contact->phone == NULL)
        return error_set_memory(err);
    return emails != NULL ? split_emails(emails, arena, contact, err) : 0;
}

/* notificationsByRole: {"state":"On","roles":["Owner"]}. */
static int
read_roles(const json_t *properties, struct arena *arena,
           struct contact *contact, struct error *err)
{
    static const char member[] = "notificationsByRole";
    const json_t *by_role = contact_member_get(properties, member);
    const json_t *listed = contact_member_get(by_role, "roles");

    contact->roles_notified = CONTACT_OFF;
    if (by_role == NULL)
        return 0;
    if (!json_is_object(by_role))
        return wrong_type(member, by_role, err);
    if (listed != NULL && !json_is_array(listed))
        return wrong_type("notificationsByRole.roles", listed, err);
    if (json_array_size(listed) > CONTACT_PROPERTIES_ROLES)
        return error_set(err, "there are more than %d roles",
                         CONTACT_PROPERTIES_ROLES);
    if (read_state(by_role, "state", &contact->roles_notified, err) < 0)
        return error_wrap(err, "%s", member);
    const char **roles = arena_allocate_array(
        arena, json_array_size(listed) + 1, sizeof(*roles));
    if (roles == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < json_array_size(listed); i++) {
        const json_t *role = json_array_get(listed, i);
        if (!json_is_string(role))
            return wrong_type("notificationsByRole.roles", role, err);
        roles[i] = arena_copy(arena, json_string_value(role));
        if (roles[i] == NULL)
            return error_set_memory(err);
        contact->role_count++;
    }
    contact->roles = roles;
    return 0;
}

/* A threshold that is mailed from: an absent or empty one is not off, but
 * nothing that we know. */
static int
read_threshold(const json_t *object, const char *member, struct arena *arena,
               struct contact_threshold *ret_threshold, struct error *err)
{
    const char *text = NULL;

    if (read_text(object, member, &text, err) < 0)
        return -1;
    ret_threshold->text = arena_copy(arena, text != NULL ? text : "");
    if (ret_threshold->text == NULL)
        return error_set_memory(err);
    ret_threshold->level =
        text != NULL ? contact_level_parse(text) : CONTACT_LEVEL_UNRECOGNIZED;
    return 0;
}

int
contact_properties_2017(const json_t *properties, struct arena *arena,
                        struct contact *contact, struct error *err)
{
    static const char *const owner[] = { "Owner" };
    enum contact_switch alerts = CONTACT_OFF;

    if (read_addresses(properties, "email", arena, contact, err) < 0
        || read_state(properties, "alertNotifications", &alerts, err) < 0
        || read_state(properties, "alertsToAdmins", &contact->roles_notified,
                      err)
               < 0)
        return -1;
    /* This version has no threshold: On is "high severity alerts". */
    contact->alerts.level =
        alerts == CONTACT_ON ? CONTACT_LEVEL_HIGH : CONTACT_LEVEL_OFF;
    contact->attack_paths.level = CONTACT_LEVEL_UNSEEN;
    contact->enabled = CONTACT_UNSEEN;
    if (contact->roles_notified == CONTACT_ON) {
        contact->roles = owner;
        contact->role_count = 1;
    }
    return 0;
}

int
contact_properties_2020(const json_t *properties, struct arena *arena,
                        struct contact *contact, struct error *err)
{
    static const char member[] = "alertNotifications";
    const json_t *alerts = contact_member_get(properties, member);
    enum contact_switch state = CONTACT_OFF;

    if (read_addresses(properties, "emails", arena, contact, err) < 0
        || read_roles(properties, arena, contact, err) < 0)
        return -1;
    contact->enabled = CONTACT_UNSEEN;
    contact->attack_paths.level = CONTACT_LEVEL_UNSEEN;
    contact->alerts.level = CONTACT_LEVEL_OFF;
    if (alerts == NULL)
        return 0;
    if (!json_is_object(alerts))
        return wrong_type(member, alerts, err);
    if (read_state(alerts, "state", &state, err) < 0)
        return error_wrap(err, "%s", member);
    if (state == CONTACT_ON)
        return read_threshold(alerts, "minimalSeverity", arena,
                              &contact->alerts, err);
    return 0;
}

/* A service may send a boolean as text; nobody has recorded one. */
static int
read_enabled(const json_t *properties, enum contact_switch *ret_enabled,
             struct error *err)
{
    static const char member[] = "isEnabled";
    const json_t *value = contact_member_get(properties, member);
    const char *text = json_string_value(value);

    if (json_is_false(value) || text_equal_ignoring_case(text, "false"))
        *ret_enabled = CONTACT_OFF;
    else if (value == NULL || json_is_true(value)
             || text_equal_ignoring_case(text, "true"))
        *ret_enabled = CONTACT_ON;
    else
        return wrong_type(member, value, err);
    return 0;
}

/* Of several sources of one type, the one that mails the most counts. */
static void
keep_lower(struct contact_threshold *kept,
           const struct contact_threshold *found)
{
    if (kept->level == CONTACT_LEVEL_OFF || found->level < kept->level)
        *kept = *found;
}

static int
read_source(const json_t *source, struct arena *arena, struct contact *contact,
            struct error *err)
{
    struct contact_threshold found = { CONTACT_LEVEL_OFF, NULL };
    const char *type = NULL;

    if (!json_is_object(source))
        return wrong_type("notificationsSources", source, err);
    if (read_text(source, "sourceType", &type, err) < 0)
        return error_wrap(err, "notificationsSources");
    if (text_equal_ignoring_case(type, "Alert")) {
        if (read_threshold(source, "minimalSeverity", arena, &found, err) < 0)
            return -1;
        keep_lower(&contact->alerts, &found);
    } else if (text_equal_ignoring_case(type, "AttackPath")) {
        if (read_threshold(source, "minimalRiskLevel", arena, &found, err) < 0)
            return -1;
        keep_lower(&contact->attack_paths, &found);
    }
    return 0;
}

int
contact_properties_2023(const json_t *properties, struct arena *arena,
                        struct contact *contact, struct error *err)
{
    static const char member[] = "notificationsSources";
    const json_t *sources = contact_member_get(properties, member);

    if (read_addresses(properties, "emails", arena, contact, err) < 0
        || read_roles(properties, arena, contact, err) < 0
        || read_enabled(properties, &contact->enabled, err) < 0)
        return -1;
    if (sources != NULL && !json_is_array(sources))
        return wrong_type(member, sources, err);
    contact->alerts.level = CONTACT_LEVEL_OFF;
    contact->attack_paths.level = CONTACT_LEVEL_OFF;
    for (size_t i = 0; i < json_array_size(sources); i++)
        if (read_source(json_array_get(sources, i), arena, contact, err) < 0)
            return -1;
    return 0;
}
