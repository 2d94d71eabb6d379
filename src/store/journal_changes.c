/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that the journal holds. */
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/journal.h"
#include "store/sql/proof.h"
#include "store/row_list.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"
#include "store/verify.h"

enum { JOURNAL_CHANGES_SQL = 2048 };

/* In the order in which they are selected. */
enum change_column {
    CHANGE_ID,
    CHANGE_OPERATION,
    CHANGE_SUBSCRIPTION,
    CHANGE_SUBSCRIPTION_NAME,
    CHANGE_TENANT,
    CHANGE_ACTION,
    CHANGE_VERSION,
    CHANGE_REVERTS,
    CHANGE_JOURNALLED_AT,
    CHANGE_FINISHED_AT,
    CHANGE_OUTCOME,
    CHANGE_SETTLED,
    CHANGE_REQUEST_ID,
    CHANGE_ERROR_STATUS,
    CHANGE_ERROR_CODE,
    CHANGE_ERROR_MESSAGE,
    CHANGE_ERROR_REQUEST_ID,
    CHANGE_BEFORE_VERSION,
    CHANGE_BEFORE,
    CHANGE_BODY,
    CHANGE_AFTER_VERSION,
    CHANGE_AFTER,
    CHANGE_PROOF,
};

static const char columns[] =
    "SELECT id, operation, subscription, subscription_name, tenant, action, "
    "version, reverts, journalled_at, finished_at, outcome, settled, "
    "request_id, error_status, error_code, error_message, error_request_id, "
    "before_version, before, body, after_version, after, "
    "row_proof(digest, " PROOF_CHANGE
    ") AS proof FROM change NOT INDEXED WHERE proof > 0";

static int
read_version(struct statement *statement, int column,
             enum contact_version *ret_version, struct error *err)
{
    const char *text = statement_text(statement, column);

    for (int i = CONTACT_VERSION_2023_12_01; i <= CONTACT_VERSION_2017_08_01;
         i++)
        if (text != NULL
            && strcmp(contact_version_name((enum contact_version) i), text)
                   == 0) {
            *ret_version = (enum contact_version) i;
            return 0;
        }
    return statement_damaged(statement, "a change has no such API version",
                             err);
}

static int
read_action(struct statement *statement, enum plan_action *ret_action,
            struct error *err)
{
    const char *text = statement_text(statement, CHANGE_ACTION);

    for (int i = PLAN_CREATE; i <= PLAN_REGISTER; i++)
        if (text != NULL
            && strcmp(plan_action_name((enum plan_action) i), text) == 0) {
            *ret_action = (enum plan_action) i;
            return 0;
        }
    return statement_damaged(statement, "a change has no such action", err);
}

static int
read_outcome(struct statement *statement, enum change_outcome *ret_outcome,
             struct error *err)
{
    const char *text = statement_text(statement, CHANGE_OUTCOME);

    for (int i = 0; i < CHANGE_OUTCOME_COUNT; i++)
        if (text != NULL
            && strcmp(change_outcome_name((enum change_outcome) i), text)
                   == 0) {
            *ret_outcome = (enum change_outcome) i;
            return 0;
        }
    return statement_damaged(statement, "a change has no such outcome", err);
}

/* version is the column of the image's version, and its bytes stand behind
 * it. */
static int
read_image(struct statement *statement, int version, int bytes_column,
           struct arena *arena, const struct contact_snapshot **ret_image,
           struct error *err)
{
    struct contact_snapshot *image = NULL;
    size_t length = 0;

    *ret_image = NULL;
    if (statement_is_null(statement, bytes_column))
        return 0;
    const void *bytes = statement_bytes(statement, bytes_column, &length);
    image = arena_allocate(arena, sizeof(*image));
    const char *copy = arena_copy_bytes(arena, bytes, length);
    if (image == NULL || copy == NULL)
        return error_set_memory(err);
    image->bytes = copy;
    image->length = length;
    if (read_version(statement, version, &image->version, err) < 0)
        return -1;
    *ret_image = image;
    return 0;
}

static int
read_error(struct statement *statement, struct arena *arena,
           const struct contact_error **ret_error, struct error *err)
{
    *ret_error = NULL;
    if (statement_is_null(statement, CHANGE_ERROR_CODE))
        return 0;
    struct contact_error *error = arena_allocate(arena, sizeof(*error));
    if (error == NULL
        || statement_copy(statement, CHANGE_ERROR_CODE, arena, &error->code)
               < 0
        || statement_copy(statement, CHANGE_ERROR_MESSAGE, arena,
                          &error->message)
               < 0
        || statement_copy(statement, CHANGE_ERROR_REQUEST_ID, arena,
                          &error->request_id)
               < 0)
        return error_set_memory(err);
    if (error->message == NULL)
        error->message = "";
    error->http_status =
        (int) statement_integer(statement, CHANGE_ERROR_STATUS);
    *ret_error = error;
    return 0;
}

static int
read_result(struct statement *statement, struct arena *arena,
            struct change_result *result, struct error *err)
{
    result->settled = statement_integer(statement, CHANGE_SETTLED) != 0;
    if (statement_copy(statement, CHANGE_REQUEST_ID, arena,
                       &result->request_id)
        < 0)
        return error_set_memory(err);
    if (read_outcome(statement, &result->outcome, err) < 0
        || read_error(statement, arena, &result->error, err) < 0)
        return -1;
    return read_image(statement, CHANGE_AFTER_VERSION, CHANGE_AFTER, arena,
                      &result->after, err);
}

static int
read_change(struct statement *statement, struct arena *arena,
            struct change *change, struct error *err)
{
    struct subscription *subscription = &change->subscription;

    if (statement_check(statement, CHANGE_REQUEST_ID, err) < 0)
        return -1;
    change->id = statement_integer(statement, CHANGE_ID);
    change->unproved = proof_of(statement, CHANGE_PROOF) == PROOF_NONE;
    change->reverts = statement_integer(statement, CHANGE_REVERTS);
    change->journalled_at = statement_integer(statement, CHANGE_JOURNALLED_AT);
    change->finished_at = statement_integer(statement, CHANGE_FINISHED_AT);
    subscription->state = "";
    if (statement_copy(statement, CHANGE_OPERATION, arena, &change->operation)
            < 0
        || statement_copy(statement, CHANGE_SUBSCRIPTION, arena,
                          &subscription->id)
               < 0
        || statement_copy(statement, CHANGE_SUBSCRIPTION_NAME, arena,
                          &subscription->name)
               < 0
        || statement_copy(statement, CHANGE_TENANT, arena,
                          &subscription->tenant_id)
               < 0
        || statement_copy(statement, CHANGE_BODY, arena, &change->body) < 0)
        return error_set_memory(err);
    if (read_action(statement, &change->action, err) < 0
        || read_version(statement, CHANGE_VERSION, &change->version, err) < 0
        || read_image(statement, CHANGE_BEFORE_VERSION, CHANGE_BEFORE, arena,
                      &change->before, err)
               < 0)
        return -1;
    return read_result(statement, arena, &change->result, err);
}

static int
read_residue(struct statement *statement, struct arena *arena,
             struct change *change, struct error *err)
{
    struct row_list list = ROW_LIST_INIT(arena, struct change_residue);
    bool row = false;

    statement_bind_integer(statement, change->id);
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            break;
        if (statement_check(statement, 1, err) < 0)
            return -1;
        struct change_residue *residue = row_list_add(&list);
        if (residue == NULL
            || statement_copy(statement, 0, arena, &residue->member) < 0
            || statement_copy(statement, 1, arena, &residue->intended) < 0
            || statement_copy(statement, 2, arena, &residue->actual) < 0)
            return error_set_memory(err);
    }
    change->result.residue = list.rows;
    change->result.residue_count = list.count;
    return 0;
}

static int
read_residues(struct connection *connection, struct row_list *changes,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct change *items = changes->rows;

    if (statement_prepare(
            &statement, connection,
            "SELECT member, intended, actual FROM residue "
            "WHERE change = $1 AND row_proof(digest, " PROOF_RESIDUE
            ") > 0 ORDER BY position",
            err)
        < 0)
        return -1;
    for (size_t i = 0; i < changes->count; i++)
        if (read_residue(statement, changes->arena, &items[i], err) < 0)
            return -1;
    return 0;
}

/* Only what is proved; the rest has been told. Not through an index, which
 * may be damaged where the table is not. */
static int
prepare(struct statement **ret_statement, struct connection *connection,
        const struct journal_filter *filter, struct error *err)
{
    AUTOBUFFER sql = BUFFER_INIT(JOURNAL_CHANGES_SQL);
    unsigned parameter = 0;

    buffer_append_text(&sql, columns);
    if (filter->operation != NULL)
        buffer_printf(&sql, " AND operation = $%u", ++parameter);
    if (filter->subscription_id != NULL)
        buffer_printf(&sql, " AND subscription = $%u", ++parameter);
    if (filter->pending)
        buffer_append_text(&sql, " AND outcome = 'pending'");
    if (buffer_append_text(&sql, " ORDER BY id") < 0)
        return error_set_memory(err);
    if (statement_prepare(ret_statement, connection, buffer_text(&sql), err)
        < 0)
        return -1;
    if (filter->operation != NULL)
        statement_bind_text(*ret_statement, filter->operation);
    if (filter->subscription_id != NULL)
        statement_bind_text(*ret_statement, filter->subscription_id);
    return 0;
}

int
journal_changes(struct store *store, const struct journal_filter *filter,
                struct arena *arena, struct change **ret_changes,
                size_t *ret_count, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list = ROW_LIST_INIT(arena, struct change);
    bool row = false;

    if (verify_journal(store, err) < 0
        || prepare(&statement, store->connection, filter, err) < 0)
        return error_wrap(err, "read the journal");
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return error_wrap(err, "read the journal");
        if (!row)
            break;
        struct change *change = row_list_add(&list);
        if (change == NULL)
            return error_set_memory(err);
        if (read_change(statement, arena, change, err) < 0)
            return error_wrap(err, "read the journal");
    }
    if (read_residues(store->connection, &list, err) < 0)
        return error_wrap(err, "read the journal");
    *ret_changes = list.rows;
    *ret_count = list.count;
    return 0;
}
