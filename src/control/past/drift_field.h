/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two sights of one subscription, value by value. */
#ifndef PIKET_CONTROL_PAST_DRIFT_FIELD_H
#define PIKET_CONTROL_PAST_DRIFT_FIELD_H

#include <stddef.h>

#include "base/arena.h"
#include "control/run/assessment.h"

enum drift_field_kind {
    DRIFT_FIELD_NAME,    /* of the subscription */
    DRIFT_FIELD_STATE,   /* of the subscription, as ARM wrote it */
    DRIFT_FIELD_CONTACT, /* its name: whether there is one */
    DRIFT_FIELD_ENABLED, /* "true", "false" */
    DRIFT_FIELD_EMAILS,
    DRIFT_FIELD_PHONE,
    DRIFT_FIELD_ALERTS,         /* a level, or "Off" */
    DRIFT_FIELD_ATTACK_PATHS,   /* a level, or "Off" */
    DRIFT_FIELD_ROLES_NOTIFIED, /* "true", "false" */
    DRIFT_FIELD_ROLES,
    DRIFT_FIELD_OTHER_CONTACTS, /* the names of contacts beside default */
    DRIFT_FIELD_COUNT,
};

/* As the JSON report calls it: "name", "emails", "attackPaths". */
const char *drift_field_name(enum drift_field_kind kind);

/* before and after are borrowed from their runs or made in the arena; NULL
 * where nothing was set. Lists are joined as in a finding. What came from
 * Azure stands in them as it is. */
struct drift_field {
    enum drift_field_kind kind;
    const char *before, *after;
};

/* Lists what differs, in the order above. What one of the sides cannot say is
 * no difference: a contact that could not be read, or does not matter since
 * no alert can arise; a switch or level that an API version does not show; a
 * state that ARM did not tell. Nor is the order of addresses and roles, or
 * their letter case. Returns 0, or -1 where memory ran out. */
int drift_field_compare(const struct assessment *before,
                        const struct assessment *after, struct arena *arena,
                        struct drift_field **ret_fields, size_t *ret_count);

#endif
