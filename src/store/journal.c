/* SPDX-License-Identifier: Apache-2.0 */
/* What is written to the journal. Each function is one transaction, on the
 * disk when it returns. */
#include "store/journal.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/connection_error.h"
#include "store/sql/proof.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"

enum { JOURNAL_NUMBER = 24 }; /* bytes of an id as text */

static int
require_lock(const struct store *store, struct error *err)
{
    return store->lock >= 0
               ? 0
               : error_set(err, "%s: the journal is not locked", store->path);
}

/* Under the lock, and with the files that were opened, from before the
 * transaction to its end: what is written to another is not on record. */
static int
begin(struct store *store, struct error *err)
{
    if (require_lock(store, err) < 0 || store_check_presence(store, err) < 0)
        return -1;
    return connection_begin(store->connection, err);
}

static int
end(struct store *store, int result, struct error *err)
{
    if (connection_end(store->connection, result, err) < 0
        || store_check_presence(store, err) < 0)
        return -1;
    return store_note(store, err);
}

/* Reads a change back as another process would: from the file at the path,
 * with its digest. */
static int
confirm(struct store *store, int64_t id, enum change_outcome outcome,
        struct error *err)
{
    CLEANUP(connection_closep) struct connection *beside = NULL;
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (store_look(store, &beside, err) < 0
        || statement_prepare(&statement, beside,
                             "SELECT row_proof(digest, " PROOF_CHANGE
                             ") FROM change WHERE id = $1 AND outcome = $2",
                             err)
               < 0)
        return -1;
    statement_bind_integer(statement, id);
    statement_bind_text(statement, change_outcome_name(outcome));
    if (statement_step(statement, &row, err) < 0)
        return -1;
    if (row && proof_of(statement, 0) != PROOF_BROKEN)
        return 0;
    return connection_damaged(beside, err,
                              "what was journalled last cannot be read back "
                              "from it");
}

static int
renew_change(struct store *store, int64_t id, struct error *err)
{
    char text[JOURNAL_NUMBER];

    (void) snprintf(text, sizeof(text), "%" PRId64, id);
    return proof_renew(store->connection, "change", text, err);
}

static int
expect_one(struct statement *statement, const char *what, struct error *err)
{
    return statement_changed(statement) == 1 ? 0 : error_set(err, "%s", what);
}

static int
add_operation(struct store *store, const struct operation *operation,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(
            &statement, store->connection,
            "INSERT INTO operation (id, kind, started_at, finished_at, "
            "cloud, endpoint, profile, config, identity, reason, reverts, "
            "plan, changes) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, "
            "$10, $11, 0)",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, operation->id);
    statement_bind_text(statement, plan_kind_name(operation->kind));
    statement_bind_integer(statement, operation->started_at);
    statement_bind_text(statement, operation->cloud);
    statement_bind_text(statement, operation->endpoint);
    statement_bind_text(statement, operation->profile);
    statement_bind_text(statement, operation->config);
    statement_bind_text(statement, operation->identity);
    statement_bind_text(statement, operation->reason);
    statement_bind_text(statement, operation->reverts);
    statement_bind_text(statement, operation->plan);
    if (statement_run(statement, err) < 0
        || proof_renew(store->connection, "operation", operation->id, err) < 0)
        return -1;
    return proof_count(store->connection, "operation", 1, err);
}

int
journal_begin(struct store *store, const struct operation *operation,
              struct error *err)
{
    if (begin(store, err) < 0
        || end(store, add_operation(store, operation, err), err) < 0)
        return error_wrap(err, "journal the operation %s", operation->id);
    return 0;
}

static void
bind_image(struct statement *statement, const struct contact_snapshot *image)
{
    if (image == NULL) {
        statement_bind_text(statement, NULL);
        statement_bind_bytes(statement, NULL, 0);
        return;
    }
    statement_bind_text(statement, contact_version_name(image->version));
    statement_bind_bytes(statement, image->bytes, image->length);
}

/* Of an operation that is as it was written. */
static int
count_change(struct store *store, const char *operation, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, store->connection,
                          "UPDATE operation SET changes = changes + 1 WHERE "
                          "id = $1 AND row_proof(digest, " PROOF_OPERATION
                          ") > 0",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, operation);
    if (statement_run(statement, err) < 0
        || expect_one(statement, "its operation is not on record", err) < 0)
        return -1;
    return proof_renew(store->connection, "operation", operation, err);
}

static int
add_change(struct store *store, const struct change *change, int64_t *ret_id,
           struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    const struct subscription *subscription = &change->subscription;

    if (statement_prepare(
            &statement, store->connection,
            "INSERT INTO change (operation, subscription, "
            "subscription_name, tenant, action, version, reverts, "
            "journalled_at, finished_at, outcome, settled, before_version, "
            "before, body, residues) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
            "0, $9, 0, $10, $11, $12, 0)",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, change->operation);
    statement_bind_text(statement, subscription->id);
    statement_bind_text(statement, subscription->name);
    statement_bind_text(statement, subscription->tenant_id);
    statement_bind_text(statement, plan_action_name(change->action));
    statement_bind_text(statement, contact_version_name(change->version));
    statement_bind_integer(statement, change->reverts);
    statement_bind_integer(statement, change->journalled_at);
    statement_bind_text(statement, change_outcome_name(CHANGE_PENDING));
    bind_image(statement, change->before);
    statement_bind_text(statement, change->body);
    if (statement_run(statement, err) < 0)
        return -1;
    *ret_id = statement_added(statement);
    if (renew_change(store, *ret_id, err) < 0)
        return -1;
    return count_change(store, change->operation, err);
}

int
journal_record(struct store *store, struct change *change, struct error *err)
{
    int64_t id = 0;

    /* In the database itself it outlasts the log, too. */
    if (begin(store, err) < 0
        || end(store, add_change(store, change, &id, err), err) < 0
        || connection_empty_log(store->connection, err) < 0
        || confirm(store, id, CHANGE_PENDING, err) < 0)
        return error_wrap(err, "journal the change of subscription %s",
                          change->subscription.id);
    change->id = id;
    return 0;
}

static void
bind_error(struct statement *statement, const struct contact_error *error)
{
    static const struct contact_error none = { .code = NULL };
    const struct contact_error *bound = error != NULL ? error : &none;

    statement_bind_text(statement, bound->code);
    statement_bind_integer(statement, bound->http_status);
    statement_bind_text(statement, bound->message);
    statement_bind_text(statement, bound->request_id);
}

/* What has a result keeps it: only an unfinished change is completed, and only
 * one that is as it was written. */
static int
update_change(struct store *store, const struct change *change,
              const struct change_result *result, int64_t finished_at,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(
            &statement, store->connection,
            "UPDATE change SET outcome = $1, finished_at = $2, settled = $3, "
            "request_id = $4, error_code = $5, error_status = $6, "
            "error_message = $7, error_request_id = $8, after_version = $9, "
            "after = $10, residues = $11 WHERE id = $12 AND outcome = $13 AND "
            "row_proof(digest, " PROOF_CHANGE ") > 0",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, change_outcome_name(result->outcome));
    statement_bind_integer(statement, finished_at);
    statement_bind_integer(statement, result->settled);
    statement_bind_text(statement, result->request_id);
    bind_error(statement, result->error);
    bind_image(statement, result->after);
    statement_bind_integer(statement, (int64_t) result->residue_count);
    statement_bind_integer(statement, change->id);
    statement_bind_text(statement, change_outcome_name(CHANGE_PENDING));
    if (statement_run(statement, err) < 0)
        return -1;
    return expect_one(statement, "it is not among the unfinished ones", err);
}

static int
add_residue(struct store *store, const struct change *change,
            const struct change_result *result, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (result->residue_count == 0)
        return 0;
    if (statement_prepare(&statement, store->connection,
                          "INSERT INTO residue (change, position, member, "
                          "intended, actual, digest) VALUES ($1, $2, $3, $4, "
                          "$5, row_digest(NULL, 'residue', $1, $2, $3, $4, "
                          "$5))",
                          err)
        < 0)
        return -1;
    for (size_t i = 0; i < result->residue_count; i++) {
        const struct change_residue *residue = &result->residue[i];
        statement_bind_integer(statement, change->id);
        statement_bind_integer(statement, (int64_t) i);
        statement_bind_text(statement, residue->member);
        statement_bind_text(statement, residue->intended);
        statement_bind_text(statement, residue->actual);
        if (statement_run(statement, err) < 0)
            return -1;
    }
    return 0;
}

static int
complete(struct store *store, const struct change *change,
         const struct change_result *result, int64_t finished_at,
         struct error *err)
{
    if (update_change(store, change, result, finished_at, err) < 0
        || add_residue(store, change, result, err) < 0)
        return -1;
    return renew_change(store, change->id, err);
}

int
journal_complete(struct store *store, const struct change *change,
                 const struct change_result *result, int64_t finished_at,
                 struct error *err)
{
    if (begin(store, err) < 0
        || end(store, complete(store, change, result, finished_at, err), err)
               < 0
        || confirm(store, change->id, result->outcome, err) < 0)
        return error_wrap(err,
                          "journal what became of the change of subscription "
                          "%s",
                          change->subscription.id);
    return 0;
}

static int
end_operation(struct store *store, const struct operation *operation,
              int64_t finished_at, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, store->connection,
                          "UPDATE operation SET finished_at = $1 WHERE id = "
                          "$2 AND row_proof(digest, " PROOF_OPERATION ") > 0",
                          err)
        < 0)
        return -1;
    statement_bind_integer(statement, finished_at);
    statement_bind_text(statement, operation->id);
    if (statement_run(statement, err) < 0
        || expect_one(statement, "it was not begun", err) < 0)
        return -1;
    return proof_renew(store->connection, "operation", operation->id, err);
}

int
journal_end(struct store *store, const struct operation *operation,
            int64_t finished_at, struct error *err)
{
    if (begin(store, err) < 0
        || end(store, end_operation(store, operation, finished_at, err), err)
               < 0)
        return error_wrap(err, "journal the end of operation %s",
                          operation->id);
    return 0;
}

int
journal_reread(struct store *store, const struct journal_filter *filter,
               struct arena *arena, struct change **ret_changes,
               size_t *ret_count, struct error *err)
{
    CLEANUP(connection_closep) struct connection *connection = NULL;

    if (store_check_presence(store, err) < 0
        || store_look(store, &connection, err) < 0)
        return -1;
    struct store beside = { .connection = connection,
                            .path = store->path,
                            .lock = -1 };
    return journal_changes(&beside, filter, arena, ret_changes, ret_count,
                           err);
}

int
journal_check(struct store *store, struct error *err)
{
    return store_check_presence(store, err);
}
