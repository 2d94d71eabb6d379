/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of tests of delivery. */
#include <string.h>

#include "store/test_alert_store.h"
#include "store/sql/connection_error.h"
#include "store/sql/proof.h"
#include "store/record_id.h"
#include "store/row_list.h"
#include "store/run_words.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"
#include "store/verify.h"

/* Each in the order in which they are selected. */
enum head_column {
    HEAD_ID,
    HEAD_STARTED_AT,
    HEAD_CLOUD,
    HEAD_ENDPOINT,
    HEAD_BUNDLES,
    HEAD_IDENTITY,
};

enum target_column {
    TARGET_POSITION,
    TARGET_SUBSCRIPTION,
    TARGET_NAME,
    TARGET_TENANT,
    TARGET_REACH,
    TARGET_ROLES,
    TARGET_OUTCOME,
    TARGET_LOCATION,
    TARGET_ERROR_STATUS,
    TARGET_ERROR_CODE,
    TARGET_ERROR_MESSAGE,
    TARGET_ERROR_REQUEST_ID,
    TARGET_PROOF,
};

static int
read_outcome(struct statement *statement,
             enum test_alert_sample_outcome *ret_outcome, struct error *err)
{
    const char *text = statement_text(statement, TARGET_OUTCOME);

    for (enum test_alert_sample_outcome i = 0;
         i < TEST_ALERT_SAMPLE_OUTCOME_COUNT; i++)
        if (text != NULL
            && strcmp(test_alert_sample_outcome_name(i), text) == 0) {
            *ret_outcome = i;
            return 0;
        }
    return statement_damaged(statement, "a test has no such outcome", err);
}

static int
read_error(struct statement *statement, struct arena *arena,
           const struct contact_error **ret_error, struct error *err)
{
    struct contact_error *error;

    if (statement_is_null(statement, TARGET_ERROR_CODE))
        return 0;
    error = arena_allocate(arena, sizeof(*error));
    if (error == NULL
        || statement_copy(statement, TARGET_ERROR_CODE, arena, &error->code)
               < 0
        || statement_copy(statement, TARGET_ERROR_MESSAGE, arena,
                          &error->message)
               < 0
        || statement_copy(statement, TARGET_ERROR_REQUEST_ID, arena,
                          &error->request_id)
               < 0)
        return error_set_memory(err);
    if (error->message == NULL)
        return statement_damaged(statement, "an error has no message", err);
    error->http_status =
        (int) statement_integer(statement, TARGET_ERROR_STATUS);
    *ret_error = error;
    return 0;
}

static int
read_target(struct statement *statement, struct arena *arena,
            struct test_alert_target *target, struct error *err)
{
    struct subscription *subscription = &target->alert.subscription;

    if (statement_check(statement, TARGET_LOCATION, err) < 0)
        return -1;
    target->roles = statement_integer(statement, TARGET_ROLES) != 0;
    subscription->state = "";
    if (statement_copy(statement, TARGET_SUBSCRIPTION, arena,
                       &subscription->id)
            < 0
        || statement_copy(statement, TARGET_NAME, arena, &subscription->name)
               < 0
        || statement_copy(statement, TARGET_TENANT, arena,
                          &subscription->tenant_id)
               < 0
        || statement_copy(statement, TARGET_LOCATION, arena,
                          &target->alert.location)
               < 0)
        return error_set_memory(err);
    if (run_words_read_reach(statement_text(statement, TARGET_REACH),
                             &target->reach)
        < 0)
        return statement_damaged(statement, "a test has no such reach", err);
    if (read_outcome(statement, &target->alert.outcome, err) < 0)
        return -1;
    return read_error(statement, arena, &target->alert.error, err);
}

static int
read_targets(struct connection *connection, struct arena *arena,
             struct test_alert *test, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list = ROW_LIST_INIT(arena, struct test_alert_target);
    bool row = false;

    if (statement_prepare(
            &statement, connection,
            "SELECT position, subscription, subscription_name, tenant, reach, "
            "roles, outcome, location, error_status, error_code, "
            "error_message, "
            "error_request_id, row_proof(digest, " PROOF_TEST_TARGET
            ") FROM test_target WHERE test = $1 ORDER BY "
            "position",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, test->id);
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            break;
        /* Addresses are found by the position. */
        if (statement_integer(statement, TARGET_POSITION)
            != (int64_t) list.count)
            return statement_damaged(statement, "a test lacks a target", err);
        if (proof_of(statement, TARGET_PROOF) == PROOF_BROKEN)
            return statement_damaged(statement,
                                     "a test's target is not as piket wrote "
                                     "it",
                                     err);
        struct test_alert_target *target = row_list_add(&list);
        if (target == NULL)
            return error_set_memory(err);
        if (read_target(statement, arena, target, err) < 0)
            return -1;
    }
    test->targets = list.rows;
    test->target_count = list.count;
    return 0;
}

/* The addresses of one target, the next rows of a statement that has them in
 * the order of targets. row says whether the statement stands at one. */
static int
read_addresses_of(struct statement *statement, struct arena *arena,
                  int64_t index, struct test_alert *test, bool *row,
                  struct error *err)
{
    struct row_list list = ROW_LIST_INIT(arena, const char *);

    while (*row && statement_integer(statement, 0) == index) {
        if (proof_of(statement, 2) == PROOF_BROKEN)
            return statement_damaged(statement,
                                     "a test's address is not as piket wrote "
                                     "it",
                                     err);
        const char **address = row_list_add(&list);
        if (statement_check(statement, 2, err) < 0)
            return -1;
        if (address == NULL
            || statement_copy(statement, 1, arena, address) < 0)
            return error_set_memory(err);
        if (statement_step(statement, row, err) < 0)
            return -1;
    }
    test->targets[index].addresses =
        (struct plan_texts){ list.rows, list.count };
    return 0;
}

static int
read_addresses(struct connection *connection, struct arena *arena,
               struct test_alert *test, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(
            &statement, connection,
            "SELECT target, address, row_proof(digest, " PROOF_TEST_ADDRESS
            ") FROM test_address WHERE test = $1 ORDER BY target, position",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, test->id);
    if (statement_step(statement, &row, err) < 0)
        return -1;
    for (size_t i = 0; i < test->target_count; i++)
        if (read_addresses_of(statement, arena, (int64_t) i, test, &row, err)
            < 0)
            return -1;
    if (row)
        return statement_damaged(statement, "an address is of no target", err);
    return 0;
}

static int
read_confirmations(struct connection *connection, struct arena *arena,
                   struct test_alert *test, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    struct row_list list =
        ROW_LIST_INIT(arena, struct test_alert_confirmation);
    bool row = false;

    if (statement_prepare(&statement, connection,
                          "SELECT address, confirmed_at, "
                          "row_proof(digest, " PROOF_TEST_CONFIRMATION
                          ") FROM "
                          "test_confirmation WHERE test = $1 ORDER BY address",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, test->id);
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            break;
        if (proof_of(statement, 2) == PROOF_BROKEN)
            return statement_damaged(statement,
                                     "a test's confirmation is not as piket "
                                     "wrote it",
                                     err);
        if (statement_check(statement, 2, err) < 0)
            return -1;
        struct test_alert_confirmation *confirmation = row_list_add(&list);
        if (confirmation == NULL
            || statement_copy(statement, 0, arena, &confirmation->address) < 0)
            return error_set_memory(err);
        confirmation->confirmed_at = statement_integer(statement, 1);
    }
    test->confirmations = list.rows;
    test->confirmation_count = list.count;
    return 0;
}

static int
read_head(struct statement *statement, struct arena *arena,
          struct test_alert *test, struct error *err)
{
    const char *id = NULL;

    if (statement_check(statement, HEAD_IDENTITY, err) < 0)
        return -1;
    test->started_at = statement_integer(statement, HEAD_STARTED_AT);
    if (statement_copy(statement, HEAD_ID, arena, &id) < 0
        || statement_copy(statement, HEAD_CLOUD, arena, &test->cloud) < 0
        || statement_copy(statement, HEAD_ENDPOINT, arena, &test->endpoint) < 0
        || statement_copy(statement, HEAD_BUNDLES, arena, &test->bundles) < 0
        || statement_copy(statement, HEAD_IDENTITY, arena, &test->identity) < 0
        || (test->id = arena_copy(arena, id)) == NULL)
        return error_set_memory(err);
    return 0;
}

/* How many of each the test has. */
struct parts {
    int64_t targets, addresses, confirmations;
};

/* id NULL: the last. */
static int
read_test(struct store *store, const char *id, struct arena *arena,
          struct test_alert *test, struct parts *parts, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    /* What is damaged may be the last, or this one. */
    if (verify_rows(store, "test", err) < 0
        || statement_prepare(
               &statement, store->connection,
               "SELECT id, started_at, cloud, endpoint, bundles, identity, "
               "targets, addresses, confirmations FROM "
               "test NOT INDEXED WHERE $1 IS NULL OR id = $1 ORDER BY "
               "started_at DESC, number DESC LIMIT 1",
               err)
               < 0)
        return -1;
    statement_bind_text(statement, id);
    if (statement_step(statement, &row, err) < 0)
        return -1;
    if (!row) {
        error_set(err, "%s: holds no test yet", store->path);
        return error_advise(err, "piket test-alert makes one");
    }
    *parts = (struct parts){ statement_integer(statement, 6),
                             statement_integer(statement, 7),
                             statement_integer(statement, 8) };
    return read_head(statement, arena, test, err);
}

static int
check_parts(struct connection *connection, const struct test_alert *test,
            const struct parts *parts, struct error *err)
{
    size_t addresses = 0;

    for (size_t i = 0; i < test->target_count; i++)
        addresses += test->targets[i].addresses.count;
    if (parts->targets == (int64_t) test->target_count
        && parts->addresses == (int64_t) addresses
        && parts->confirmations == (int64_t) test->confirmation_count)
        return 0;
    return connection_damaged(connection, err,
                              "test %s lacks a target, an address or a "
                              "confirmation",
                              test->id);
}

int
test_alert_store_load(struct store *store, const char *id, struct arena *arena,
                      struct test_alert *ret_test, struct error *err)
{
    struct connection *connection = store->connection;
    struct test_alert test = { .id = NULL };
    const char *whole = NULL;
    struct parts parts = { .targets = 0 };

    if ((id != NULL
         && record_id_find(connection, "test", id, arena, &whole, err) < 0)
        || read_test(store, whole, arena, &test, &parts, err) < 0
        || read_targets(connection, arena, &test, err) < 0
        || read_addresses(connection, arena, &test, err) < 0
        || read_confirmations(connection, arena, &test, err) < 0
        || check_parts(connection, &test, &parts, err) < 0)
        return error_wrap(err, "load a test");
    *ret_test = test;
    return 0;
}
