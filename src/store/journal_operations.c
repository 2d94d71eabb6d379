/* SPDX-License-Identifier: Apache-2.0 */
/* The operations that the journal holds. */
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/journal.h"
#include "store/sql/proof.h"
#include "store/record_id.h"
#include "store/row_list.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"
#include "store/verify.h"

enum { JOURNAL_OPERATIONS_SQL = 4096 };

/* In the order in which they are selected. */
enum operation_column {
    OPERATION_ID,
    OPERATION_KIND,
    OPERATION_STARTED_AT,
    OPERATION_FINISHED_AT,
    OPERATION_CLOUD,
    OPERATION_ENDPOINT,
    OPERATION_PROFILE,
    OPERATION_CONFIG,
    OPERATION_IDENTITY,
    OPERATION_REASON,
    OPERATION_REVERTS,
    OPERATION_PLAN,
    OPERATION_PROOF,
    OPERATION_OUTCOMES, /* the first of CHANGE_OUTCOME_COUNT */
};

static const char columns[] =
    "SELECT id, kind, started_at, finished_at, cloud, endpoint, profile, "
    "config, identity, reason, reverts, plan, "
    "row_proof(digest, " PROOF_OPERATION ") AS proof";

/* Sent, and perhaps done. */
static const char changing[] =
    "AND kind = 'remediation' AND coalesce(\"done\" + \"different\" + "
    "\"unverified\" + \"pending\", 0) > 0";

/* The changes of each operation by what became of them. Not through an index,
 * which may be damaged where the table is not. */
static void
append_outcomes(struct buffer *sql)
{
    buffer_append_text(sql, "(SELECT operation");
    for (int i = 0; i < CHANGE_OUTCOME_COUNT; i++) {
        const char *name = change_outcome_name((enum change_outcome) i);
        buffer_printf(sql, ", sum(outcome = '%s') AS \"%s\"", name, name);
    }
    buffer_append_text(sql, " FROM change NOT INDEXED GROUP BY operation)");
}

/* The operations for which a condition holds, newest first. */
static int
prepare(struct statement **ret_statement, struct connection *connection,
        const char *condition, struct error *err)
{
    AUTOBUFFER sql = BUFFER_INIT(JOURNAL_OPERATIONS_SQL);

    buffer_append_text(&sql, columns);
    for (int i = 0; i < CHANGE_OUTCOME_COUNT; i++)
        buffer_printf(&sql, ", coalesce(\"%s\", 0)",
                      change_outcome_name((enum change_outcome) i));
    buffer_append_text(&sql, " FROM operation NOT INDEXED LEFT JOIN ");
    append_outcomes(&sql);
    buffer_printf(&sql,
                  " AS outcomes ON outcomes.operation = id WHERE proof > 0 "
                  "%s ORDER BY started_at DESC, number DESC LIMIT $%d",
                  condition, strchr(condition, '$') != NULL ? 2 : 1);
    if (buffer_failed(&sql))
        return error_set_memory(err);
    return statement_prepare(ret_statement, connection, buffer_text(&sql),
                             err);
}

static int
read_kind(struct statement *statement, enum plan_kind *ret_kind,
          struct error *err)
{
    const char *text = statement_text(statement, OPERATION_KIND);

    for (int i = PLAN_REMEDIATION; i <= PLAN_REVERSAL; i++)
        if (text != NULL
            && strcmp(plan_kind_name((enum plan_kind) i), text) == 0) {
            *ret_kind = (enum plan_kind) i;
            return 0;
        }
    return statement_damaged(statement, "an operation is of no such kind",
                             err);
}

static int
read_texts(struct statement *statement, struct arena *arena,
           struct operation *operation, struct error *err)
{
    const struct {
        int column;
        const char **target;
    } texts[] = {
        { OPERATION_ID, &operation->id },
        { OPERATION_CLOUD, &operation->cloud },
        { OPERATION_ENDPOINT, &operation->endpoint },
        { OPERATION_PROFILE, &operation->profile },
        { OPERATION_CONFIG, &operation->config },
        { OPERATION_IDENTITY, &operation->identity },
        { OPERATION_REASON, &operation->reason },
        { OPERATION_REVERTS, &operation->reverts },
        { OPERATION_PLAN, &operation->plan },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        if (statement_copy(statement, texts[i].column, arena, texts[i].target)
            < 0)
            return error_set_memory(err);
    return 0;
}

static size_t
count_of(struct statement *statement, enum change_outcome outcome)
{
    return (size_t) statement_integer(statement,
                                      OPERATION_OUTCOMES + (int) outcome);
}

static int
read_operation(struct statement *statement, struct arena *arena,
               struct history_operation *row, struct error *err)
{
    struct operation *operation = &row->operation;

    if (statement_check(statement, OPERATION_CONFIG, err) < 0
        || read_kind(statement, &operation->kind, err) < 0
        || read_texts(statement, arena, operation, err) < 0)
        return -1;
    operation->started_at = statement_integer(statement, OPERATION_STARTED_AT);
    operation->finished_at =
        statement_integer(statement, OPERATION_FINISHED_AT);
    row->counts = (struct operation_counts){
        .done = count_of(statement, CHANGE_DONE),
        .already = count_of(statement, CHANGE_ALREADY),
        .conflict = count_of(statement, CHANGE_CONFLICT),
        .not_sent = count_of(statement, CHANGE_NOT_SENT),
        .refused = count_of(statement, CHANGE_REFUSED),
        .different = count_of(statement, CHANGE_DIFFERENT),
        .unverified = count_of(statement, CHANGE_UNVERIFIED),
    };
    row->unproved = proof_of(statement, OPERATION_PROOF) == PROOF_NONE;
    row->pending = count_of(statement, CHANGE_PENDING);
    return 0;
}

int
journal_operations(struct store *store, size_t limit, struct arena *arena,
                   struct history_operation **ret_rows, size_t *ret_count,
                   struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list = ROW_LIST_INIT(arena, struct history_operation);
    bool found = false;

    if (verify_journal(store, err) < 0
        || prepare(&statement, store->connection, "", err) < 0)
        return error_wrap(err, "read the journal");
    statement_bind_integer(statement, limit > 0 ? (int64_t) limit : -1);
    for (;;) {
        if (statement_step(statement, &found, err) < 0)
            return error_wrap(err, "read the journal");
        if (!found)
            break;
        struct history_operation *row = row_list_add(&list);
        if (row == NULL)
            return error_set_memory(err);
        if (read_operation(statement, arena, row, err) < 0)
            return error_wrap(err, "read the journal");
    }
    *ret_rows = list.rows;
    *ret_count = list.count;
    return 0;
}

/* id NULL: the last remediation that has changed anything. */
static int
read_one(struct store *store, const char *id, struct arena *arena,
         struct history_operation *ret_row, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct history_operation read = { .pending = 0 };
    bool found = false;

    if (verify_journal(store, err) < 0
        || prepare(&statement, store->connection,
                   id != NULL ? "AND id = $1" : changing, err)
               < 0)
        return -1;
    if (id != NULL)
        statement_bind_text(statement, id);
    statement_bind_integer(statement, 1);
    if (statement_step(statement, &found, err) < 0)
        return -1;
    if (!found) {
        error_set(err,
                  "%s: the journal holds no remediation that has changed "
                  "anything",
                  store->path);
        return error_advise(err, "--store names another store, revert --from "
                                 "a backup");
    }
    if (read_operation(statement, arena, &read, err) < 0)
        return -1;
    *ret_row = read;
    return 0;
}

int
journal_operation(struct store *store, const char *id, struct arena *arena,
                  struct history_operation *ret_row, struct error *err)
{
    const char *whole = NULL;

    if (id != NULL
        && record_id_find(store->connection, "operation", id, arena, &whole,
                          err)
               < 0)
        return -1;
    return read_one(store, whole, arena, ret_row, err);
}
