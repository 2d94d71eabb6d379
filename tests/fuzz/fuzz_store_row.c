/* SPDX-License-Identifier: Apache-2.0 */
/* Any values in any columns of a store, as damage or another program may
 * leave them: of other types, NULL, no UTF-8. Whatever is loaded is whole and
 * can be printed; what cannot be is an error that says so, and never that
 * memory ran out.
 *
 * Each part of the input is a column, by its number; the type of the value, n,
 * i, b or anything else for text; and the value, for all rows. */
#include <sqlite3.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "report/history/test_alert_report.h"
#include "report/history/history_report.h"
#include "report/view/report_writers.h"
#include "store/sql/connection_handle.h"
#include "store/store.h"
#include "store/test_alert_store.h"
#include "store/journal.h"
#include "store/record.h"
#include "store/run_store.h"
#include "store/store_parts.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define SUBSCRIPTION "5ca1ab1e-0000-4000-8000-000000000001"

enum {
    PARTS_CEILING = 4,
    COLUMNS_CEILING = 128,
    GROWTH = 256 * 1024,
    MOMENT = 1795338847,
};

/* The store of all runs, in memory: each begins with these bytes. */
static struct store *store;
static unsigned char *image, *scratch;
static sqlite3_int64 image_size;
static char *updates[COLUMNS_CEILING]; /* SQL, one for each column */
static size_t update_count;

static void
execute(const char *sql)
{
    fuzz_expect(
        sqlite3_exec(store->connection->database, sql, NULL, NULL, NULL)
        == SQLITE_OK);
}

static void
fill_runs(void)
{
    static const char *const emails[] = { "soc@contoso.nl" };
    static const struct contact contact = {
        .name = "default",
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = 1,
        .phone = "+31 20 123 4567",
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
    };
    static const struct contact_reading reading = { .contact = &contact };
    static const struct subscription subscription = { SUBSCRIPTION,
                                                      "Zorg-Prod-01", TENANT,
                                                      "Enabled", NULL };
    static const struct run_tenant tenant = { .id = TENANT };
    struct run *run = NULL;

    fuzz_expect(
        run_new(&run, MOMENT * INT64_C(1000), 1, profile_default(), NULL)
        == 0);
    run->cloud = "AzureCloud";
    run->complete = true;
    run->assessments = arena_allocate(run->arena, sizeof(*run->assessments));
    run->assessment_count = 1;
    fuzz_expect(run_add_tenant(run, &tenant, NULL) == 0
                && run->assessments != NULL
                && assessment_make(&subscription, &reading, run->profile,
                                   run->arena, run->assessments, NULL)
                       == 0
                && run_store_save(store, run, NULL, NULL) == 0);
    run_free(run);
}

static void
fill_journal(void)
{
    static const struct operation operation = {
        .id = "2026-11-22T09:14:07Z-3f9a",
        .kind = PLAN_REMEDIATION,
        .started_at = MOMENT * INT64_C(1000),
        .cloud = "AzureCloud",
        .endpoint = "https://management.azure.com",
        .profile = "baseline-nl",
    };
    static const struct contact_snapshot before = { CONTACT_VERSION_2023_12_01,
                                                    "{}", 2 };
    static const struct change_residue residue = { "phone", "\"+31\"", NULL };
    static const struct contact_error error = { 403, "Forbidden", "no", "r" };
    static const struct change_result result = {
        .outcome = CHANGE_DIFFERENT,
        .after = &before,
        .residue = &residue,
        .residue_count = 1,
        .error = &error,
    };
    struct change change = {
        .operation = operation.id,
        .subscription = { SUBSCRIPTION, "Zorg-Prod-01", TENANT, "Enabled",
                          NULL },
        .action = PLAN_UPDATE,
        .version = CONTACT_VERSION_2023_12_01,
        .before = &before,
        .body = "{}",
        .journalled_at = MOMENT * INT64_C(1000),
    };

    fuzz_expect(journal_lock(store, 0, NULL, NULL, NULL) == 0
                && journal_begin(store, &operation, NULL) == 0
                && journal_record(store, &change, NULL) == 0
                && journal_complete(store, &change, &result,
                                    MOMENT * INT64_C(1000), NULL)
                       == 0);
}

static void
fill_tests(void)
{
    static char id[] = "2026-11-22T09:14:07Z-3f9b";
    static const char *const addresses[] = { "soc@contoso.nl" };
    static const struct contact_error error = { 500, "Fault", "x", NULL };
    struct test_alert_target target = {
        .alert = { .subscription = { SUBSCRIPTION, "Zorg-Prod-01", TENANT,
                                     "Enabled", NULL },
                   .outcome = TEST_ALERT_SAMPLE_UNCERTAIN,
                   .location = "westeurope",
                   .error = &error },
        .reach = REACH_CONTACT,
        .addresses = { addresses, 1 },
    };
    const struct test_alert test = {
        .id = id,
        .started_at = MOMENT * INT64_C(1000),
        .cloud = "AzureCloud",
        .endpoint = "https://management.azure.com",
        .bundles = "VirtualMachines",
        .targets = &target,
        .target_count = 1,
    };

    fuzz_expect(test_alert_store_begin(store, &test, NULL) == 0
                && test_alert_store_complete(store, &test, NULL) == 0
                && test_alert_store_confirm(store, id, addresses[0],
                                            MOMENT * INT64_C(1000), NULL)
                       == 0);
}

static void
list_columns(void)
{
    sqlite3_stmt *statement = NULL;

    fuzz_expect(
        sqlite3_prepare_v2(
            store->connection->database,
            "SELECT 'UPDATE OR IGNORE ' || t.name || ' SET \"' || c.name || "
            "'\" = $1' FROM sqlite_schema AS t, pragma_table_info(t.name) AS "
            "c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
            -1, &statement, NULL)
        == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW
           && update_count < COLUMNS_CEILING)
        updates[update_count++] =
            strdup((const char *) sqlite3_column_text(statement, 0));
    fuzz_expect(update_count > 0 && update_count < COLUMNS_CEILING);
    (void) sqlite3_finalize(statement);
}

/* Takes the constraints out of the schema, which would keep strange values
 * out, and the database into memory. */
static void
loosen(void)
{
    sqlite3 *database = store->connection->database;

    (void) sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    execute("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET sql = replace(replace(replace(sql, "
            "' NOT NULL', ''), 'STRICT, ', ''), ') STRICT', ')');"
            "PRAGMA writable_schema = RESET; PRAGMA journal_mode = DELETE");
    list_columns();
    image = sqlite3_serialize(database, "main", &image_size, 0);
    scratch = malloc((size_t) image_size + GROWTH);
    fuzz_expect(image != NULL && scratch != NULL);
}

static void
remove_files(const char *folder)
{
    static const char *const names[] = { "piket.db", "piket.db-wal",
                                         "piket.db-shm", "piket.db.lock", "" };

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        AUTOFREE char *path = NULL;
        fuzz_expect(asprintf(&path, "%s/%s", folder, names[i]) > 0);
        (void) remove(path);
    }
}

static void
set_up(void)
{
    char folder[] = "/tmp/piket-fuzz-XXXXXX";
    AUTOFREE char *path = NULL;

    fuzz_expect(mkdtemp(folder) != NULL
                && asprintf(&path, "%s/piket.db", folder) > 0
                && store_open(&store, path, STORE_WRITE, NULL) == 0);
    fill_runs();
    fill_journal();
    fill_tests();
    loosen();
    remove_files(folder);
}

static void
bind(sqlite3_stmt *statement, char type, const char *value, size_t length)
{
    AUTOFREE char *text = strndup(value, length);

    fuzz_expect(text != NULL);
    if (type == 'b')
        (void) sqlite3_bind_blob64(statement, 1, value, length,
                                   SQLITE_TRANSIENT);
    else if (type == 'i')
        (void) sqlite3_bind_int64(statement, 1, strtoll(text, NULL, 10));
    else if (type != 'n')
        (void) sqlite3_bind_text64(statement, 1, value, length,
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void
damage(const char *part, size_t length)
{
    sqlite3_stmt *statement = NULL;

    if (length < 2)
        return;
    fuzz_expect(
        sqlite3_prepare_v2(store->connection->database,
                           updates[(unsigned char) part[0] % update_count], -1,
                           &statement, NULL)
        == SQLITE_OK);
    bind(statement, part[1], part + 2, length - 2);
    (void) sqlite3_step(statement);
    (void) sqlite3_finalize(statement);
}

/* Whether something was loaded. */
static bool
judge(int result, struct error *err)
{
    const bool loaded = result == 0;

    fuzz_expect(loaded == (err->message == NULL));
    if (!loaded)
        fuzz_expect(strstr(err->message, "out of memory") == NULL);
    error_done(err);
    return loaded;
}

static void
runs_check(void)
{
    struct run *run = NULL;
    AUTOERROR err = ERROR_INIT;

    if (!judge(run_store_load(store, NULL, &run, &err), &err))
        return;
    const struct report_view view = { .run = run, .all = true };
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    fuzz_expect(report_jsonl_write(&view, &target, NULL) == 0
                && report_text_write(&view, &target, NULL) == 0);
    struct run *previous = NULL;
    (void) judge(run_store_load_previous(store, run, &previous, &err), &err);
    run_free(previous);
    run_free(run);
}

static void
history_check(struct arena *arena)
{
    struct history_list list = { .more = false };
    struct history_timeline timeline = { .subscription_id = SUBSCRIPTION };
    struct history_run *runs = NULL;
    struct history_operation *operations = NULL;
    struct history_assessment *assessments = NULL;
    AUTOERROR err = ERROR_INIT;

    if (judge(run_store_list(store, 0, arena, &runs, &list.run_count, &err),
              &err))
        list.runs = runs;
    else
        list.run_count = 0;
    if (judge(journal_operations(store, 0, arena, &operations,
                                 &list.operation_count, &err),
              &err))
        list.operations = operations;
    else
        list.operation_count = 0;
    if (judge(run_store_timeline(store, SUBSCRIPTION, 0, arena, &assessments,
                                 &timeline.assessment_count, &err),
              &err))
        timeline.assessments = assessments;
    else
        timeline.assessment_count = 0;
    for (size_t i = 0; i < history_format_table_length; i++) {
        const struct history_view view = { .rows = 0 };
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        fuzz_expect(history_format_table[i].list(&list, &view, &target, NULL)
                        == 0
                    && history_format_table[i].timeline(&timeline, &view,
                                                        &target, NULL)
                           == 0);
    }
}

static void
check_journal(struct arena *arena)
{
    static const struct journal_filter all = { .pending = false };
    struct history_operation operation;
    struct change *changes = NULL;
    struct history_detail detail = { .operation = &operation };
    AUTOERROR err = ERROR_INIT;

    if (!judge(journal_operation(store, NULL, arena, &operation, &err), &err)
        || !judge(journal_changes(store, &all, arena, &changes,
                                  &detail.change_count, &err),
                  &err))
        return;
    detail.changes = changes;
    for (size_t i = 0; i < history_format_table_length; i++) {
        const struct history_view view = { .rows = 0 };
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        fuzz_expect(
            history_format_table[i].detail(&detail, &view, &target, NULL)
            == 0);
    }
}

static void
tests_check(struct arena *arena)
{
    struct test_alert test;
    AUTOERROR err = ERROR_INIT;

    if (!judge(test_alert_store_load(store, NULL, arena, &test, &err), &err))
        return;
    for (size_t i = 0; i < test_alert_format_table_length; i++) {
        const struct test_alert_view view = { .test = &test };
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        fuzz_expect(test_alert_format_table[i].write(&view, &target, NULL)
                    == 0);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    struct arena *arena = arena_new();
    enum record_kind kind;
    const char *id = NULL;
    AUTOERROR err = ERROR_INIT;

    if (store == NULL)
        set_up();
    memcpy(scratch, image, (size_t) image_size);
    fuzz_expect(arena != NULL
                && sqlite3_deserialize(store->connection->database, "main",
                                       scratch, image_size,
                                       image_size + GROWTH, 0)
                       == SQLITE_OK);
    for (int i = 0; i < PARTS_CEILING && input.next != NULL; i++) {
        size_t size = 0;
        const char *part = fuzz_part(&input, &size);
        damage(part, size);
    }
    runs_check();
    history_check(arena);
    check_journal(arena);
    tests_check(arena);
    (void) judge(record_find(store, "2026", arena, &kind, &id, &err), &err);
    arena_free(arena);
    return 0;
}
