/* SPDX-License-Identifier: Apache-2.0 */
/* The tenants that somebody named, by the configuration or --tenant: nothing
 * else is ever written to, whatever the sign-in can reach. */
#ifndef PIKET_CLI_FLOW_NAMED_TENANTS_H
#define PIKET_CLI_FLOW_NAMED_TENANTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/option/azure_options.h"
#include "cli/config/configuration.h"
#include "control/plan/plan.h"
#include "control/run/run.h"

/* Where names come from. All is borrowed. */
struct naming {
    const struct azure_options *azure;
    const struct configuration *configuration;
    const struct run *run; /* that tells the id of a tenant which was named by
                              a domain; NULL: ids alone count */
    bool writing; /* else those signed in to are shown as if they had been
                     named, where nobody named any */
};

/* Whether somebody named one. */
bool named_tenants_given(const struct naming *naming);

/* Fails where nobody named a tenant. */
int named_tenants_demand(const struct naming *naming, struct error *err);

/* Fails where the options name another tenant than the configuration, as far
 * as ids tell: writes refuse any other than its own. */
int named_tenants_agree(const struct naming *naming, struct error *err);

/* The ids, in the arena. Fails where memory runs out. */
int named_tenants_list(const struct naming *naming, struct arena *arena,
                       struct plan_texts *ret_tenants, struct error *err);

/* Holds each change of a plan against them: for one that was kept. */
int named_tenants_cover(const struct plan_texts *tenants,
                        const struct plan *plan, struct error *err);

#endif
