/* SPDX-License-Identifier: Apache-2.0 */
/* A store whose journal is locked, and what is journalled in it. */
#include "unit/store/journal_fixture.h"

#include "store/store.h"

/* As Azure may send it: not UTF-8, with a NUL in it, and no end. */
static const char raw[] = "{\"value\":[\xff\xfe\0\r\n}";
const struct contact_snapshot before = { CONTACT_VERSION_2023_12_01, raw,
                                         sizeof(raw) };
const struct contact_snapshot nothing = { CONTACT_VERSION_2020_01_01, "", 0 };
const struct contact_snapshot after = { CONTACT_VERSION_2023_12_01, "{}", 2 };

const struct operation remediation = {
    .id = "2026-11-22T09:14:07Z-3f9a",
    .kind = PLAN_REMEDIATION,
    .started_at = INT64_C(1795338847000),
    .cloud = "AzureCloud",
    .endpoint = "https://management.azure.com",
    .profile = "baseline-nl",
    .config = "piket.yaml",
    .identity = "piket-audit",
    .reason = "CHG-1234 '); DROP TABLE change; --",
    .plan = "0123456789abcdef",
};
const struct operation reversal = {
    .id = "2026-11-23T09:14:07Z-3f9b",
    .kind = PLAN_REVERSAL,
    .started_at = INT64_C(1795425247000),
    .cloud = "AzureCloud",
    .endpoint = "https://management.azure.com",
    .profile = "baseline-nl",
    .reverts = "2026-11-22T09:14:07Z-3f9a",
};

struct store *store;
struct arena *arena;

int
journal_setup(void **state)
{
    if (fixture_setup(state) < 0)
        return -1;
    arena = arena_new();
    store = fixture_open(STORE_WRITE);
    return journal_lock(store, 0, NULL, NULL, NULL);
}

int
journal_teardown(void **state)
{
    store_close(store);
    store = NULL;
    arena_free(arena);
    return fixture_teardown(state);
}

struct change
new_change(const char *subscription, enum plan_action action)
{
    return (struct change){
        .operation = remediation.id,
        .subscription = { .id = subscription,
                          .name = "Zorg-Prod \033[2J",
                          .tenant_id = TENANT,
                          .state = "Enabled" },
        .action = action,
        .version = CONTACT_VERSION_2023_12_01,
        .before = &before,
        .body = "{\"properties\":{\"phone\":\"+31 20\"}}",
        .journalled_at = INT64_C(1795338848001),
    };
}

void
begin(const struct operation *operation)
{
    EXPECT_DONE(journal_begin(store, operation, &done_err));
}

void
record(struct change *change)
{
    EXPECT_DONE(journal_record(store, change, &done_err));
}

void
complete(const struct change *change, const struct change_result *result)
{
    EXPECT_DONE(journal_complete(store, change, result, INT64_C(1795338849002),
                                 &done_err));
}

struct change *
changes(const struct journal_filter *filter, size_t expected)
{
    struct change *rows = NULL;
    size_t count = 0;

    EXPECT_DONE(
        journal_changes(store, filter, arena, &rows, &count, &done_err));
    assert_int_equal(count, expected);
    return rows;
}

void
assert_image(const struct contact_snapshot *actual,
             const struct contact_snapshot *expected)
{
    assert_int_equal(actual->version, expected->version);
    assert_int_equal(actual->length, expected->length);
    assert_memory_equal(actual->bytes, expected->bytes, expected->length);
}
