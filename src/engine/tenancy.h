/* SPDX-License-Identifier: Apache-2.0 */
/* Which tenant is signed in to, and whether only its own subscriptions are
 * wanted: others may be delegated to it by Azure Lighthouse. */
#ifndef PIKET_ENGINE_TENANCY_H
#define PIKET_ENGINE_TENANCY_H

#include <stdbool.h>

#include "base/error.h"
#include "control/run.h"
#include "control/subscription.h"
#include "engine/session.h"

struct tenancy {
    char *id;         /* of the tenant; NULL where nothing names it. Owned */
    const char *only; /* nothing of another one is wanted; NULL: all are */
    bool known;       /* tenancy_learn was called */
};

/* To be called once ARM has answered, so that there is a token. The token
 * says which tenant it is, or the option, or else the first subscription,
 * which may be NULL. Where a tenant was asked for, only that one's own are
 * wanted; that they cannot be told apart is noted in the run. */
int tenancy_learn(struct tenancy *tenancy, const struct session *session,
                  const struct subscription *first, struct run *run,
                  struct error *err);

/* Whether the subscription may be read. One whose tenant ARM does not name
 * may. */
bool tenancy_takes(const struct tenancy *tenancy,
                   const struct subscription *subscription);

void tenancy_done(struct tenancy *tenancy);

#endif
