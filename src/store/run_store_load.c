/* SPDX-License-Identifier: Apache-2.0 */
/* Brings back a run. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "control/file/run_codec.h"
#include "store/sql/connection.h"
#include "store/sql/connection_error.h"
#include "store/sql/proof.h"
#include "store/record_id.h"
#include "store/run_store.h"
#include "store/run_words.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"
#include "store/verify.h"

static int
read_assessments(struct connection *connection, int64_t number,
                 struct run *run, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(
            &statement, connection,
            "SELECT subscription, json, row_proof(digest, " PROOF_ASSESSMENT
            ") FROM run_assessment "
            "JOIN assessment ON assessment.number = "
            "run_assessment.assessment WHERE run = $1 ORDER BY "
            "position",
            err)
        < 0)
        return -1;
    statement_bind_integer(statement, number);
    for (;;) {
        AUTOERROR wrong = ERROR_INIT;
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            return 0;
        if (statement_check(statement, 2, err) < 0)
            return -1;
        const char *json = statement_text(statement, 1);
        const char *name = statement_text(statement, 0);
        if (json == NULL || name == NULL)
            return error_set_memory(err);
        if (proof_of(statement, 2) == PROOF_BROKEN)
            return connection_damaged(connection, err,
                                      "run %s: its assessment of %s is not as "
                                      "piket wrote it",
                                      run->id, name);
        /* How many there were was asked for in the same transaction. */
        struct assessment *next = &run->assessments[run->assessment_count];
        if (run_codec_read_assessment(name, json, strlen(json), run->arena,
                                      next, &wrong)
            < 0)
            return connection_damaged(connection, err, "run %s: %s", run->id,
                                      error_message(&wrong));
        if (!run_judges(run, next))
            return connection_damaged(connection, err,
                                      "run %s: %s: its findings are not those "
                                      "of the profile",
                                      run->id, name);
        run->assessment_count++;
    }
}

/* Those that there were, according to the run, and those that there are. */
static int
count_assessments(struct connection *connection, int64_t number,
                  struct run *run, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(
            &statement, connection,
            "SELECT subscriptions, (SELECT count(*) FROM run_assessment JOIN "
            "assessment ON assessment.number = run_assessment.assessment "
            "WHERE run = $1), assessments = (SELECT "
            "rows_digest(" PROOF_RUN_ASSESSMENT
            ") FROM run_assessment WHERE run = $1) FROM run WHERE number = $1",
            err)
        < 0)
        return -1;
    statement_bind_integer(statement, number);
    if (statement_step(statement, &row, err) < 0)
        return -1;
    const int64_t expected = row ? statement_integer(statement, 0) : 0;
    const int64_t count = row ? statement_integer(statement, 1) : 0;
    if (count != expected)
        return connection_damaged(
            connection, err, "run %s has %lld of its %lld subscriptions",
            run->id, (long long) count, (long long) expected);
    if (statement_integer(statement, 2) == 0)
        return connection_damaged(connection, err,
                                  "run %s: which assessments are its own is "
                                  "not as piket wrote it",
                                  run->id);
    run->assessments = arena_allocate_array(run->arena, (size_t) count,
                                            sizeof(*run->assessments));
    return run->assessments != NULL ? 0 : error_set_memory(err);
}

/* What read_run needs of a run. */
#define RUN_SELECT                                                        \
    "SELECT number, json, row_proof(digest, " PROOF_RUN "), id FROM run " \
    "NOT INDEXED "

/* Says so where the run is from before there were digests. */
static void
tell_unproved(struct statement *statement)
{
    if (proof_of(statement, 2) == PROOF_NONE)
        log_warning("run %s is not proved: an older piket kept it, without "
                    "digests",
                    statement_text(statement, 3));
}

/* The statement's row is one of RUN_SELECT. */
static int
read_run(struct connection *connection, struct statement *statement,
         struct run **ret_run, struct error *err)
{
    AUTOERROR wrong = ERROR_INIT;
    struct run *run = NULL;

    if (statement_check(statement, 2, err) < 0)
        return -1;
    const int64_t number = statement_integer(statement, 0);
    const char *json = statement_text(statement, 1);
    if (json == NULL)
        return error_set_memory(err);
    if (proof_of(statement, 2) == PROOF_BROKEN)
        return connection_damaged(
            connection, err, "run %s (row %lld) is not as piket wrote it",
            statement_text(statement, 3), (long long) number);
    if (run_codec_read("run", json, strlen(json), &run, &wrong) < 0)
        return connection_damaged(connection, err, "%s",
                                  error_message(&wrong));
    if (count_assessments(connection, number, run, err) < 0
        || read_assessments(connection, number, run, err) < 0) {
        run_free(run);
        return -1;
    }
    tell_unproved(statement);
    *ret_run = run;
    return 0;
}

/* *ret_run stays NULL where there is none. */
static int
load(struct connection *connection, const char *id, struct run **ret_run,
     struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(&statement, connection,
                          id != NULL ? RUN_SELECT "WHERE id = $1"
                                     : RUN_SELECT
                              "ORDER BY row_proof(digest, " PROOF_RUN
                              ") = 0, started_at DESC, number "
                              "DESC LIMIT 1",
                          err)
        < 0)
        return -1;
    if (id != NULL)
        statement_bind_text(statement, id);
    if (statement_step(statement, &row, err) < 0)
        return -1;
    return row ? read_run(connection, statement, ret_run, err) : 0;
}

static int
find_and_load(struct store *store, const char *id, struct arena *arena,
              struct run **ret_run, struct error *err)
{
    const char *whole = NULL;

    if (id != NULL
        && record_id_find(store->connection, "run", id, arena, &whole, err)
               < 0)
        return -1;
    /* What is damaged may be the last. */
    if ((id == NULL && verify_rows(store, "run", err) < 0)
        || load(store->connection, whole, ret_run, err) < 0)
        return -1;
    if (*ret_run != NULL)
        return 0;
    error_set(err, "%s: holds no run yet", store->path);
    return error_advise(err, "piket check makes one; --store names another "
                             "store");
}

int
run_store_load(struct store *store, const char *id, struct run **ret_run,
               struct error *err)
{
    struct arena *arena = arena_new();
    struct run *run = NULL;

    if (arena == NULL)
        return error_set_memory(err);
    int done = connection_begin_reading(store->connection, err);
    if (done == 0)
        done = connection_end(store->connection,
                              find_and_load(store, id, arena, &run, err), err);
    arena_free(arena);
    if (done < 0) {
        run_free(run);
        return error_wrap(err, "load a run");
    }
    *ret_run = run;
    return 0;
}

static int
load_previous(struct store *store, const struct run *run, struct run **ret_run,
              struct error *err)
{
    struct connection *connection = store->connection;
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOFREE char *tenants = run_words_tenants(run);
    bool row = false;

    if (tenants == NULL)
        return error_set_memory(err);
    if (verify_rows(store, "run", err) < 0
        || statement_prepare(
               &statement, connection,
               RUN_SELECT
               "WHERE tenants = $1 AND cloud = $2 AND profile = $3 AND "
               "complete AND NOT interrupted AND "
               "(started_at, id) < ($4, $5) ORDER BY started_at DESC, id DESC "
               "LIMIT 1",
               err)
               < 0)
        return -1;
    statement_bind_text(statement, tenants);
    statement_bind_text(statement, run->cloud);
    statement_bind_text(statement, run->profile->name);
    statement_bind_integer(statement, run->started_at);
    statement_bind_text(statement, run->id);
    if (statement_step(statement, &row, err) < 0)
        return -1;
    return row ? read_run(connection, statement, ret_run, err) : 0;
}

int
run_store_load_previous(struct store *store, const struct run *run,
                        struct run **ret_run, struct error *err)
{
    struct run *previous = NULL;

    if (connection_begin_reading(store->connection, err) < 0)
        return -1;
    const int found = load_previous(store, run, &previous, err);
    if (connection_end(store->connection, found, err) < 0) {
        run_free(previous);
        return error_wrap(err, "load the run before %s", run->id);
    }
    *ret_run = previous;
    return 0;
}
