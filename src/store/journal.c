/* SPDX-License-Identifier: Apache-2.0 */
/* What is written to the journal. Each function is one transaction, on the
 * disk when it returns. */
#include "store/journal.h"

#include "store/statement.h"
#include "store/store_parts.h"

static int
require_lock(const struct store *store, struct error *err)
{
    return store->lock >= 0
               ? 0
               : error_set(err, "%s: the journal is not locked", store->path);
}

static int
expect_one(struct statement *statement, const char *what, struct error *err)
{
    return statement_changed(statement) == 1 ? 0 : error_set(err, "%s", what);
}

int
journal_begin(struct store *store, const struct operation *operation,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (require_lock(store, err) < 0
        || statement_prepare(
               &statement, store->connection,
               "INSERT INTO operation (id, kind, started_at, finished_at, "
               "cloud, endpoint, profile, config, identity, reason, reverts, "
               "plan) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, "
               "$11)",
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
    if (statement_run(statement, err) < 0)
        return error_wrap(err, "journal the operation %s", operation->id);
    return 0;
}

static void
bind_image(struct statement *statement, const struct contact_image *image)
{
    if (image == NULL) {
        statement_bind_text(statement, NULL);
        statement_bind_bytes(statement, NULL, 0);
        return;
    }
    statement_bind_text(statement, contact_version_name(image->version));
    statement_bind_bytes(statement, image->bytes, image->length);
}

int
journal_record(struct store *store, struct change *change, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    const struct subscription *subscription = &change->subscription;

    if (require_lock(store, err) < 0
        || statement_prepare(
               &statement, store->connection,
               "INSERT INTO change (operation, subscription, "
               "subscription_name, tenant, action, version, reverts, "
               "journalled_at, finished_at, outcome, settled, before_version, "
               "before, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, "
               "0, $10, $11, $12)",
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
        return error_wrap(err, "journal the change of subscription %s",
                          subscription->id);
    change->id = statement_added(statement);
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

/* What has a result keeps it: only an unfinished change is completed. */
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
            "after = $10 WHERE id = $11 AND outcome = $12",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, change_outcome_name(result->outcome));
    statement_bind_integer(statement, finished_at);
    statement_bind_integer(statement, result->settled);
    statement_bind_text(statement, result->request_id);
    bind_error(statement, result->error);
    bind_image(statement, result->after);
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
                          "intended, actual) VALUES ($1, $2, $3, $4, $5)",
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

int
journal_complete(struct store *store, const struct change *change,
                 const struct change_result *result, int64_t finished_at,
                 struct error *err)
{
    if (require_lock(store, err) < 0
        || connection_begin(store->connection, err) < 0)
        return -1;
    int done = update_change(store, change, result, finished_at, err);
    if (done == 0)
        done = add_residue(store, change, result, err);
    if (connection_end(store->connection, done, err) < 0)
        return error_wrap(err,
                          "journal what became of the change of subscription "
                          "%s",
                          change->subscription.id);
    return 0;
}

int
journal_end(struct store *store, const struct operation *operation,
            int64_t finished_at, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (require_lock(store, err) < 0
        || statement_prepare(
               &statement, store->connection,
               "UPDATE operation SET finished_at = $1 WHERE id = $2", err)
               < 0)
        return -1;
    statement_bind_integer(statement, finished_at);
    statement_bind_text(statement, operation->id);
    if (statement_run(statement, err) < 0
        || expect_one(statement, "it was not begun", err) < 0)
        return error_wrap(err, "journal the end of operation %s",
                          operation->id);
    return 0;
}
