/* SPDX-License-Identifier: Apache-2.0 */
/* By which session the contacts of a tenant's subscriptions are read and
 * written. */
#ifndef PIKET_ENGINE_SESSION_TENANT_ACCESS_H
#define PIKET_ENGINE_SESSION_TENANT_ACCESS_H

#include <stddef.h>

#include "azure/arm/arm.h"
#include "azure/contact/contact_reader.h"
#include "base/error.h"
#include "engine/session/session.h"

struct tenant_access {
    struct session *session;       /* borrowed */
    struct contact_reader *reader; /* that keeps images */
};

struct tenant_access_list {
    struct tenant_access *items;
    size_t count;
};

/* One for each session; the list is empty where this fails. */
int tenant_access_list_init(struct tenant_access_list *list,
                            struct session *const *sessions, size_t count,
                            struct error *err);

/* Nothing may be under way. */
void tenant_access_list_done(struct tenant_access_list *list);

/* Ends all that is under way: it is called back before this returns. */
void tenant_access_list_cancel(const struct tenant_access_list *list);

/* The one of this tenant; else one of which nothing says yet whose it is,
 * since a subscription's id is of one tenant only, and ARM refuses a stranger.
 * NULL where there is none. */
const struct tenant_access *tenant_access_find(
    const struct tenant_access_list *list, const char *tenant_id);

#endif
