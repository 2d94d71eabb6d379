/* SPDX-License-Identifier: Apache-2.0 */
/* What the store says of runs without bringing them back, and their end. */
#include <string.h>

#include "base/cleanup.h"
#include "store/row_list.h"
#include "store/run_store.h"
#include "store/run_words.h"
#include "store/statement.h"
#include "store/store_parts.h"

/* In the order in which they are selected. */
enum run_column {
    RUN_ID,
    RUN_STARTED_AT,
    RUN_FINISHED_AT,
    RUN_CLOUD,
    RUN_PROFILE,
    RUN_TENANTS,
    RUN_COMPLETE,
    RUN_INTERRUPTED,
    RUN_STATUS,
    RUN_COUNTS, /* the first */
};

static const char run_sql[] =
    "SELECT id, started_at, finished_at, cloud, profile, tenants, complete, "
    "interrupted, status, subscriptions, compliant, muted, non_compliant, "
    "unknown, not_applicable, reach_contact, reach_owners, reach_nobody, "
    "reach_unknown, excluded, other_tenants FROM run ORDER BY started_at "
    "DESC, number DESC LIMIT $1";

static int
read_summary(struct statement *statement, struct run_summary *summary,
             struct error *err)
{
    size_t *const counts[] = {
        &summary->subscriptions, &summary->compliant,
        &summary->muted,         &summary->non_compliant,
        &summary->unknown,       &summary->not_applicable,
        &summary->reach_contact, &summary->reach_owners,
        &summary->reach_nobody,  &summary->reach_unknown,
        &summary->excluded,      &summary->other_tenants,
    };
    const char *status = statement_text(statement, RUN_STATUS);

    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++)
        *counts[i] =
            (size_t) statement_integer(statement, RUN_COUNTS + (int) i);
    for (int i = RUN_COMPLIANT; i <= RUN_UNKNOWN; i++)
        if (status != NULL
            && strcmp(run_status_name((enum run_status) i), status) == 0) {
            summary->status = (enum run_status) i;
            return 0;
        }
    return statement_damaged(statement, "a run has no such status", err);
}

static int
read_run_row(struct statement *statement, struct arena *arena,
             struct history_run *row, struct error *err)
{
    if (statement_check(statement, RUN_COUNTS, err) < 0)
        return -1;
    row->started_at = statement_integer(statement, RUN_STARTED_AT);
    row->finished_at = statement_integer(statement, RUN_FINISHED_AT);
    row->complete = statement_integer(statement, RUN_COMPLETE) != 0;
    row->interrupted = statement_integer(statement, RUN_INTERRUPTED) != 0;
    if (statement_copy(statement, RUN_ID, arena, &row->id) < 0
        || statement_copy(statement, RUN_CLOUD, arena, &row->cloud) < 0
        || statement_copy(statement, RUN_PROFILE, arena, &row->profile) < 0
        || statement_copy(statement, RUN_TENANTS, arena, &row->tenants) < 0)
        return error_set_memory(err);
    return read_summary(statement, &row->summary, err);
}

int
run_store_list(struct store *store, size_t limit, struct arena *arena,
               struct history_run **ret_rows, size_t *ret_count,
               struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list = ROW_LIST_INIT(arena, struct history_run);
    bool found = false;

    if (statement_prepare(&statement, store->connection, run_sql, err) < 0)
        return error_wrap(err, "list the runs");
    statement_bind_integer(statement, limit > 0 ? (int64_t) limit : -1);
    for (;;) {
        if (statement_step(statement, &found, err) < 0)
            return error_wrap(err, "list the runs");
        if (!found)
            break;
        struct history_run *row = row_list_add(&list);
        if (row == NULL)
            return error_set_memory(err);
        if (read_run_row(statement, arena, row, err) < 0)
            return error_wrap(err, "list the runs");
    }
    *ret_rows = list.rows;
    *ret_count = list.count;
    return 0;
}

/* In the order in which they are selected. */
enum timeline_column {
    TIMELINE_RUN,
    TIMELINE_STARTED_AT,
    TIMELINE_STATUS,
    TIMELINE_REACH,
    TIMELINE_FAILING,
    TIMELINE_NAME,
};

static const char timeline_sql[] =
    "SELECT run.id, run.started_at, assessment.status, assessment.reach, "
    "assessment.failing, CASE WHEN json_valid(assessment.json) THEN "
    "json_extract(assessment.json, '$.subscription[1]') END FROM "
    "run_assessment JOIN run ON run.number = "
    "run_assessment.run JOIN assessment ON assessment.number = "
    "run_assessment.assessment WHERE run_assessment.subscription = $1 ORDER "
    "BY run.started_at DESC, run.number DESC LIMIT $2";

static int
read_verdict(struct statement *statement, struct history_assessment *row,
             struct error *err)
{
    const char *status = statement_text(statement, TIMELINE_STATUS);
    const char *reach = statement_text(statement, TIMELINE_REACH);
    bool found = false;

    for (int i = 0; status != NULL && i <= ASSESSMENT_NOT_APPLICABLE; i++)
        if (strcmp(assessment_status_name((enum assessment_status) i), status)
            == 0) {
            row->status = (enum assessment_status) i;
            found = true;
        }
    if (found && run_words_read_reach(reach, &row->reach) == 0)
        return 0;
    return statement_damaged(statement,
                             "an assessment has no such status or reach", err);
}

static int
read_timeline_row(struct statement *statement, struct arena *arena,
                  struct history_assessment *row, struct error *err)
{
    if (statement_check(statement, TIMELINE_NAME, err) < 0)
        return -1;
    row->started_at = statement_integer(statement, TIMELINE_STARTED_AT);
    if (statement_copy(statement, TIMELINE_RUN, arena, &row->run) < 0
        || statement_copy(statement, TIMELINE_FAILING, arena, &row->failing)
               < 0
        || statement_copy(statement, TIMELINE_NAME, arena, &row->name) < 0)
        return error_set_memory(err);
    return read_verdict(statement, row, err);
}

int
run_store_timeline(struct store *store, const char *subscription_id,
                   size_t limit, struct arena *arena,
                   struct history_assessment **ret_rows, size_t *ret_count,
                   struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list = ROW_LIST_INIT(arena, struct history_assessment);
    bool found = false;

    if (statement_prepare(&statement, store->connection, timeline_sql, err)
        < 0)
        return error_wrap(err, "list the runs of a subscription");
    statement_bind_text(statement, subscription_id);
    statement_bind_integer(statement, limit > 0 ? (int64_t) limit : -1);
    for (;;) {
        if (statement_step(statement, &found, err) < 0)
            return error_wrap(err, "list the runs of a subscription");
        if (!found)
            break;
        struct history_assessment *row = row_list_add(&list);
        if (row == NULL)
            return error_set_memory(err);
        if (read_timeline_row(statement, arena, row, err) < 0)
            return error_wrap(err, "list the runs of a subscription");
    }
    *ret_rows = list.rows;
    *ret_count = list.count;
    return 0;
}

static int
prune(struct connection *connection, size_t keep, size_t *ret_removed,
      struct error *err)
{
    static const char *const steps[] = {
        "DELETE FROM run_assessment WHERE run IN (SELECT number FROM run "
        "ORDER BY started_at DESC, number DESC LIMIT -1 OFFSET $1)",
        "DELETE FROM run WHERE number IN (SELECT number FROM run ORDER BY "
        "started_at DESC, number DESC LIMIT -1 OFFSET $1)",
    };
    size_t removed = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(steps); i++) {
        AUTOSTATEMENT struct statement *statement = NULL;
        if (statement_prepare(&statement, connection, steps[i], err) < 0)
            return -1;
        statement_bind_integer(statement, (int64_t) keep);
        if (statement_run(statement, err) < 0)
            return -1;
        removed = (size_t) statement_changed(statement);
    }
    if (removed > 0
        && connection_execute(connection,
                              "DELETE FROM assessment WHERE number NOT IN "
                              "(SELECT assessment FROM run_assessment)",
                              err)
               < 0)
        return -1;
    *ret_removed = removed;
    return 0;
}

int
run_store_prune(struct store *store, size_t keep, size_t *ret_removed,
                struct error *err)
{
    size_t removed = 0;

    if (connection_begin(store->connection, err) < 0)
        return error_wrap(err, "remove old runs");
    const int done = prune(store->connection, keep, &removed, err);
    if (connection_end(store->connection, done, err) < 0)
        return error_wrap(err, "remove old runs");
    *ret_removed = removed;
    return 0;
}
