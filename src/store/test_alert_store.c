/* SPDX-License-Identifier: Apache-2.0 */
/* What is written of tests of delivery. */
#include "store/test_alert_store.h"

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/connection_error.h"
#include "store/sql/proof.h"
#include "store/run_words.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"

static int64_t
count_addresses(const struct test_alert *test)
{
    size_t count = 0;

    for (size_t i = 0; i < test->target_count; i++)
        count += test->targets[i].addresses.count;
    return (int64_t) count;
}

/* Proves the targets of a test as they stand in this transaction. */
static int
prove_targets(struct connection *connection, const char *test,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "UPDATE test_target SET digest = "
                          "row_digest(digest, " PROOF_TEST_TARGET
                          ") WHERE test = $1",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, test);
    return statement_run(statement, err);
}

static int
add_test(struct connection *connection, const struct test_alert *test,
         struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "INSERT INTO test (id, started_at, cloud, endpoint, "
                          "identity, bundles, targets, addresses, "
                          "confirmations) VALUES ($1, $2, $3, $4, $5, $6, $7, "
                          "$8, 0)",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, test->id);
    statement_bind_integer(statement, test->started_at);
    statement_bind_text(statement, test->cloud);
    statement_bind_text(statement, test->endpoint);
    statement_bind_text(statement, test->identity);
    statement_bind_text(statement, test->bundles);
    statement_bind_integer(statement, (int64_t) test->target_count);
    statement_bind_integer(statement, count_addresses(test));
    if (statement_run(statement, err) < 0
        || proof_renew(connection, "test", test->id, err) < 0)
        return -1;
    return proof_count(connection, "test", 1, err);
}

static int
add_targets(struct connection *connection, const struct test_alert *test,
            struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(
            &statement, connection,
            "INSERT INTO test_target (test, position, subscription, "
            "subscription_name, tenant, reach, roles, outcome) VALUES ($1, "
            "$2, $3, $4, $5, $6, $7, $8)",
            err)
        < 0)
        return -1;
    for (size_t i = 0; i < test->target_count; i++) {
        const struct test_alert_target *target = &test->targets[i];
        const struct subscription *subscription = &target->alert.subscription;
        statement_bind_text(statement, test->id);
        statement_bind_integer(statement, (int64_t) i);
        statement_bind_text(statement, subscription->id);
        statement_bind_text(statement, subscription->name);
        statement_bind_text(statement, subscription->tenant_id);
        statement_bind_text(statement, run_words_reach(target->reach));
        statement_bind_integer(statement, target->roles);
        statement_bind_text(
            statement, test_alert_sample_outcome_name(target->alert.outcome));
        if (statement_run(statement, err) < 0)
            return -1;
    }
    return prove_targets(connection, test->id, err);
}

static int
add_addresses(struct connection *connection, const struct test_alert *test,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "INSERT INTO test_address (test, target, position, "
                          "address, digest) VALUES ($1, $2, $3, $4, "
                          "row_digest(NULL, 'test_address', $1, $2, $3, "
                          "$4))",
                          err)
        < 0)
        return -1;
    for (size_t i = 0; i < test->target_count; i++)
        for (size_t j = 0; j < test->targets[i].addresses.count; j++) {
            statement_bind_text(statement, test->id);
            statement_bind_integer(statement, (int64_t) i);
            statement_bind_integer(statement, (int64_t) j);
            statement_bind_text(statement,
                                test->targets[i].addresses.items[j]);
            if (statement_run(statement, err) < 0)
                return -1;
        }
    return 0;
}

int
test_alert_store_begin(struct store *store, const struct test_alert *test,
                       struct error *err)
{
    struct connection *connection = store->connection;

    if (store_check_presence(store, err) < 0
        || connection_begin(connection, err) < 0)
        return error_wrap(err, "record the test");
    int done = add_test(connection, test, err);
    if (done == 0)
        done = add_targets(connection, test, err);
    if (done == 0)
        done = add_addresses(connection, test, err);
    if (connection_end(connection, done, err) < 0
        || store_check_presence(store, err) < 0 || store_note(store, err) < 0
        || connection_empty_log(connection, err) < 0)
        return error_wrap(err, "record the test");
    return test_alert_store_check(store, test, err);
}

int
test_alert_store_check(struct store *store, const struct test_alert *test,
                       struct error *err)
{
    CLEANUP(connection_closep) struct connection *beside = NULL;
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (store_check_presence(store, err) < 0
        || store_look(store, &beside, err) < 0
        || statement_prepare(&statement, beside,
                             "SELECT count(*) FROM test_target WHERE test = "
                             "$1 AND row_proof(digest, " PROOF_TEST_TARGET
                             ") > 0",
                             err)
               < 0)
        return error_wrap(err, "look for the test on record");
    statement_bind_text(statement, test->id);
    if (statement_step(statement, &row, err) < 0)
        return error_wrap(err, "look for the test on record");
    if (row && statement_integer(statement, 0) == (int64_t) test->target_count)
        return 0;
    return connection_damaged(beside, err,
                              "the test cannot be read back from it");
}

static void
bind_error(struct statement *statement, const struct contact_error *error)
{
    static const struct contact_error none = { .code = NULL };
    const struct contact_error *bound = error != NULL ? error : &none;

    statement_bind_integer(statement, bound->http_status);
    statement_bind_text(statement, bound->code);
    statement_bind_text(statement, bound->message);
    statement_bind_text(statement, bound->request_id);
}

static int
update_targets(struct connection *connection, const struct test_alert *test,
               struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "UPDATE test_target SET outcome = $1, location = "
                          "$2, error_status = $3, error_code = $4, "
                          "error_message = $5, error_request_id = $6 WHERE "
                          "test = $7 AND position = $8 AND "
                          "row_proof(digest, " PROOF_TEST_TARGET ") > 0",
                          err)
        < 0)
        return -1;
    for (size_t i = 0; i < test->target_count; i++) {
        const struct test_alert_sample *alert = &test->targets[i].alert;
        statement_bind_text(statement,
                            test_alert_sample_outcome_name(alert->outcome));
        statement_bind_text(statement, alert->location);
        bind_error(statement, alert->error);
        statement_bind_text(statement, test->id);
        statement_bind_integer(statement, (int64_t) i);
        if (statement_run(statement, err) < 0)
            return -1;
        if (statement_changed(statement) != 1)
            return error_set(err, "subscription %s is not on record",
                             alert->subscription.id);
    }
    return prove_targets(connection, test->id, err);
}

int
test_alert_store_complete(struct store *store, const struct test_alert *test,
                          struct error *err)
{
    if (store_check_presence(store, err) < 0
        || connection_begin(store->connection, err) < 0
        || connection_end(store->connection,
                          update_targets(store->connection, test, err), err)
               < 0
        || test_alert_store_check(store, test, err) < 0)
        return error_wrap(err, "record what became of the test");
    return 0;
}

static int
add_confirmation(struct connection *connection, const char *id,
                 const char *address, int64_t confirmed_at, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(
            &statement, connection,
            "INSERT INTO test_confirmation (test, address, confirmed_at) "
            "VALUES ($1, $2, $3) ON CONFLICT (test, address) DO UPDATE SET "
            "confirmed_at = excluded.confirmed_at",
            err)
        < 0)
        return -1;
    statement_bind_text(statement, id);
    statement_bind_text(statement, address);
    statement_bind_integer(statement, confirmed_at);
    return statement_run(statement, err);
}

/* Proves the confirmation, and counts it in its test. */
static int
prove_confirmation(struct connection *connection, const char *id,
                   const char *address, struct error *err)
{
    static const char *const steps[] = {
        "UPDATE test_confirmation SET digest = "
        "row_digest(NULL, " PROOF_TEST_CONFIRMATION
        ") WHERE test = $1 AND address = $2",
        "UPDATE test SET confirmations = (SELECT count(*) FROM "
        "test_confirmation WHERE test = $1) WHERE id = $1 "
        "AND row_proof(digest, " PROOF_TEST ") > 0",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(steps); i++) {
        AUTOSTATEMENT struct statement *statement = NULL;
        if (statement_prepare(&statement, connection, steps[i], err) < 0)
            return -1;
        statement_bind_text(statement, id);
        if (i == 0)
            statement_bind_text(statement, address);
        if (statement_run(statement, err) < 0)
            return -1;
        if (statement_changed(statement) != 1)
            return error_set(err, "the test %s is not on record", id);
    }
    return proof_renew(connection, "test", id, err);
}

int
test_alert_store_confirm(struct store *store, const char *id,
                         const char *address, int64_t confirmed_at,
                         struct error *err)
{
    struct connection *connection = store->connection;

    if (connection_begin(connection, err) < 0)
        return error_wrap(err, "record the confirmation");
    int done = add_confirmation(connection, id, address, confirmed_at, err);
    if (done == 0)
        done = prove_confirmation(connection, id, address, err);
    if (connection_end(connection, done, err) < 0)
        return error_wrap(err, "record the confirmation");
    return 0;
}
