/* SPDX-License-Identifier: Apache-2.0 */
/* What remediate and revert share: from an open estate to a plan, and from
 * the plan to its report, kept, shown, confirmed, applied. */
#ifndef PIKET_CLI_FLOW_CHANGE_FLOW_H
#define PIKET_CLI_FLOW_CHANGE_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/option/azure_options.h"
#include "cli/option/change_options.h"
#include "cli/config/configuration.h"
#include "cli/flow/check_flow.h"
#include "cli/option/store_options.h"
#include "control/file/plan_file.h"
#include "store/store.h"

struct change_flow {
    const struct azure_options *azure;
    const struct change_options *options;
    struct configuration *configuration;
    struct store *store; /* NULL where nothing is written */
    struct check_flow check_flow;
    size_t settled; /* unfinished changes of earlier runs */
    struct plan *plan;
    struct plan_file file; /* the plan, and what judges it */
};

#define CHANGE_FLOW_INIT \
    {                    \
        .plan = NULL     \
    }

/* Finds out early what would stop the run later: where its files go, which
 * tenants may be written to. Opens the sessions; and, where changes are to be
 * made, the store, and settles what is unfinished there. All is borrowed:
 * azure, options and configuration are set. Returns 0, or
 * EXIT_STATUS_USAGE having said why, or -1 with an error. */
int change_flow_open(struct change_flow *run,
                     const struct store_options *store, struct error *err);

/* Reads the estate. Returns the exit status of an interruption, or 0, or -1
 * with an error. */
int change_flow_read(struct change_flow *run, struct error *err);

/* What a plan may write, of the estate that was read. The tenants live as
 * long as the run. */
int change_flow_plan_options(struct change_flow *run,
                             struct plan_options *ret_options,
                             struct error *err);

/* Instead of these two: the plan of --plan, which must be of the kind. */
int change_flow_load(struct change_flow *run, enum plan_kind kind,
                     struct error *err);

/* Takes the plan, which the run owns from here on. */
void change_flow_take(struct change_flow *run, struct plan *plan);

/* Keeps the plan, shows it, asks, applies it and reports, as the options
 * want it. Returns the exit status, or -1 with an error. */
int change_flow_finish(struct change_flow *run, struct error *err);

/* Half-made ones are allowed. */
void change_flow_close(struct change_flow *run);

#endif
