/* SPDX-License-Identifier: Apache-2.0 */
/* The journal: what is written comes back, byte for byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "store/store.h"
#include "unit/store/journal_fixture.h"

static void
brings_back_what_was_written(void **state)
{
    struct change update = new_change(FIRST, PLAN_UPDATE);
    struct change registration = new_change(SECOND, PLAN_REGISTER);
    struct change create = new_change(SECOND, PLAN_CREATE);

    (void) state;
    registration.before = NULL;
    registration.body = NULL;
    create.before = &nothing;
    create.reverts = 77;
    begin(&remediation);
    record(&update);
    record(&registration);
    record(&create);
    assert_true(update.id > 0);
    assert_true(registration.id > update.id);
    /* As another process sees it. */
    store_close(store);
    store = fixture_open(STORE_READ);

    const struct change *rows = changes(&(struct journal_filter){ 0 }, 3);
    assert_int_equal(rows[0].id, update.id);
    assert_string_equal(rows[0].operation, remediation.id);
    assert_string_equal(rows[0].subscription.id, FIRST);
    assert_string_equal(rows[0].subscription.name, "Zorg-Prod \033[2J");
    assert_string_equal(rows[0].subscription.tenant_id, TENANT);
    assert_non_null(rows[0].subscription.state);
    assert_int_equal(rows[0].action, PLAN_UPDATE);
    assert_int_equal(rows[0].version, CONTACT_VERSION_2023_12_01);
    assert_image(rows[0].before, &before);
    assert_string_equal(rows[0].body, update.body);
    assert_int_equal(rows[0].journalled_at, INT64_C(1795338848001));
    assert_int_equal(rows[0].finished_at, 0);
    assert_int_equal(rows[0].result.outcome, CHANGE_PENDING);
    assert_null(rows[0].result.after);
    assert_null(rows[0].result.error);
    assert_int_equal(rows[0].result.residue_count, 0);
    assert_int_equal(rows[1].action, PLAN_REGISTER);
    assert_null(rows[1].before);
    assert_null(rows[1].body);
    assert_image(rows[2].before, &nothing);
    assert_int_equal(rows[2].reverts, 77);
}

static void
brings_back_what_became_of_it(void **state)
{
    static const struct change_residue residue[] = {
        { "phone", "\"+31 20\"", NULL },
        { "notificationsSources", NULL, "[]" },
    };
    static const struct contact_error refused = { 403, "AuthorizationFailed",
                                                  "no\nright", "0f1e" };
    struct change different = new_change(FIRST, PLAN_UPDATE);
    struct change failed = new_change(SECOND, PLAN_CREATE);

    (void) state;
    begin(&remediation);
    record(&different);
    record(&failed);
    complete(&different, &(struct change_result){ .outcome = CHANGE_DIFFERENT,
                                                  .after = &after,
                                                  .residue = residue,
                                                  .residue_count = 2,
                                                  .request_id = "abcd",
                                                  .settled = true });
    complete(&failed, &(struct change_result){ .outcome = CHANGE_REFUSED,
                                               .error = &refused });
    EXPECT_DONE(journal_end(store, &remediation, 5, &done_err));

    const struct change *rows = changes(&(struct journal_filter){ 0 }, 2);
    const struct change_result *result = &rows[0].result;
    assert_int_equal(result->outcome, CHANGE_DIFFERENT);
    assert_int_equal(rows[0].finished_at, INT64_C(1795338849002));
    assert_image(result->after, &after);
    assert_image(rows[0].before, &before);
    assert_true(result->settled);
    assert_string_equal(result->request_id, "abcd");
    assert_int_equal(result->residue_count, 2);
    assert_string_equal(result->residue[0].member, "phone");
    assert_string_equal(result->residue[0].intended, "\"+31 20\"");
    assert_null(result->residue[0].actual);
    assert_string_equal(result->residue[1].member, "notificationsSources");
    assert_null(result->residue[1].intended);
    result = &rows[1].result;
    assert_int_equal(result->outcome, CHANGE_REFUSED);
    assert_null(result->after);
    assert_false(result->settled);
    assert_int_equal(result->error->http_status, 403);
    assert_string_equal(result->error->code, "AuthorizationFailed");
    assert_string_equal(result->error->message, "no\nright");
    assert_string_equal(result->error->request_id, "0f1e");
}

/* What has a result keeps it. */
static void
completes_once(void **state)
{
    struct change change = new_change(FIRST, PLAN_UPDATE);
    struct change unknown = new_change(FIRST, PLAN_UPDATE);
    const struct change_result done = { .outcome = CHANGE_DONE };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    begin(&remediation);
    record(&change);
    complete(&change, &done);
    assert_int_equal(journal_complete(store, &change, &done, 9, &err), -1);
    assert_non_null(strstr(error_message(&err), "not among the unfinished"));
    assert_non_null(strstr(error_message(&err), FIRST));
    unknown.id = 4711;
    assert_int_equal(journal_complete(store, &unknown, &done, 9, &err), -1);
    assert_int_equal(journal_end(store, &reversal, 9, &err), -1);
    assert_non_null(strstr(error_message(&err), "was not begun"));
    assert_int_equal(changes(&(struct journal_filter){ 0 }, 1)->finished_at,
                     INT64_C(1795338849002));
}

static void
wants_the_lock_and_the_operation(void **state)
{
    struct change change = new_change(FIRST, PLAN_UPDATE);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    /* No change without its operation. */
    assert_int_equal(journal_record(store, &change, &err), -1);
    assert_int_equal(change.id, 0);
    begin(&remediation);
    assert_int_equal(journal_begin(store, &remediation, &err), -1);
    journal_unlock(store);
    assert_int_equal(journal_record(store, &change, &err), -1);
    assert_non_null(strstr(error_message(&err), "is not locked"));
    changes(&(struct journal_filter){ 0 }, 0);
}

static void
filters(void **state)
{
    struct change one = new_change(FIRST, PLAN_UPDATE);
    struct change two = new_change(SECOND, PLAN_UPDATE);
    struct change three = new_change(FIRST, PLAN_DELETE);

    (void) state;
    begin(&remediation);
    begin(&reversal);
    three.operation = reversal.id;
    record(&one);
    record(&two);
    record(&three);
    complete(&one, &(struct change_result){ .outcome = CHANGE_DONE });
    const struct change *rows =
        changes(&(struct journal_filter){ .pending = true }, 2);
    assert_int_equal(rows[0].id, two.id);
    assert_int_equal(rows[1].id, three.id);
    rows = changes(&(struct journal_filter){ .operation = remediation.id }, 2);
    assert_int_equal(rows[0].id, one.id);
    rows = changes(&(struct journal_filter){ .subscription_id = FIRST }, 2);
    assert_int_equal(rows[1].id, three.id);
    rows = changes(&(struct journal_filter){ .operation = reversal.id,
                                             .subscription_id = FIRST,
                                             .pending = true },
                   1);
    assert_int_equal(rows[0].id, three.id);
    changes(&(struct journal_filter){ .subscription_id = "' OR 1=1 --" }, 0);
}

static void
lists_operations(void **state)
{
    struct change one = new_change(FIRST, PLAN_UPDATE);
    struct change two = new_change(SECOND, PLAN_UPDATE);
    struct change three = new_change(SECOND, PLAN_UPDATE);
    struct history_operation *rows = NULL;
    size_t count = 0;

    (void) state;
    EXPECT_DONE(journal_operations(store, 0, arena, &rows, &count, &done_err));
    assert_int_equal(count, 0);
    begin(&remediation);
    record(&one);
    record(&two);
    record(&three);
    complete(&one, &(struct change_result){ .outcome = CHANGE_DONE });
    complete(&two, &(struct change_result){ .outcome = CHANGE_UNVERIFIED });
    EXPECT_DONE(
        journal_end(store, &remediation, INT64_C(1795338849003), &done_err));
    begin(&reversal);

    EXPECT_DONE(journal_operations(store, 0, arena, &rows, &count, &done_err));
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].operation.id, reversal.id);
    assert_int_equal(rows[0].operation.kind, PLAN_REVERSAL);
    assert_string_equal(rows[0].operation.reverts, remediation.id);
    assert_int_equal(rows[0].operation.finished_at, 0);
    assert_null(rows[0].operation.config);
    assert_null(rows[0].operation.reason);
    assert_int_equal(rows[0].pending, 0);
    const struct history_operation *row = &rows[1];
    assert_string_equal(row->operation.id, remediation.id);
    assert_int_equal(row->operation.kind, PLAN_REMEDIATION);
    assert_int_equal(row->operation.started_at, remediation.started_at);
    assert_int_equal(row->operation.finished_at, INT64_C(1795338849003));
    assert_string_equal(row->operation.cloud, "AzureCloud");
    assert_string_equal(row->operation.endpoint, remediation.endpoint);
    assert_string_equal(row->operation.profile, "baseline-nl");
    assert_string_equal(row->operation.config, "piket.yaml");
    assert_string_equal(row->operation.identity, "piket-audit");
    assert_string_equal(row->operation.reason, remediation.reason);
    assert_string_equal(row->operation.plan, remediation.plan);
    assert_int_equal(row->counts.done, 1);
    assert_int_equal(row->counts.unverified, 1);
    assert_int_equal(row->counts.refused, 0);
    assert_int_equal(row->pending, 1);
    EXPECT_DONE(journal_operations(store, 1, arena, &rows, &count, &done_err));
    assert_int_equal(count, 1);
}

static void
finds_an_operation(void **state)
{
    static const struct operation idle = { .id = "2026-11-24T09:14:07Z-0001",
                                           .started_at =
                                               INT64_C(1795511647000),
                                           .cloud = "AzureCloud",
                                           .endpoint =
                                               "https://management.azure.com",
                                           .profile = "baseline-nl" };
    struct change change = new_change(FIRST, PLAN_UPDATE);
    struct change undone = new_change(FIRST, PLAN_UPDATE);
    struct change unsent = new_change(FIRST, PLAN_UPDATE);
    struct history_operation row;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(journal_operation(store, NULL, arena, &row, &err), -1);
    assert_non_null(strstr(error_message(&err), "no remediation"));
    assert_int_equal(journal_operation(store, "2026", arena, &row, &err), -1);
    assert_non_null(strstr(error_message(&err), "there is no operation"));
    error_done(&err);
    begin(&remediation);
    record(&change);
    begin(&reversal);
    undone.operation = reversal.id;
    record(&undone);
    begin(&idle);
    unsent.operation = idle.id;
    record(&unsent);
    complete(&change, &(struct change_result){ .outcome = CHANGE_DONE });
    complete(&undone, &(struct change_result){ .outcome = CHANGE_DONE });
    complete(&unsent, &(struct change_result){ .outcome = CHANGE_NOT_SENT });

    /* Not the reversal, nor what has changed nothing. */
    EXPECT_DONE(journal_operation(store, NULL, arena, &row, &done_err));
    assert_string_equal(row.operation.id, remediation.id);
    assert_int_equal(row.counts.done, 1);
    EXPECT_DONE(
        journal_operation(store, "2026-11-23", arena, &row, &done_err));
    assert_string_equal(row.operation.id, reversal.id);
    assert_int_equal(journal_operation(store, "2026-11-2", arena, &row, &err),
                     -1);
    assert_non_null(strstr(error_message(&err), "more than one"));
    assert_non_null(strstr(err.advice, reversal.id));
    error_done(&err);
    assert_int_equal(journal_operation(store, "2026-11-22T09:14:07Z-3f9",
                                       arena, &row, &err),
                     0);
    assert_int_equal(journal_operation(store, "2026-11-22T09:14:07Z-3f8a",
                                       arena, &row, &err),
                     -1);
    assert_non_null(strstr(err.advice, remediation.id));
    error_done(&err);
    assert_int_equal(journal_operation(store, "%", arena, &row, &err), -1);
    assert_non_null(strstr(err.advice, "the last ones are"));
}

static void
set_column(const char *column, const char *value)
{
    AUTOFREE char *sql = NULL;

    assert_true(asprintf(&sql, "UPDATE change SET %s = '%s'", column, value)
                >= 0);
    fixture_execute(fixture_store(), sql);
}

static void
tells_words_that_it_never_wrote(void **state)
{
    static const char *const columns[] = { "action", "version", "outcome",
                                           "before_version" };

    (void) state;
    begin(&remediation);
    struct change change = new_change(FIRST, PLAN_UPDATE);
    record(&change);
    for (size_t i = 0; i < ARRAY_LENGTH(columns); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *good = NULL, *sql = NULL;
        struct change *rows = NULL;
        size_t count = 0;
        assert_true(asprintf(&sql, "SELECT %s FROM change", columns[i]) >= 0);
        good = fixture_text(fixture_store(), sql);
        set_column(columns[i], "strange");
        assert_int_equal(journal_changes(store, &(struct journal_filter){ 0 },
                                         arena, &rows, &count, &err),
                         -1);
        assert_non_null(strstr(error_message(&err), "is damaged"));
        set_column(columns[i], good);
    }
    changes(&(struct journal_filter){ 0 }, 1);
}

/* What SQL does to the journal, and what it says then. */
static void
tells_what_was_changed_or_taken_out(void **state)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {
        { "UPDATE change SET before = x'00' WHERE id = 1", "change 1, of" },
        { "UPDATE change SET body = NULL WHERE id = 1", "change 1, of" },
        { "UPDATE change SET body = '' WHERE id = 1", "change 1, of" },
        { "UPDATE change SET digest = NULL WHERE id = 2", "change 2, of" },
        { "UPDATE change SET digest = zeroblob(33)", "change 1, of" },
        /* The digest of one proves no other. */
        { "UPDATE change SET digest = (SELECT digest FROM change AS other "
          "WHERE other.id = 3 - change.id)",
          "change 1, of" },
        { "UPDATE residue SET actual = 'x'", "change 1, of" },
        { "DELETE FROM residue", "change 1, of" },
        { "DELETE FROM change WHERE id = 2", "has 1 of its 2 changes" },
        { "UPDATE operation SET endpoint = 'https://x'", "operation 2026" },
        { "DELETE FROM residue; DELETE FROM change; DELETE FROM operation",
          "it has 0 of its 1 operations" },
        { "UPDATE ledger SET rows = 7 WHERE noun = 'operation'",
          "how many operations" },
        { "DELETE FROM ledger", "how many operations" },
    };
    static const struct change_residue residue = { "phone", "\"1\"", NULL };

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct change one = new_change(FIRST, PLAN_UPDATE);
        struct change two = new_change(SECOND, PLAN_UPDATE);
        AUTOERROR err = ERROR_INIT;
        begin(&remediation);
        record(&one);
        record(&two);
        complete(&one, &(struct change_result){ .outcome = CHANGE_DIFFERENT,
                                                .residue = &residue,
                                                .residue_count = 1 });
        changes(&(struct journal_filter){ 0 }, 2);
        journal_unlock(store);
        fixture_execute(fixture_store(), cases[i].sql);
        assert_int_equal(journal_lock(store, 0, NULL, NULL, &err), -1);
        assert_non_null(strstr(error_message(&err), "is damaged"));
        if (strstr(error_message(&err), cases[i].words) == NULL)
            fail_msg("%s: %s", cases[i].sql, error_message(&err));
        assert_int_equal(journal_teardown(state), 0);
        assert_int_equal(journal_setup(state), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, journal_setup, journal_teardown)
        TEST(brings_back_what_was_written),
        TEST(brings_back_what_became_of_it),
        TEST(completes_once),
        TEST(wants_the_lock_and_the_operation),
        TEST(filters),
        TEST(lists_operations),
        TEST(finds_an_operation),
        TEST(tells_words_that_it_never_wrote),
        TEST(tells_what_was_changed_or_taken_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
