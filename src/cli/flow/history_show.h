/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of piket history: each reads the store and writes one. */
#ifndef PIKET_CLI_FLOW_HISTORY_SHOW_H
#define PIKET_CLI_FLOW_HISTORY_SHOW_H

#include <stddef.h>

#include "base/error.h"
#include "report/history/history_report.h"
#include "store/store.h"

struct history_show {
    struct store *store;
    const struct history_format *format;
    struct history_view view;
    const char *output; /* NULL or "-": stdout */
    size_t limit;       /* runs, and operations, at most; 0: all */
};

/* Runs and operations. */
int history_show_list(const struct history_show *show, struct error *err);

/* The operation or the run with this id, or with the only one that begins
 * so. */
int history_show_one(const struct history_show *show, const char *id,
                     struct error *err);

/* A subscription's assessments and changes; by its id, or by the name that it
 * has in the last run. */
int history_show_subscription(const struct history_show *show,
                              const char *subscription, struct error *err);

/* What differs between two runs. */
int history_show_drift(const struct history_show *show, const char *before,
                       const char *after, struct error *err);

/* Removes all runs but the newest keep, and says how many. */
int history_show_pruned(const struct history_show *show, size_t keep,
                        struct error *err);

/* The mailboxes of a run; NULL: of the last. */
int history_show_contacts(const struct history_show *show, const char *run,
                          struct error *err);

#endif
