/* SPDX-License-Identifier: Apache-2.0 */
/* The words for what differs between two runs. */
#include "report/wording/phrase_drift.h"

#include <string.h>

#include "base/translatable.h"

static const struct phrase_drift_words kinds[DRIFT_KIND_COUNT] = {
    [DRIFT_BROKEN] = { N_("No longer compliant"),
                       N_("complied in the run before, or was muted") },
    [DRIFT_UNREADABLE] = { N_("No longer readable"),
                           N_("could be judged in the run before") },
    [DRIFT_GONE] = { N_("No longer there"),
                     N_("the whole list does not show it any more") },
    [DRIFT_NEW] = { N_("New"), N_("not in the run before") },
    [DRIFT_CHANGED] = { N_("Changed otherwise"),
                        N_("neither fixed nor broken by it") },
    [DRIFT_READABLE] = { N_("Readable again"),
                         N_("could not be judged in the run before") },
    [DRIFT_FIXED] = { N_("Fixed"), N_("did not comply in the run before") },
};

static const char *const fields[DRIFT_FIELD_COUNT] = {
    [DRIFT_FIELD_NAME] = N_("Name"),
    [DRIFT_FIELD_STATE] = N_("State"),
    [DRIFT_FIELD_CONTACT] = N_("Security contact"),
    [DRIFT_FIELD_ENABLED] = N_("Enabled"),
    [DRIFT_FIELD_EMAILS] = N_("E-mail addresses"),
    [DRIFT_FIELD_PHONE] = N_("Phone number"),
    [DRIFT_FIELD_ALERTS] = N_("Alerts from severity"),
    [DRIFT_FIELD_ATTACK_PATHS] = N_("Attack paths from risk"),
    [DRIFT_FIELD_ROLES_NOTIFIED] = N_("Mail by role"),
    [DRIFT_FIELD_ROLES] = N_("Roles"),
    [DRIFT_FIELD_OTHER_CONTACTS] = N_("Contacts of other names"),
};

const struct phrase_drift_words *
phrase_drift_kind(enum drift_kind kind)
{
    return &kinds[kind];
}

const char *
phrase_drift_field(enum drift_field_kind kind)
{
    return fields[kind];
}

const char *
phrase_drift_value(enum drift_field_kind kind, const char *value,
                   bool *ret_foreign)
{
    const bool is_switch =
        kind == DRIFT_FIELD_ENABLED || kind == DRIFT_FIELD_ROLES_NOTIFIED;
    const bool is_level =
        kind == DRIFT_FIELD_ALERTS || kind == DRIFT_FIELD_ATTACK_PATHS;

    *ret_foreign = false;
    if (value == NULL || *value == '\0')
        return N_("none");
    if (is_switch)
        return strcmp(value, "true") == 0 ? N_("yes") : N_("no");
    if (is_level && strcmp(value, "Off") == 0)
        return N_("off");
    *ret_foreign = true;
    return value;
}
