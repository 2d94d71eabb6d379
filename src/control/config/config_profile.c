/* SPDX-License-Identifier: Apache-2.0 */
/* The profile as a configuration adjusts it. */
#include "control/config/config_profile.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"

static bool
is_listed(const struct config_texts *texts, const char *word)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], word) == 0)
            return true;
    return false;
}

static bool
demands(const struct profile *profile, const char *id)
{
    for (size_t i = 0;
         i < PROFILE_REQUIREMENTS_CEILING && profile->requirements[i] != NULL;
         i++)
        if (strcmp(profile->requirements[i], id) == 0)
            return true;
    return false;
}

static int
adjust_requirements(const struct config *config, const struct profile *base,
                    struct profile *profile, struct error *err)
{
    const struct config_texts *add = &config->requirements.add;
    const struct config_texts *drop = &config->requirements.drop;
    size_t count = 0;

    memset(profile->requirements, 0, sizeof(profile->requirements));
    for (size_t i = 0; i < requirement_table_length; i++) {
        const char *id = requirement_table[i].id;
        if (is_listed(add, id) && is_listed(drop, id))
            return error_set(err,
                             "%s:%zu: requirements: %s is both added and "
                             "dropped",
                             config->name, config->requirements.line, id);
        if ((demands(base, id) || is_listed(add, id)) && !is_listed(drop, id)
            && count < PROFILE_REQUIREMENTS_CEILING - 1)
            profile->requirements[count++] = id;
    }
    if (count == 0)
        return error_set(err,
                         "%s:%zu: requirements: nothing is left of profile "
                         "%s",
                         config->name, config->requirements.line, base->name);
    return 0;
}

static void
adjust_thresholds(const struct config *config, struct thresholds *thresholds)
{
    const struct config_thresholds *given = &config->thresholds;

    if (given->alerts_of != CONTACT_LEVEL_UNSEEN)
        thresholds->alerts_of = given->alerts_of;
    if (given->attack_paths_of != CONTACT_LEVEL_UNSEEN)
        thresholds->attack_paths_of = given->attack_paths_of;
    if (given->min_emails > 0)
        thresholds->min_emails = given->min_emails;
    if (given->allowed_domains.items != NULL) {
        thresholds->allowed_domains = given->allowed_domains.items;
        thresholds->allowed_domain_count = given->allowed_domains.count;
    }
    thresholds->desired_emails = config->contact.emails.items;
    thresholds->desired_email_count = config->contact.emails.count;
    thresholds->desired_phone = config->contact.phone;
}

/* Which requirements a part of the desired contact answers. */
enum part { PART_EMAILS, PART_PHONE, PART_SEVERITY, PART_RISK, PART_ROLES };

static const struct {
    const char *requirement;
    enum part part;
} parts[] = {
    { "email-configured", PART_EMAILS },
    { "email-valid", PART_EMAILS },
    { "email-count", PART_EMAILS },
    { "email-domain", PART_EMAILS },
    { "phone-configured", PART_PHONE },
    { "phone-valid", PART_PHONE },
    { "alerts-notified", PART_SEVERITY },
    { "attack-paths-notified", PART_RISK },
    { "owner-notified", PART_ROLES },
};

static bool
is_given(const struct config_contact *contact, enum part part)
{
    switch (part) {
    case PART_EMAILS:
        return contact->emails.items != NULL;
    case PART_PHONE:
        return contact->phone != NULL;
    case PART_SEVERITY:
        return contact->minimal_severity != CONTACT_LEVEL_UNSEEN;
    case PART_RISK:
        return contact->minimal_risk_level != CONTACT_LEVEL_UNSEEN;
    case PART_ROLES:
        return contact->roles.items != NULL;
    }
    return false;
}

static struct contact
contact_of(const struct config_contact *desired)
{
    return (struct contact){
        .name = "default",
        .version = CONTACT_VERSION_2023_12_01,
        .enabled = CONTACT_ON,
        .emails = desired->emails.items,
        .email_count = desired->emails.count,
        .phone = desired->phone,
        .alerts = { desired->minimal_severity,
                    contact_level_name(desired->minimal_severity) },
        .attack_paths = { desired->minimal_risk_level,
                          contact_level_name(desired->minimal_risk_level) },
        .roles_notified = CONTACT_ON,
        .roles = desired->roles.items,
        .role_count = desired->roles.count,
    };
}

int
config_profile_unmet(const struct config *config,
                     const struct profile *profile, struct arena *arena,
                     struct finding *ret_finding, struct error *err)
{
    const struct contact contact = contact_of(&config->contact);

    *ret_finding = (struct finding){ .requirement = NULL };
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
        const struct requirement *requirement =
            requirement_by_id(parts[i].requirement);
        struct finding finding = { .requirement = requirement };
        if (!is_given(&config->contact, parts[i].part)
            || !demands(profile, requirement->id)
            || (requirement->configured != NULL
                && !requirement->configured(&profile->thresholds)))
            continue;
        if (requirement->judge(&contact, &profile->thresholds, arena, &finding)
            < 0)
            return error_set_memory(err);
        if (finding.status != FINDING_FAIL)
            continue;
        *ret_finding = finding;
        return 0;
    }
    return 0;
}

static int
check_desired(const struct config *config, const struct profile *profile,
              struct arena *arena, struct error *err)
{
    struct finding unmet;

    if (config_profile_unmet(config, profile, arena, &unmet, err) < 0)
        return -1;
    if (unmet.requirement == NULL)
        return 0;
    return error_set(err, "%s:%zu: contact: does not meet %s%s%s%s%s",
                     config->name, config->contact.line, unmet.requirement->id,
                     unmet.expected != NULL ? ", which demands " : "",
                     unmet.expected != NULL ? unmet.expected : "",
                     unmet.actual != NULL ? ": " : "",
                     unmet.actual != NULL ? unmet.actual : "");
}

int
config_profile_make(const struct config *config, const struct profile *base,
                    struct arena *arena, const struct profile **ret_profile,
                    struct error *err)
{
    struct profile *profile = arena_allocate(arena, sizeof(*profile));

    if (profile == NULL)
        return error_set_memory(err);
    *profile = *base;
    if (adjust_requirements(config, base, profile, err) < 0)
        return -1;
    adjust_thresholds(config, &profile->thresholds);
    if (check_desired(config, profile, arena, err) < 0)
        return -1;
    *ret_profile = profile;
    return 0;
}
