/* SPDX-License-Identifier: Apache-2.0 */
/* One execution that changes something. */
#include "control/plan/operation.h"

static const char *const outcome_names[CHANGE_OUTCOME_COUNT] = {
    [CHANGE_PENDING] = "pending",     [CHANGE_DONE] = "done",
    [CHANGE_ALREADY] = "already",     [CHANGE_CONFLICT] = "conflict",
    [CHANGE_NOT_SENT] = "not-sent",   [CHANGE_REFUSED] = "refused",
    [CHANGE_DIFFERENT] = "different", [CHANGE_UNVERIFIED] = "unverified",
};

const char *
change_outcome_name(enum change_outcome outcome)
{
    return outcome_names[outcome];
}

/* What is still PENDING is in none of the counts. */
struct operation_counts
operation_count(const struct operation_report *report)
{
    size_t by_outcome[CHANGE_OUTCOME_COUNT] = { 0 };

    for (size_t i = 0; i < report->plan->change_count; i++)
        by_outcome[report->results[i].outcome]++;
    return (struct operation_counts){
        .done = by_outcome[CHANGE_DONE],
        .already = by_outcome[CHANGE_ALREADY],
        .conflict = by_outcome[CHANGE_CONFLICT],
        .not_sent = by_outcome[CHANGE_NOT_SENT],
        .refused = by_outcome[CHANGE_REFUSED],
        .different = by_outcome[CHANGE_DIFFERENT],
        .unverified = by_outcome[CHANGE_UNVERIFIED],
    };
}
