/* SPDX-License-Identifier: Apache-2.0 */
/* Which identity of a machine: its own (system-assigned), or one of those
 * that were assigned to it, by client id, object id or resource id. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ID_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ID_H

#include "base/error.h"

enum managed_identity_kind {
    MANAGED_IDENTITY_SYSTEM,
    MANAGED_IDENTITY_CLIENT_ID,
    MANAGED_IDENTITY_OBJECT_ID,
    MANAGED_IDENTITY_RESOURCE_ID,
    MANAGED_IDENTITY_KINDS,
};

struct managed_identity_id {
    enum managed_identity_kind kind;
    const char *value;  /* borrowed; NULL for the system-assigned one */
    const char *origin; /* the option or variable that names it, or NULL */
};

/* Reads client-id=UUID, object-id=UUID or resource-id=/subscriptions/…; a
 * bare UUID is a client id, and what begins with a slash a resource id.
 * origin is for messages; both are borrowed. */
int managed_identity_id_read(const char *text, const char *origin,
                             struct managed_identity_id *ret_id,
                             struct error *err);

/* The identity that option names (or NULL), else AZURE_CLIENT_ID, as in the
 * SDKs' chain, else the system-assigned one. Fails where AZURE_CLIENT_ID is
 * no UUID. */
int managed_identity_id_choose(const char *option,
                               struct managed_identity_id *ret_id,
                               struct error *err);

/* "client id", "object id", "resource id" or "system-assigned identity". */
const char *managed_identity_id_word(enum managed_identity_kind kind);

#endif
