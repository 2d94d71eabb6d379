/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of delivery: what is loaded is what was recorded; ids; damage; a
 * store of the schema that had none. */
#include "store/test_alert_store.h"

#include <string.h>
#include <sys/stat.h>

#include "store/sql/connection.h"
#include "store/store.h"
#include "unit/store/schema_1.h"
#include "store/journal.h"
#include "store/sql/proof.h"
#include "store/store_parts.h"
#include "unit/store/store_fixture.h"
#include "unit/unit.h"

#define FIRST "2026-11-22T09:14:07Z-3f9a"
#define SECOND "2026-11-22T10:00:00Z-0001"

static struct store *store;
static struct arena *arena;

static int
setup(void **state)
{
    if (fixture_setup(state) < 0 || (arena = arena_new()) == NULL)
        return -1;
    store = fixture_open(STORE_WRITE);
    return 0;
}

static int
teardown(void **state)
{
    store_close(store);
    arena_free(arena);
    return fixture_teardown(state);
}

static const char *const emails[] = { "soc@contoso.nl", "\033[31m@x.nl" };

/* Two subscriptions of which one is not certain. */
static struct test_alert_target targets[2];

static struct test_alert
make(char *id, int64_t started_at)
{
    targets[0] = (struct test_alert_target){
        .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                           "000000000001",
                                     .name = "Zorg",
                                     .tenant_id = "t" },
                   .outcome = TEST_ALERT_SAMPLE_UNCERTAIN },
        .reach = REACH_CONTACT,
        .addresses = { emails, 2 },
        .roles = true,
    };
    targets[1] = (struct test_alert_target){
        .alert = { .subscription = { .id = "91aa0c1e-0000-4000-8000-"
                                           "000000000002",
                                     .name = "",
                                     .tenant_id = "t" },
                   .outcome = TEST_ALERT_SAMPLE_UNCERTAIN },
        .reach = REACH_UNKNOWN,
    };
    return (struct test_alert){
        .id = id,
        .started_at = started_at,
        .cloud = "AzureCloud",
        .endpoint = "https://management.azure.com",
        .bundles = "DNS KeyVaults",
        .targets = targets,
        .target_count = 2,
    };
}

static struct test_alert
load(const char *id)
{
    struct test_alert test;

    EXPECT_DONE(test_alert_store_load(store, id, arena, &test, &done_err));
    return test;
}

static void
record(const char *id, int64_t started_at)
{
    const struct test_alert test = make(arena_copy(arena, id), started_at);

    EXPECT_DONE(test_alert_store_begin(store, &test, &done_err));
}

static void
refuses(const char *id, const char *words)
{
    struct test_alert test;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(test_alert_store_load(store, id, arena, &test, &err), -1);
    if (strstr(error_message(&err), words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, error_message(&err));
}

static void
is_uncertain_until_it_is_complete(void **state)
{
    static const struct contact_error error = { 403, "AuthorizationFailed",
                                                "not you", "1f2e3d4c" };
    char id[] = FIRST;
    struct test_alert test = make(id, 1795338847000);

    (void) state;
    EXPECT_DONE(test_alert_store_begin(store, &test, &done_err));
    struct test_alert loaded = load(NULL);
    assert_string_equal(loaded.id, FIRST);
    assert_int_equal(loaded.started_at, 1795338847000);
    assert_string_equal(loaded.bundles, "DNS KeyVaults");
    assert_null(loaded.identity);
    assert_int_equal(loaded.target_count, 2);
    assert_int_equal(loaded.targets[0].alert.outcome,
                     TEST_ALERT_SAMPLE_UNCERTAIN);
    assert_int_equal(loaded.targets[0].addresses.count, 2);
    assert_string_equal(loaded.targets[0].addresses.items[1], emails[1]);
    assert_true(loaded.targets[0].roles);
    assert_int_equal(loaded.targets[1].reach, REACH_UNKNOWN);
    assert_int_equal(loaded.targets[1].addresses.count, 0);

    targets[0].alert.outcome = TEST_ALERT_SAMPLE_RAISED;
    targets[0].alert.location = "westeurope";
    targets[1].alert.outcome = TEST_ALERT_SAMPLE_REFUSED;
    targets[1].alert.error = &error;
    EXPECT_DONE(test_alert_store_complete(store, &test, &done_err));
    loaded = load(FIRST);
    assert_int_equal(loaded.targets[0].alert.outcome,
                     TEST_ALERT_SAMPLE_RAISED);
    assert_string_equal(loaded.targets[0].alert.location, "westeurope");
    assert_null(loaded.targets[0].alert.error);
    assert_int_equal(loaded.targets[1].alert.error->http_status, 403);
    assert_string_equal(loaded.targets[1].alert.error->message, "not you");
}

static void
is_found_by_so_much_as_no_other_has(void **state)
{
    (void) state;
    refuses(NULL, "holds no test yet");
    refuses("2026", "there is no test in the store yet");
    record(FIRST, 1795338847000);
    record(SECOND, 1795341600000);
    assert_string_equal(load(NULL).id, SECOND);
    assert_string_equal(load("2026-11-22T09").id, FIRST);
    refuses("2026-11-22", "more than one test begins with 2026-11-22");
    refuses("1999", "there is no test 1999");
    refuses("", "must not be empty");
    /* An id is a text, not a pattern. */
    refuses("%", "there is no test %");
}

static void
keeps_the_last_confirmation_of_a_mailbox(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    record(FIRST, 1795338847000);
    record(SECOND, 1795341600000);
    EXPECT_DONE(test_alert_store_confirm(store, FIRST, "soc@contoso.nl", 1,
                                         &done_err));
    EXPECT_DONE(test_alert_store_confirm(store, FIRST, "SOC@contoso.nl", 2,
                                         &done_err));
    EXPECT_DONE(test_alert_store_confirm(store, FIRST, "jan@contoso.nl", 3,
                                         &done_err));
    const struct test_alert test = load(FIRST);
    assert_int_equal(test.confirmation_count, 2);
    assert_string_equal(test.confirmations[0].address, "jan@contoso.nl");
    assert_int_equal(test.confirmations[1].confirmed_at, 2);
    assert_int_equal(load(SECOND).confirmation_count, 0);
    assert_int_equal(
        test_alert_store_confirm(store, "1999", "jan@contoso.nl", 3, &err),
        -1);
}

static void
is_recorded_whole_or_not_at_all(void **state)
{
    char id[] = FIRST;
    struct test_alert test = make(id, 1795338847000);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    targets[1].alert.subscription.name = NULL; /* which no column takes */
    assert_int_equal(test_alert_store_begin(store, &test, &err), -1);
    refuses(NULL, "holds no test yet");
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM test_target"),
        0);
}

static void
tells_damage(void **state)
{
    static const struct {
        const char *sql, *words;
    } rows[] = {
        { "UPDATE test_target SET outcome = 'x'", "no such outcome" },
        { "UPDATE test_target SET outcome = 'raised', reach = 'x'",
          "no such reach" },
        { "UPDATE test_target SET reach = 'owners', error_code = 'C'",
          "no message" },
        { "DELETE FROM test_target WHERE position = 0", "lacks a target" },
        { "DELETE FROM test_target", "of no target" },
        { "UPDATE test_address SET target = target - 9", "of no target" },
    };

    (void) state;
    record(FIRST, 1795338847000);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fixture_execute(fixture_store(), rows[i].sql);
        refuses(FIRST, i < 3 ? "not as piket wrote it" : rows[i].words);
        /* As if piket had written it so. */
        EXPECT_DONE(connection_execute(store->connection,
                                       "UPDATE test_target SET digest = "
                                       "row_digest(NULL, " PROOF_TEST_TARGET
                                       ")",
                                       &done_err));
        refuses(FIRST, rows[i].words);
    }
}

/* One that was made before there were tests keeps what it has. */
static void
comes_to_a_store_that_had_none(void **state)
{
    const char *const path = fixture_path("old.db");
    struct change *changes;
    size_t count;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    store_close(store);
    store = NULL;
    fixture_execute(path, schema_1);
    fixture_execute(path, schema_1_rows);
    assert_int_equal(chmod(path, 0600), 0);
    /* Reading brings nothing up to date, and says what does. */
    fixture_refuses(path, STORE_READ, "made by an older piket",
                    "brings it up to date");
    if (store_open(&store, path, STORE_ALTER, &err) < 0)
        fail_msg("%s", error_message(&err));
    refuses(NULL, "holds no test yet");
    record(SECOND, 1795341600000);
    assert_int_equal(load(NULL).target_count, 2);
    const struct journal_filter pending = { .pending = true };
    EXPECT_DONE(
        journal_changes(store, &pending, arena, &changes, &count, &done_err));
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].operation, FIRST);
    assert_string_equal(changes[0].subscription.name, "Zorg-Prod-01");
    assert_memory_equal(changes[0].before->bytes, "{}", 2);
}

static void
is_not_made_by_altering(void **state)
{
    (void) state;
    fixture_refuses(fixture_path("none.db"), STORE_ALTER, "there is no store",
                    "piket check makes one");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(is_uncertain_until_it_is_complete),
        TEST(is_found_by_so_much_as_no_other_has),
        TEST(keeps_the_last_confirmation_of_a_mailbox),
        TEST(is_recorded_whole_or_not_at_all),
        TEST(tells_damage),
        TEST(comes_to_a_store_that_had_none),
        TEST(is_not_made_by_altering),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
