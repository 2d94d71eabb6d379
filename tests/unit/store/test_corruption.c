/* SPDX-License-Identifier: Apache-2.0 */
/* A store in which bytes have changed: whatever is read of it is what was
 * written, or is refused. PIKET_CORRUPTIONS is how many are tried. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/report/sample_run.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "control/file/run_codec.h"
#include "store/store.h"
#include "unit/store/journal_fixture.h"
#include "store/test_alert_store.h"
#include "store/run_store.h"

enum {
    CORRUPTIONS = 60,
    PAGE = 4096,
    DUMP_CEILING = 64 * 1024 * 1024,
    SECTIONS = 24,
};

#define TEST_ID "2026-11-24T09:14:07Z-0007"

/* What a store says, piece by piece: NULL where it refuses. */
struct dump {
    char *sections[SECTIONS];
    size_t count;
};

static void
dump_done(struct dump *dump)
{
    for (size_t i = 0; i < dump->count; i++)
        free(dump->sections[i]);
    dump->count = 0;
}

static void
add(struct dump *dump, struct buffer *text, int status)
{
    assert_true(dump->count < SECTIONS);
    assert_false(buffer_failed(text));
    dump->sections[dump->count++] =
        status < 0 ? NULL : strdup(buffer_text(text));
    buffer_clear(text);
}

static const char *
or_none(const char *text)
{
    return text != NULL ? text : "(none)";
}

static void
put_image(struct buffer *text, const struct contact_snapshot *image)
{
    buffer_printf(text, " %d:", image != NULL ? (int) image->version : -1);
    for (size_t i = 0; image != NULL && i < image->length; i++)
        buffer_printf(text, "%02x", (unsigned char) image->bytes[i]);
}

static void
put_change(struct buffer *text, const struct change *change)
{
    const struct change_result *result = &change->result;
    const struct contact_error *error = result->error;

    buffer_printf(
        text, "%lld %s %s %s %s %d %d %s %lld %lld %lld %d %d %d",
        (long long) change->id, change->operation, change->subscription.id,
        change->subscription.name, change->subscription.tenant_id,
        (int) change->action, (int) change->version, or_none(change->body),
        (long long) change->reverts, (long long) change->journalled_at,
        (long long) change->finished_at, (int) result->outcome,
        result->settled, change->unproved);
    put_image(text, change->before);
    put_image(text, result->after);
    buffer_printf(text, " %s", or_none(result->request_id));
    if (error != NULL)
        buffer_printf(text, " %d %s %s %s", error->http_status, error->code,
                      error->message, or_none(error->request_id));
    for (size_t i = 0; i < result->residue_count; i++)
        buffer_printf(text, " %s=%s/%s", result->residue[i].member,
                      or_none(result->residue[i].intended),
                      or_none(result->residue[i].actual));
    buffer_append_byte(text, '\n');
}

static void
put_operation(struct buffer *text, const struct history_operation *row)
{
    const struct operation *operation = &row->operation;
    const struct operation_counts *counts = &row->counts;

    buffer_printf(
        text,
        "%s %d %lld %lld %s %s %s %s %s %s %s %s %d: %zu %zu %zu "
        "%zu %zu %zu %zu %zu\n",
        operation->id, (int) operation->kind,
        (long long) operation->started_at, (long long) operation->finished_at,
        operation->cloud, operation->endpoint, operation->profile,
        or_none(operation->config), or_none(operation->identity),
        or_none(operation->reason), or_none(operation->reverts),
        or_none(operation->plan), row->unproved, counts->done, counts->already,
        counts->conflict, counts->not_sent, counts->refused, counts->different,
        counts->unverified, row->pending);
}

static void
dump_changes(struct dump *dump, struct buffer *text, struct arena *memory,
             const struct journal_filter *filter)
{
    struct change *rows = NULL;
    size_t count = 0;
    const int status =
        journal_changes(store, filter, memory, &rows, &count, NULL);

    for (size_t i = 0; status == 0 && i < count; i++)
        put_change(text, &rows[i]);
    add(dump, text, status);
}

static void
dump_journal(struct dump *dump, struct buffer *text, struct arena *memory)
{
    const struct journal_filter filters[] = {
        { .operation = remediation.id },
        { .operation = reversal.id },
        { .subscription_id = FIRST },
        { .pending = true },
    };
    struct history_operation *rows = NULL, row;
    size_t count = 0;
    int status = journal_operations(store, 0, memory, &rows, &count, NULL);

    for (size_t i = 0; status == 0 && i < count; i++)
        put_operation(text, &rows[i]);
    add(dump, text, status);
    status = journal_operation(store, NULL, memory, &row, NULL);
    if (status == 0)
        put_operation(text, &row);
    add(dump, text, status);
    for (size_t i = 0; i < ARRAY_LENGTH(filters); i++)
        dump_changes(dump, text, memory, &filters[i]);
}

static void
dump_run(struct dump *dump, struct buffer *text, const char *id)
{
    struct run *run = NULL;
    const int status = run_store_load(store, id, &run, NULL);

    if (status == 0) {
        assert_int_equal(run_codec_write(run, text, NULL), 0);
        for (size_t i = 0; i < run->assessment_count; i++)
            assert_int_equal(
                run_codec_write_assessment(&run->assessments[i], text, NULL),
                0);
    }
    add(dump, text, status);
    run_free(run);
}

static void
dump_runs(struct dump *dump, struct buffer *text, struct arena *memory)
{
    struct history_run *rows = NULL;
    struct history_assessment *way = NULL;
    size_t count = 0;
    int status = run_store_list(store, 0, memory, &rows, &count, NULL);

    for (size_t i = 0; status == 0 && i < count; i++)
        buffer_printf(text, "%s %lld %lld %s %s %s %d %d %d %zu %zu %zu\n",
                      rows[i].id, (long long) rows[i].started_at,
                      (long long) rows[i].finished_at, rows[i].cloud,
                      rows[i].profile, rows[i].tenants, rows[i].complete,
                      rows[i].interrupted, (int) rows[i].summary.status,
                      rows[i].summary.subscriptions, rows[i].summary.compliant,
                      rows[i].summary.unknown);
    add(dump, text, status);
    status = run_store_timeline(store, "22222222-0000-4000-8000-00000000000e",
                                0, memory, &way, &count, NULL);
    for (size_t i = 0; status == 0 && i < count; i++)
        buffer_printf(text, "%s %lld %s %d %d %s\n", way[i].run,
                      (long long) way[i].started_at, or_none(way[i].name),
                      (int) way[i].status, (int) way[i].reach, way[i].failing);
    add(dump, text, status);
    dump_run(dump, text, NULL);
    dump_run(dump, text, "2026-11-01");
    dump_run(dump, text, "2026-11-02T09:14:07Z-3f9a");
}

static void
dump_test(struct dump *dump, struct buffer *text, struct arena *memory)
{
    struct test_alert test;
    const int status = test_alert_store_load(store, NULL, memory, &test, NULL);

    if (status == 0) {
        buffer_printf(text, "%s %lld %s %s %s %s", test.id,
                      (long long) test.started_at, test.cloud, test.endpoint,
                      or_none(test.identity), test.bundles);
        for (size_t i = 0; i < test.target_count; i++) {
            const struct test_alert_target *target = &test.targets[i];
            buffer_printf(text, " %s %s %d %d %d %s",
                          target->alert.subscription.id,
                          target->alert.subscription.name, (int) target->reach,
                          target->roles, (int) target->alert.outcome,
                          or_none(target->alert.location));
            for (size_t j = 0; j < target->addresses.count; j++)
                buffer_printf(text, " %s", target->addresses.items[j]);
        }
        for (size_t i = 0; i < test.confirmation_count; i++)
            buffer_printf(text, " %s@%lld", test.confirmations[i].address,
                          (long long) test.confirmations[i].confirmed_at);
    }
    add(dump, text, status);
}

/* All that the open store says. */
static void
dump_all(struct dump *dump)
{
    AUTOBUFFER text = BUFFER_INIT(DUMP_CEILING);
    struct arena *memory = arena_new();

    dump_journal(dump, &text, memory);
    dump_runs(dump, &text, memory);
    dump_test(dump, &text, memory);
    arena_free(memory);
}

static void
save_day(int day)
{
    struct run *run = sample_run_new(profile_default());

    run->started_at += (day - 22) * INT64_C(86400000);
    run->id = arena_printf(run->arena, "2026-11-%02dT09:14:07Z-3f9a", day);
    EXPECT_DONE(run_store_save(store, run, NULL, &done_err));
    run_free(run);
}

static void
fill(void)
{
    static const struct change_residue residue[] = {
        { "phone", "\"+31 20\"", NULL },
        { "emails", NULL, "\"a@b.nl\"" },
    };
    static const struct contact_error refused = { 403, "AuthorizationFailed",
                                                  "no right", "0f1e" };
    static const char *const addresses[] = { "a@contoso.nl", "b@contoso.nl" };
    struct change one = new_change(FIRST, PLAN_UPDATE);
    struct change two = new_change(SECOND, PLAN_CREATE);
    struct change three = new_change(FIRST, PLAN_DELETE);
    struct test_alert_target target = {
        .alert = { .subscription = { FIRST, "Zorg", TENANT, "Enabled", NULL },
                   .outcome = TEST_ALERT_SAMPLE_UNCERTAIN },
        .reach = REACH_CONTACT,
        .addresses = { addresses, 2 },
    };
    const struct test_alert test = { .id = arena_copy(arena, TEST_ID),
                                     .started_at = 1795511647000,
                                     .cloud = "AzureCloud",
                                     .endpoint = "https://a",
                                     .bundles = "DNS",
                                     .targets = &target,
                                     .target_count = 1 };

    save_day(1);
    save_day(2);
    begin(&remediation);
    record(&one);
    record(&two);
    complete(&one, &(struct change_result){ .outcome = CHANGE_DIFFERENT,
                                            .after = &after,
                                            .residue = residue,
                                            .residue_count = 2,
                                            .request_id = "abcd" });
    complete(&two, &(struct change_result){ .outcome = CHANGE_REFUSED,
                                            .error = &refused });
    EXPECT_DONE(journal_end(store, &remediation, 5, &done_err));
    begin(&reversal);
    three.operation = reversal.id;
    three.reverts = one.id;
    record(&three);
    EXPECT_DONE(test_alert_store_begin(store, &test, &done_err));
    EXPECT_DONE(test_alert_store_complete(store, &test, &done_err));
    EXPECT_DONE(test_alert_store_confirm(store, TEST_ID, "a@contoso.nl", 7,
                                         &done_err));
}

/* Whether what the store at the path says is the truth, or a refusal: 1 where
 * something was refused, 0 where nothing differs. */
static int
judge(const char *path, const struct dump *truth, enum store_access access)
{
    CLEANUP(dump_done) struct dump found = { .count = 0 };
    int refused = 0;

    if (store_open(&store, path, access, NULL) < 0) {
        store = NULL;
        return 1;
    }
    if (access != STORE_READ && journal_lock(store, 0, NULL, NULL, NULL) < 0)
        refused = 1;
    else
        dump_all(&found);
    store_close(store);
    store = NULL;
    for (size_t i = 0; i < found.count; i++) {
        if (found.sections[i] == NULL)
            refused = 1;
        else if (strcmp(found.sections[i], truth->sections[i]) != 0)
            fail_msg("section %zu is another: %s\ninstead of %s", i,
                     found.sections[i], truth->sections[i]);
    }
    return refused;
}

static unsigned long dice = 20261201;

static size_t
below(size_t count)
{
    dice = dice * 6364136223846793005UL + 1442695040888963407UL;
    return (size_t) ((dice >> 33) % count);
}

static void
flip_bit(struct buffer *bytes)
{
    bytes->data[below(bytes->length)] ^= (char) (1 << below(8));
}

/* A byte, a block, two pages that change places, or the end cut off. */
static void
harm(struct buffer *bytes)
{
    char page[PAGE];
    const size_t pages = bytes->length / PAGE;
    char *one = bytes->data + below(pages) * PAGE;
    char *other = bytes->data + below(pages) * PAGE;
    const size_t length = 1 + below(600);
    const size_t place = below(bytes->length - length);

    switch (below(5)) {
    case 0:
        bytes->data[place] = (char) below(256);
        break;
    case 1:
        for (size_t i = 0; i < length; i++)
            bytes->data[place + i] = (char) below(256);
        break;
    case 2:
        memset(bytes->data + place, 0, length);
        break;
    case 3:
        memcpy(page, one, PAGE);
        memcpy(one, other, PAGE);
        memcpy(other, page, PAGE);
        break;
    default:
        bytes->length -= length;
        break;
    }
}

static void
try_all(void (*corrupt)(struct buffer *bytes), const char *name)
{
    const char *given = getenv("PIKET_CORRUPTIONS");
    const size_t count =
        given != NULL ? strtoul(given, NULL, 10) : CORRUPTIONS;
    CLEANUP(dump_done) struct dump truth = { .count = 0 };
    AUTOBUFFER whole = BUFFER_INIT(DUMP_CEILING);
    size_t refused = 0;
    char path[256];

    fill();
    dump_all(&truth);
    for (size_t i = 0; i < truth.count; i++)
        assert_non_null(truth.sections[i]);
    store_close(store);
    store = NULL;
    EXPECT_DONE(file_read(fixture_store(), &whole, &done_err));
    (void) snprintf(path, sizeof(path), "%s.copy", fixture_store());
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER copy = BUFFER_INIT(DUMP_CEILING);
        int told;
        assert_int_equal(buffer_append(&copy, whole.data, whole.length), 0);
        corrupt(&copy);
        for (int access = STORE_READ; access <= STORE_ALTER; access++) {
            EXPECT_DONE(
                file_replace(path, copy.data, copy.length, 0600, &done_err));
            told = judge(path, &truth, (enum store_access) access);
        }
        refused += told;
    }
    print_message("%s: %zu refused, %zu no difference\n", name, refused,
                  count - refused);
    assert_int_equal(judge(fixture_store(), &truth, STORE_READ), 0);
}

static void
refuses_a_bit_that_has_changed(void **state)
{
    (void) state;
    try_all(flip_bit, "single bits");
}

static void
refuses_what_was_harmed(void **state)
{
    (void) state;
    try_all(harm, "bytes, blocks, pages, ends");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refuses_a_bit_that_has_changed,
                                        journal_setup, journal_teardown),
        cmocka_unit_test_setup_teardown(refuses_what_was_harmed, journal_setup,
                                        journal_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
