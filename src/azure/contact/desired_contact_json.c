/* SPDX-License-Identifier: Apache-2.0 */
/* What the properties of a contact want. */
#include "azure/contact/desired_contact_json.h"

#include <stdint.h>
#include <string.h>

#include "azure/arm/contact_member.h"
#include "azure/contact/contact_properties.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/config/config_value.h"
#include "control/value/email.h"
#include "control/value/phone.h"

enum {
    IN_2017 = 1 << 0,
    IN_2020 = 1 << 1,
    IN_2023 = 1 << 2,
    WISH_WORDS_CEILING = 16,
};

static const struct {
    const char *name;
    unsigned versions;
} members[] = {
    { "email", IN_2017 },
    { "emails", IN_2020 | IN_2023 },
    { "phone", IN_2017 | IN_2020 | IN_2023 },
    { "alertNotifications", IN_2017 | IN_2020 },
    { "alertsToAdmins", IN_2017 },
    { "notificationsByRole", IN_2020 | IN_2023 },
    { "notificationsSources", IN_2023 },
    { "isEnabled", IN_2023 },
};

bool
desired_contact_json_knows(const json_t *object)
{
    for (size_t i = 0; i < ARRAY_LENGTH(members); i++)
        if (contact_member_get(object, members[i].name) != NULL)
            return true;
    return false;
}

/* The versions that have this member; 0 where none does. In 2017 switches are
 * texts that were objects later. */
static unsigned
versions_of(const char *name, const json_t *value)
{
    for (size_t i = 0; i < ARRAY_LENGTH(members); i++) {
        if (!text_equal_ignoring_case(members[i].name, name))
            continue;
        if (members[i].versions != (IN_2017 | IN_2020))
            return members[i].versions;
        return json_is_string(value) ? IN_2017 : IN_2020;
    }
    return 0;
}

/* path is that of the object, "" for the properties themselves. */
static int
refuse_member(const char *path, const char *name, const char *const *names,
              size_t count, struct error *err)
{
    const char *nearest = text_nearest(name, names, count);

    error_set(err, "properties.%s%s%s: a security contact has no such member",
              path, *path != '\0' ? "." : "", name);
    return nearest != NULL ? error_advise(err, "did you mean %s?", nearest)
                           : -1;
}

/* Holds the members of an object that is a member against those it may
 * have. What is no object is left to those who read it. */
static int
check_members(const json_t *object, const char *path, const char *const *names,
              size_t count, struct error *err)
{
    json_t *inner = (json_t *) (uintptr_t) object;
    const char *name;
    json_t *value;

    json_object_foreach(inner, name, value)
    {
        size_t known = 0;
        while (known < count && !text_equal_ignoring_case(names[known], name))
            known++;
        if (known == count)
            return refuse_member(path, name, names, count, err);
    }
    return 0;
}

static int
check_nested(const json_t *properties, struct error *err)
{
    static const char sources_name[] = "notificationsSources";
    static const char *const by_role[] = { "state", "roles" };
    static const char *const alerts[] = { "state", "minimalSeverity" };
    static const char *const source[] = { "sourceType", "minimalSeverity",
                                          "minimalRiskLevel" };
    const json_t *sources = contact_member_get(properties, sources_name);
    size_t index;
    json_t *value;

    if (check_members(contact_member_get(properties, "notificationsByRole"),
                      "notificationsByRole", by_role, ARRAY_LENGTH(by_role),
                      err)
            < 0
        || check_members(contact_member_get(properties, "alertNotifications"),
                         "alertNotifications", alerts, ARRAY_LENGTH(alerts),
                         err)
               < 0)
        return -1;
    json_array_foreach(sources, index, value)
    {
        const char *type =
            json_string_value(contact_member_get(value, "sourceType"));
        if (check_members(value, sources_name, source, ARRAY_LENGTH(source),
                          err)
            < 0)
            return -1;
        if (!text_equal_ignoring_case(type, "Alert")
            && !text_equal_ignoring_case(type, "AttackPath")) {
            error_set(err, "properties.%s: Azure knows no sourceType '%s'",
                      sources_name, type != NULL ? type : "");
            return error_advise(err, "there are Alert and AttackPath");
        }
    }
    return 0;
}

/* The newest version that has all members. */
static int
find_version(const json_t *properties, enum contact_version *ret_version,
             struct error *err)
{
    json_t *object = (json_t *) (uintptr_t) properties;
    const char *names[ARRAY_LENGTH(members)];
    unsigned left = IN_2017 | IN_2020 | IN_2023;
    const char *name;
    json_t *value;

    for (size_t i = 0; i < ARRAY_LENGTH(members); i++)
        names[i] = members[i].name;
    json_object_foreach(object, name, value)
    {
        const unsigned versions = versions_of(name, value);
        if (versions == 0)
            return refuse_member("", name, names, ARRAY_LENGTH(names), err);
        if ((left & versions) == 0) {
            error_set(err,
                      "properties.%s: is of another API version than "
                      "the members before it",
                      name);
            return error_advise(err, "write all members as one of the three "
                                     "versions has them");
        }
        left &= versions;
    }
    *ret_version = (left & IN_2023) != 0   ? CONTACT_VERSION_2023_12_01
                   : (left & IN_2020) != 0 ? CONTACT_VERSION_2020_01_01
                                           : CONTACT_VERSION_2017_08_01;
    return 0;
}

/* Whether a text is one that Azure would work out first: "[[" is a text that
 * begins with a bracket. */
static bool
is_expression(const char *text)
{
    const size_t length = strlen(text);

    return length > 2 && text[0] == '[' && text[1] != '['
           && text[length - 1] == ']';
}

/* Everything below a value; path says where it stands. */
static int
refuse_expressions(const json_t *value, const char *path, struct error *err)
{
    json_t *object = (json_t *) (uintptr_t) value;
    const char *text = json_string_value(value), *name;
    json_t *inner;
    size_t index;

    if (text != NULL && is_expression(text)) {
        error_set(err, "properties.%s: is an expression, %s", path, text);
        return error_advise(err, "write the value itself");
    }
    json_array_foreach(value, index, inner)
    {
        if (refuse_expressions(inner, path, err) < 0)
            return -1;
    }
    json_object_foreach(object, name, inner)
    {
        if (refuse_expressions(inner, *path != '\0' ? path : name, err) < 0)
            return -1;
    }
    return 0;
}

static int
refuse_off(const char *member, const char *what, struct error *err)
{
    error_set(err, "properties.%s: switches %s off", member, what);
    return error_advise(err, "no profile lets that pass; leave the member "
                             "out, and it stays as it is in Azure");
}

static int
take_emails(const struct contact *contact, struct desired_contact *desired,
            struct error *err)
{
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid;
        if (email_valid(contact->emails[i], &valid) < 0)
            return error_set_memory(err);
        if (!valid) {
            error_set(err,
                      "properties.emails: '%s' is not a valid e-mail "
                      "address",
                      contact->emails[i]);
            return error_advise(err, "write addresses with semicolons "
                                     "between, and nothing to be filled in");
        }
    }
    desired->emails = contact->emails;
    desired->email_count = contact->email_count;
    return 0;
}

static int
take_phone(const struct contact *contact, struct desired_contact *desired,
           struct error *err)
{
    if (contact->phone != NULL && !phone_valid(contact->phone)) {
        error_set(err, "properties.phone: '%s' is not a phone number",
                  contact->phone);
        return error_advise(err, "write it with the country: a plus sign, "
                                 "then 7 to 15 digits");
    }
    desired->phone = contact->phone;
    return 0;
}

static int
refuse_word(const char *member, const char *word, config_words *known,
            struct error *err)
{
    const char *words[WISH_WORDS_CEILING];
    size_t count = 0;

    while (count < ARRAY_LENGTH(words) && known(count) != NULL) {
        words[count] = known(count);
        count++;
    }
    const char *nearest = text_nearest(word, words, count);
    error_set(err, "properties.%s: Azure knows no '%s'", member, word);
    return error_advise(err, "%s %s",
                        nearest != NULL ? "did you mean" : "one is",
                        nearest != NULL ? nearest : words[0]);
}

/* A threshold that is one of Azure's words, in any letter case. One that is
 * left out is Azure's to choose, and not given. */
static int
take_level(const char *member, const struct contact_threshold *threshold,
           config_words *known, enum contact_level *ret_level,
           struct error *err)
{
    const char *name = contact_level_name(threshold->level);

    if (threshold->level == CONTACT_LEVEL_UNRECOGNIZED
        && text_is_blank(threshold->text))
        return 0;
    for (size_t i = 0; name != NULL && known(i) != NULL; i++)
        if (strcmp(known(i), name) == 0) {
            *ret_level = threshold->level;
            return 0;
        }
    return refuse_word(member, threshold->text != NULL ? threshold->text : "",
                       known, err);
}

/* What mails alerts, in each version. */
static const char *
alerts_member(enum contact_version version)
{
    return version == CONTACT_VERSION_2023_12_01 ? "notificationsSources"
                                                 : "alertNotifications";
}

static int
take_levels(const json_t *properties, const struct contact *contact,
            struct desired_contact *desired, struct error *err)
{
    const char *member = alerts_member(contact->version);

    if (contact_member_get(properties, member) == NULL)
        return 0;
    if (contact->alerts.level == CONTACT_LEVEL_OFF)
        return refuse_off(member, "mail about alerts", err);
    if (take_level(member, &contact->alerts, config_value_severity,
                   &desired->minimal_severity, err)
        < 0)
        return -1;
    if (contact->attack_paths.level == CONTACT_LEVEL_OFF)
        desired->minimal_risk_level = CONTACT_LEVEL_OFF;
    else if (contact->attack_paths.level != CONTACT_LEVEL_UNSEEN)
        return take_level(member, &contact->attack_paths, config_value_risk,
                          &desired->minimal_risk_level, err);
    return 0;
}

static int
take_roles(const json_t *properties, const struct contact *contact,
           struct arena *arena, struct desired_contact *desired,
           struct error *err)
{
    const char *member = contact->version == CONTACT_VERSION_2017_08_01
                             ? "alertsToAdmins"
                             : "notificationsByRole";

    if (contact_member_get(properties, member) == NULL)
        return 0;
    if (contact->roles_notified != CONTACT_ON)
        return refuse_off(member, "mail to roles", err);
    const char **roles =
        arena_allocate_array(arena, contact->role_count + 1, sizeof(*roles));
    if (roles == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < contact->role_count; i++) {
        size_t known = 0;
        while (config_value_role(known) != NULL
               && !text_equal_ignoring_case(config_value_role(known),
                                            contact->roles[i]))
            known++;
        roles[i] = config_value_role(known);
        if (roles[i] == NULL)
            return refuse_word(member, contact->roles[i], config_value_role,
                               err);
    }
    desired->roles = roles;
    desired->role_count = contact->role_count;
    return 0;
}

int
desired_contact_json_read(const json_t *properties, struct arena *arena,
                          struct desired_contact *ret_desired,
                          struct error *err)
{
    static int (*const read[])(const json_t *, struct arena *,
                               struct contact *, struct error *) = {
        [CONTACT_VERSION_2023_12_01] = contact_properties_2023,
        [CONTACT_VERSION_2020_01_01] = contact_properties_2020,
        [CONTACT_VERSION_2017_08_01] = contact_properties_2017,
    };
    struct desired_contact desired = { .phone = NULL };
    struct contact contact = { .name = "default" };

    if (refuse_expressions(properties, "", err) < 0
        || find_version(properties, &contact.version, err) < 0
        || check_nested(properties, err) < 0)
        return -1;
    if (read[contact.version](properties, arena, &contact, err) < 0)
        return error_wrap(err, "the contact");
    if (contact.enabled == CONTACT_OFF)
        return refuse_off("isEnabled", "the contact", err);
    if (take_emails(&contact, &desired, err) < 0
        || take_phone(&contact, &desired, err) < 0
        || take_levels(properties, &contact, &desired, err) < 0
        || take_roles(properties, &contact, arena, &desired, err) < 0)
        return -1;
    if (desired_contact_is_empty(&desired)) {
        error_set(err, "its properties say nothing");
        return error_advise(err, "name what is wanted, such as emails");
    }
    *ret_desired = desired;
    return 0;
}
