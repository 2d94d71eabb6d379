/* SPDX-License-Identifier: Apache-2.0 */
/* What is written of tests of delivery. */
#include "store/delivery_store.h"

#include "store/run_words.h"
#include "store/statement.h"
#include "store/store_parts.h"

static int
add_test(struct connection *connection, const struct delivery_test *test,
         struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "INSERT INTO test (id, started_at, cloud, endpoint, "
                          "identity, bundles) VALUES ($1, $2, $3, $4, $5, $6)",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, test->id);
    statement_bind_integer(statement, test->started_at);
    statement_bind_text(statement, test->cloud);
    statement_bind_text(statement, test->endpoint);
    statement_bind_text(statement, test->identity);
    statement_bind_text(statement, test->bundles);
    return statement_run(statement, err);
}

static int
add_targets(struct connection *connection, const struct delivery_test *test,
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
        const struct delivery_target *target = &test->targets[i];
        const struct subscription *subscription = &target->alert.subscription;
        statement_bind_text(statement, test->id);
        statement_bind_integer(statement, (int64_t) i);
        statement_bind_text(statement, subscription->id);
        statement_bind_text(statement, subscription->name);
        statement_bind_text(statement, subscription->tenant_id);
        statement_bind_text(statement, run_words_reach(target->reach));
        statement_bind_integer(statement, target->roles);
        statement_bind_text(statement,
                            sample_alert_outcome_name(target->alert.outcome));
        if (statement_run(statement, err) < 0)
            return -1;
    }
    return 0;
}

static int
add_addresses(struct connection *connection, const struct delivery_test *test,
              struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "INSERT INTO test_address (test, target, position, "
                          "address) VALUES ($1, $2, $3, $4)",
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
delivery_store_begin(struct store *store, const struct delivery_test *test,
                     struct error *err)
{
    struct connection *connection = store->connection;

    if (connection_begin(connection, err) < 0)
        return -1;
    int done = add_test(connection, test, err);
    if (done == 0)
        done = add_targets(connection, test, err);
    if (done == 0)
        done = add_addresses(connection, test, err);
    if (connection_end(connection, done, err) < 0)
        return error_wrap(err, "record the test");
    return 0;
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
update_targets(struct connection *connection, const struct delivery_test *test,
               struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, connection,
                          "UPDATE test_target SET outcome = $1, location = "
                          "$2, error_status = $3, error_code = $4, "
                          "error_message = $5, error_request_id = $6 WHERE "
                          "test = $7 AND position = $8",
                          err)
        < 0)
        return -1;
    for (size_t i = 0; i < test->target_count; i++) {
        const struct sample_alert *alert = &test->targets[i].alert;
        statement_bind_text(statement,
                            sample_alert_outcome_name(alert->outcome));
        statement_bind_text(statement, alert->location);
        bind_error(statement, alert->error);
        statement_bind_text(statement, test->id);
        statement_bind_integer(statement, (int64_t) i);
        if (statement_run(statement, err) < 0)
            return -1;
    }
    return 0;
}

int
delivery_store_complete(struct store *store, const struct delivery_test *test,
                        struct error *err)
{
    if (connection_begin(store->connection, err) < 0
        || connection_end(store->connection,
                          update_targets(store->connection, test, err), err)
               < 0)
        return error_wrap(err, "record what became of the test");
    return 0;
}

int
delivery_store_confirm(struct store *store, const char *id,
                       const char *address, int64_t confirmed_at,
                       struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(&statement, store->connection,
                          "INSERT INTO test_confirmation (test, address, "
                          "confirmed_at) VALUES ($1, $2, $3) ON CONFLICT "
                          "(test, address) DO UPDATE SET confirmed_at = "
                          "excluded.confirmed_at",
                          err)
        < 0)
        return -1;
    statement_bind_text(statement, id);
    statement_bind_text(statement, address);
    statement_bind_integer(statement, confirmed_at);
    if (statement_run(statement, err) < 0)
        return error_wrap(err, "record the confirmation");
    return 0;
}
