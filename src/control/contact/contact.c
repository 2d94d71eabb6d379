/* SPDX-License-Identifier: Apache-2.0 */
/* The security contact, in one model for all wire versions. */
#include "control/contact/contact.h"

#include "base/cleanup.h"
#include "base/text.h"

static const char *const version_names[] = {
    [CONTACT_VERSION_2023_12_01] = "2023-12-01-preview",
    [CONTACT_VERSION_2020_01_01] = "2020-01-01-preview",
    [CONTACT_VERSION_2017_08_01] = "2017-08-01-preview",
};

/* Levels without a word mail nothing, or are not known to. */
static const char *const level_names[] = {
    [CONTACT_LEVEL_LOW] = "Low",
    [CONTACT_LEVEL_MEDIUM] = "Medium",
    [CONTACT_LEVEL_HIGH] = "High",
    [CONTACT_LEVEL_CRITICAL] = "Critical",
};

const char *
contact_version_name(enum contact_version version)
{
    return version_names[version];
}

enum contact_level
contact_level_parse(const char *text)
{
    if (text == NULL || *text == '\0')
        return CONTACT_LEVEL_OFF;
    for (size_t i = CONTACT_LEVEL_LOW; i < ARRAY_LENGTH(level_names); i++)
        if (text_equal_ignoring_case(text, level_names[i]))
            return (enum contact_level) i;
    return CONTACT_LEVEL_UNRECOGNIZED;
}

const char *
contact_level_name(enum contact_level level)
{
    return (size_t) level < ARRAY_LENGTH(level_names) ? level_names[level]
                                                      : NULL;
}

const char *
contact_threshold_text(const struct contact_threshold *threshold)
{
    return threshold->level == CONTACT_LEVEL_UNRECOGNIZED
               ? threshold->text
               : contact_level_name(threshold->level);
}

bool
contact_notifies_role(const struct contact *contact, const char *role)
{
    if (contact->roles_notified != CONTACT_ON)
        return false;
    for (size_t i = 0; i < contact->role_count; i++)
        if (text_equal_ignoring_case(contact->roles[i], role))
            return true;
    return false;
}
