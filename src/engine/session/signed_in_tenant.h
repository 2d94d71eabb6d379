/* SPDX-License-Identifier: Apache-2.0 */
/* Which tenant is signed in to, and whether only its own subscriptions are
 * wanted: others may be delegated to it by Azure Lighthouse. */
#ifndef PIKET_ENGINE_SESSION_SIGNED_IN_TENANT_H
#define PIKET_ENGINE_SESSION_SIGNED_IN_TENANT_H

#include <stdbool.h>

#include "base/error.h"
#include "control/run/run.h"
#include "control/value/subscription.h"
#include "engine/session/session.h"

struct signed_in_tenant {
    char *id;         /* of the tenant; NULL where nothing names it. Owned */
    const char *only; /* nothing of another one is wanted; NULL: all are */
    bool known;       /* signed_in_tenant_learn was called */
};

/* To be called once ARM has answered, so that there is a token. The token
 * says which tenant it is, or the option, or else the first subscription,
 * which may be NULL. Where a tenant was asked for, only that one's own are
 * wanted; that they cannot be told apart is noted in the run. */
int signed_in_tenant_learn(struct signed_in_tenant *signed_in_tenant,
                           const struct session *session,
                           const struct subscription *first, struct run *run,
                           struct error *err);

/* Whether the subscription may be read. One whose tenant ARM does not name
 * may. */
bool signed_in_tenant_takes(const struct signed_in_tenant *signed_in_tenant,
                            const struct subscription *subscription);

void signed_in_tenant_done(struct signed_in_tenant *signed_in_tenant);

#endif
