/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of the past: runs without their assessments, operations with
 * the counts of their changes, and one subscription's way through both. */
#ifndef PIKET_CONTROL_PAST_HISTORY_H
#define PIKET_CONTROL_PAST_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "control/run/assessment.h"
#include "control/plan/operation.h"
#include "control/contact/reach.h"
#include "control/run/run.h"

/* A run without its assessments. */
struct history_run {
    const char *id;
    int64_t started_at, finished_at; /* milliseconds since 1970 */
    const char *cloud, *profile;
    const char *tenants; /* ids, with blanks between */
    bool complete, interrupted;
    struct run_summary summary;
};

/* An operation with what became of its changes; those that are pending are
 * in none of the counts. */
struct history_operation {
    struct operation operation;
    struct operation_counts counts;
    size_t pending;
    bool unproved; /* recorded by an older piket, without a digest */
};

/* One subscription's assessment in one run. */
struct history_assessment {
    const char *run;
    int64_t started_at;
    const char *name; /* of the subscription then; or NULL */
    enum assessment_status status;
    enum reach reach;
    const char *failing; /* ids of failing requirements, blanks between */
};

/* Both newest first. */
struct history_list {
    bool more; /* there are older ones, left out by a limit */
    const struct history_run *runs;
    size_t run_count;
    const struct history_operation *operations;
    size_t operation_count;
};

/* One subscription: its assessments newest first, its changes in the order in
 * which they were made. */
struct history_timeline {
    const char *subscription_id;
    const char *subscription_name; /* the last that is known; or NULL */
    const struct history_assessment *assessments;
    size_t assessment_count;
    bool more; /* there are older assessments, left out by a limit */
    const struct change *changes;
    size_t change_count;
};

/* One operation with all its changes. */
struct history_detail {
    const struct history_operation *operation;
    const struct change *changes;
    size_t change_count;
};

/* What became of old runs. */
struct history_pruned {
    size_t removed;
    size_t keep; /* how many of the newest were to stay */
};

#endif
