/* SPDX-License-Identifier: Apache-2.0 */
/* What the store says of runs without bringing them back, and their end. */
#include <string.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/proof.h"
#include "store/row_list.h"
#include "store/run_store.h"
#include "store/run_words.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"
#include "store/verify.h"

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
    "reach_unknown, excluded, other_tenants FROM run NOT INDEXED WHERE "
    "row_proof(digest, " PROOF_RUN ") > 0 ORDER BY started_at DESC, number "
    "DESC LIMIT $1";

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

    if (verify_rows(store, "run", err) < 0
        || statement_prepare(&statement, store->connection, run_sql, err) < 0)
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
    TIMELINE_STATUS,
    TIMELINE_REACH,
    TIMELINE_FAILING,
    TIMELINE_NAME,
    TIMELINE_PROOF,
};

/* A subscription's way through the runs. Each run is looked through by itself,
 * and not by the index of subscriptions: of an index that is damaged nobody
 * would notice what it leaves out. */
struct timeline {
    struct store *store;
    const char *subscription;
    struct row_list list;
    size_t limit;
    struct statement *members, *find;
};

static void
timeline_done(struct timeline *timeline)
{
    statement_free(timeline->members);
    statement_free(timeline->find);
}

static int
timeline_prepare(struct timeline *timeline, struct error *err)
{
    struct connection *connection = timeline->store->connection;

    if (statement_prepare(&timeline->members, connection,
                          "SELECT assessments IS (SELECT "
                          "rows_digest(" PROOF_RUN_ASSESSMENT
                          ") FROM run_assessment WHERE run = $1) FROM run "
                          "WHERE number = $1",
                          err)
        < 0)
        return -1;
    return statement_prepare(
        &timeline->find, connection,
        "SELECT status, reach, failing, CASE WHEN json_valid(json) THEN "
        "json_extract(json, '$.subscription[1]') END, "
        "row_proof(digest, " PROOF_ASSESSMENT
        ") FROM run_assessment LEFT JOIN assessment ON "
        "assessment.number = run_assessment.assessment WHERE run = $1 AND "
        "+subscription = $2",
        err);
}

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

/* The run is the row of another statement: its number, id and start. */
static int
read_timeline_row(struct timeline *timeline, struct statement *run,
                  struct error *err)
{
    struct arena *arena = timeline->list.arena;
    struct statement *statement = timeline->find;
    struct history_assessment *row = row_list_add(&timeline->list);

    if (row == NULL)
        return error_set_memory(err);
    if (statement_check(statement, TIMELINE_NAME, err) < 0)
        return -1;
    row->started_at = statement_integer(run, 2);
    if (statement_copy(run, 1, arena, &row->run) < 0
        || statement_copy(statement, TIMELINE_FAILING, arena, &row->failing)
               < 0
        || statement_copy(statement, TIMELINE_NAME, arena, &row->name) < 0)
        return error_set_memory(err);
    return read_verdict(statement, row, err);
}

/* Whether the run has the assessments that it was kept with. */
static int
has_its_members(struct timeline *timeline, int64_t number, bool *ret_has,
                struct error *err)
{
    bool row = false;

    statement_bind_integer(timeline->members, number);
    if (statement_step(timeline->members, &row, err) < 0)
        return -1;
    *ret_has = row && statement_integer(timeline->members, 0) == 1;
    statement_rewind(timeline->members);
    return 0;
}

static int
look_into(struct timeline *timeline, struct statement *run, struct error *err)
{
    const int64_t number = statement_integer(run, 0);
    bool has = false, row = false;
    int done = 0;

    if (has_its_members(timeline, number, &has, err) < 0)
        return -1;
    if (!has)
        return store_broken(timeline->store, err,
                            "run %s: which assessments are its own is not as "
                            "piket wrote it",
                            statement_text(run, 1));
    statement_bind_integer(timeline->find, number);
    statement_bind_text(timeline->find, timeline->subscription);
    if (statement_step(timeline->find, &row, err) < 0)
        return -1;
    if (!row)
        return 0;
    if (proof_of(timeline->find, TIMELINE_PROOF) != PROOF_BROKEN)
        done = read_timeline_row(timeline, run, err);
    else
        done = store_broken(timeline->store, err,
                            "run %s: its assessment of %s is not as piket "
                            "wrote it",
                            statement_text(run, 1), timeline->subscription);
    statement_rewind(timeline->find);
    return done;
}

static int
follow(struct timeline *timeline, struct error *err)
{
    AUTOSTATEMENT struct statement *runs = NULL;
    bool found = false;

    if (verify_rows(timeline->store, "run", err) < 0
        || timeline_prepare(timeline, err) < 0
        || statement_prepare(&runs, timeline->store->connection,
                             "SELECT number, id, started_at FROM run NOT "
                             "INDEXED WHERE row_proof(digest, " PROOF_RUN
                             ") > 0 ORDER BY started_at DESC, number DESC",
                             err)
               < 0)
        return -1;
    while (timeline->limit == 0 || timeline->list.count < timeline->limit) {
        if (statement_step(runs, &found, err) < 0)
            return -1;
        if (!found)
            return 0;
        if (look_into(timeline, runs, err) < 0)
            return -1;
    }
    return 0;
}

int
run_store_timeline(struct store *store, const char *subscription_id,
                   size_t limit, struct arena *arena,
                   struct history_assessment **ret_rows, size_t *ret_count,
                   struct error *err)
{
    CLEANUP(timeline_done)
    struct timeline timeline = {
        .store = store,
        .subscription = subscription_id,
        .list = ROW_LIST_INIT(arena, struct history_assessment),
        .limit = limit,
    };

    if (follow(&timeline, err) < 0)
        return error_wrap(err, "list the runs of a subscription");
    *ret_rows = timeline.list.rows;
    *ret_count = timeline.list.count;
    return 0;
}

/* The order in which runs stay; damaged ones go first. */
#define PRUNE_ORDER                                                    \
    "ORDER BY row_proof(digest, " PROOF_RUN ") = 0, started_at DESC, " \
    "number DESC LIMIT -1 OFFSET $1)"

/* Of what is left all is counted anew: damaged rows may have been among those
 * that were removed. */
static int
count_anew(struct connection *connection, struct error *err)
{
    return connection_execute(
        connection,
        "UPDATE ledger SET rows = (SELECT count(*) FROM run NOT INDEXED) "
        "WHERE noun = 'run'; UPDATE ledger SET digest = "
        "row_digest(digest, " PROOF_LEDGER ") WHERE noun = 'run'",
        err);
}

static int
prune(struct connection *connection, size_t keep, size_t *ret_removed,
      struct error *err)
{
    static const char *const steps[] = {
        "DELETE FROM run_assessment WHERE run IN (SELECT number FROM "
        "run " PRUNE_ORDER,
        "DELETE FROM run WHERE number IN (SELECT number FROM run " PRUNE_ORDER,
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
    return count_anew(connection, err);
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
