/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps a run. */
#include "store/run_store.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "control/file/run_codec.h"
#include "store/sql/connection.h"
#include "store/sql/proof.h"
#include "store/run_words.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"

/* What is used for every assessment. */
struct saving {
    struct statement *find, *add, *refer;
    struct buffer json, failing;
    int64_t next;  /* number of the next row that is added */
    bool *damaged; /* one of an earlier run is */
};

static void
saving_done(struct saving *saving)
{
    statement_free(saving->find);
    statement_free(saving->add);
    statement_free(saving->refer);
    buffer_done(&saving->json);
    buffer_done(&saving->failing);
}

static int
saving_prepare(struct saving *saving, struct connection *connection,
               struct error *err)
{
    if (statement_prepare(&saving->find, connection,
                          "SELECT assessment.number, assessment.json, "
                          "row_proof(digest, " PROOF_ASSESSMENT ") FROM "
                          "run_assessment JOIN assessment ON "
                          "assessment.number = run_assessment.assessment "
                          "WHERE subscription = $1 ORDER BY run DESC LIMIT 1",
                          err)
            < 0
        || statement_prepare(&saving->add, connection,
                             "INSERT INTO assessment (number, status, reach, "
                             "failing, json, digest) VALUES ($1, $2, $3, $4, "
                             "$5, row_digest(NULL, 'assessment', $1, $2, $3, "
                             "$4, $5))",
                             err)
               < 0)
        return -1;
    return statement_prepare(&saving->refer, connection,
                             "INSERT INTO run_assessment (run, position, "
                             "subscription, assessment) VALUES ($1, $2, $3, "
                             "$4)",
                             err);
}

static int
add_assessment(struct saving *saving, const struct assessment *assessment,
               int64_t *ret_number, struct error *err)
{
    struct buffer *failing = &saving->failing;

    buffer_clear(failing);
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].status == FINDING_FAIL)
            buffer_printf(failing, "%s%s", failing->length > 0 ? " " : "",
                          assessment->findings[i].requirement->id);
    if (buffer_failed(failing))
        return error_set_memory(err);
    statement_bind_integer(saving->add, saving->next);
    statement_bind_text(saving->add,
                        assessment_status_name(assessment->status));
    statement_bind_text(saving->add, run_words_reach(assessment->reach));
    statement_bind_text(saving->add, buffer_text(failing));
    statement_bind_text(saving->add, buffer_text(&saving->json));
    if (statement_run(saving->add, err) < 0)
        return -1;
    *ret_number = saving->next++;
    return 0;
}

/* Finds the row that says what the last run said of this subscription, where
 * that is the same, and proved. What is damaged does not keep a new run from
 * being kept. */
static bool
find_same(struct saving *saving, const struct assessment *assessment,
          int64_t *ret_number)
{
    AUTOERROR err = ERROR_INIT;
    bool row = false;

    statement_bind_text(saving->find, assessment->subscription.id);
    if (statement_step(saving->find, &row, &err) < 0) {
        *saving->damaged = true;
        return false;
    }
    if (!row)
        return false;
    const char *json = statement_text(saving->find, 1);
    const enum proof proof = proof_of(saving->find, 2);
    const bool same =
        json != NULL && strcmp(json, buffer_text(&saving->json)) == 0;
    *ret_number = statement_integer(saving->find, 0);
    statement_rewind(saving->find);
    if (proof == PROOF_BROKEN)
        *saving->damaged = true;
    return same && proof == PROOF_HOLDS;
}

/* The number of that row, or else of a new one. */
static int
keep_assessment(struct saving *saving, const struct assessment *assessment,
                int64_t *ret_number, struct error *err)
{
    buffer_clear(&saving->json);
    if (run_codec_write_assessment(assessment, &saving->json, err) < 0)
        return -1;
    return find_same(saving, assessment, ret_number)
               ? 0
               : add_assessment(saving, assessment, ret_number, err);
}

static int
add_assessments(struct connection *connection, int64_t number,
                const struct run *run, bool *damaged, struct error *err)
{
    CLEANUP(saving_done)
    struct saving saving = { .json = BUFFER_INIT(RUN_CODEC_CEILING),
                             .failing = BUFFER_INIT(RUN_CODEC_CEILING),
                             .damaged = damaged };
    int64_t assessment = 0;

    if (saving_prepare(&saving, connection, err) < 0
        || connection_number(connection,
                             "SELECT coalesce(max(number), 0) + 1 FROM "
                             "assessment",
                             &saving.next, err)
               < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++) {
        if (keep_assessment(&saving, &run->assessments[i], &assessment, err)
            < 0)
            return -1;
        statement_bind_integer(saving.refer, number);
        statement_bind_integer(saving.refer, (int64_t) i);
        statement_bind_text(saving.refer, run->assessments[i].subscription.id);
        statement_bind_integer(saving.refer, assessment);
        if (statement_run(saving.refer, err) < 0)
            return -1;
    }
    return 0;
}

static void
bind_summary(struct statement *statement, const struct run_summary *summary)
{
    const size_t counts[] = {
        summary->subscriptions, summary->compliant,    summary->muted,
        summary->non_compliant, summary->unknown,      summary->not_applicable,
        summary->reach_contact, summary->reach_owners, summary->reach_nobody,
        summary->reach_unknown, summary->excluded,     summary->other_tenants,
    };

    statement_bind_text(statement, run_status_name(summary->status));
    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++)
        statement_bind_integer(statement, (int64_t) counts[i]);
}

static int
add_run(struct connection *connection, const struct run *run,
        int64_t *ret_number, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOBUFFER json = BUFFER_INIT(RUN_CODEC_CEILING);
    AUTOFREE char *tenants = run_words_tenants(run);
    const struct run_summary summary = run_summarize(run);

    if (tenants == NULL)
        return error_set_memory(err);
    if (run_codec_write(run, &json, err) < 0
        || statement_prepare(
               &statement, connection,
               "INSERT INTO run (id, started_at, finished_at, cloud, profile, "
               "tenants, complete, interrupted, json, status, subscriptions, "
               "compliant, muted, non_compliant, unknown, not_applicable, "
               "reach_contact, reach_owners, reach_nobody, reach_unknown, "
               "excluded, other_tenants) VALUES ($1, $2, $3, $4, $5, $6, $7, "
               "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
               "$20, $21, $22)",
               err)
               < 0)
        return -1;
    statement_bind_text(statement, run->id);
    statement_bind_integer(statement, run->started_at);
    statement_bind_integer(statement, run->finished_at);
    statement_bind_text(statement, run->cloud);
    statement_bind_text(statement, run->profile->name);
    statement_bind_text(statement, tenants);
    statement_bind_integer(statement, run->complete);
    statement_bind_integer(statement, run->interrupted);
    statement_bind_text(statement, buffer_text(&json));
    bind_summary(statement, &summary);
    if (statement_run(statement, err) < 0)
        return -1;
    *ret_number = statement_added(statement);
    return 0;
}

/* The run's row proves which assessments are its own; they prove
 * themselves. */
static int
prove_run(struct connection *connection, int64_t number, const char *id,
          struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "UPDATE run SET assessments = (SELECT "
                          "rows_digest(" PROOF_RUN_ASSESSMENT
                          ") FROM run_assessment WHERE run = $1) WHERE number "
                          "= $1",
                          err)
        < 0)
        return -1;
    statement_bind_integer(statement, number);
    if (statement_run(statement, err) < 0
        || proof_renew(connection, "run", id, err) < 0)
        return -1;
    return proof_count(connection, "run", 1, err);
}

/* What is written to files that are not at the path any more is lost. */
static int
check_presence(struct store *store, struct error *err)
{
    AUTOERROR gone = ERROR_INIT;

    if (store_check_presence(store, &gone) == 0)
        return 0;
    error_set(err, "%s", error_message(&gone));
    return error_advise(err, "the report is all that there is of this run: "
                             "keep it, and put the store back as it was");
}

static int
save(struct store *store, const struct run *run, bool *damaged,
     struct error *err)
{
    struct connection *connection = store->connection;
    int64_t number = 0;

    if (check_presence(store, err) < 0
        || connection_begin(connection, err) < 0)
        return -1;
    int done = add_run(connection, run, &number, err);
    if (done == 0)
        done = add_assessments(connection, number, run, damaged, err);
    if (done == 0)
        done = prove_run(connection, number, run->id, err);
    if (connection_end(connection, done, err) < 0
        || check_presence(store, err) < 0)
        return -1;
    return store_note(store, err);
}

int
run_store_save(struct store *store, const struct run *run, bool *ret_damaged,
               struct error *err)
{
    bool damaged = false;

    if (save(store, run, &damaged, err) < 0)
        return error_wrap(err, "store the run %s", run->id);
    if (ret_damaged != NULL)
        *ret_damaged = damaged;
    return 0;
}
