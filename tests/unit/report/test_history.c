/* SPDX-License-Identifier: Apache-2.0 */
#include "report/history/history_report.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "report/view/report.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

#define ZORG "4b2f0c1e-0000-4000-8000-000000000001"

static const char before_bytes[] = "{\"value\":[{\"name\":\"default\"}]}";
static const struct contact_snapshot before = { CONTACT_VERSION_2023_12_01,
                                                before_bytes,
                                                sizeof(before_bytes) - 1 };
static const struct change_residue phone = { "phone", NULL,
                                             "\"\033[31m+31201234567\"" };
static const struct contact_error locked = {
    409, "ScopeLocked", "The scope '/subscriptions/x' cannot perform write",
    "1f2e3d4c"
};

static const struct change changes[] = {
    { .id = 1,
      .operation = "2026-11-22T09:20:00Z-1a2b",
      .subscription = { .id = ZORG, .name = "Zorg", .tenant_id = "t" },
      .action = PLAN_UPDATE,
      .before = &before,
      .body = "{\"properties\":{}}",
      .journalled_at = 1795339201000,
      .finished_at = 1795339202000,
      .result = { .outcome = CHANGE_DONE, .after = &before } },
    { .id = 2,
      .operation = "2026-11-22T09:20:00Z-1a2b",
      .subscription = { .id = "91aa0c1e-0000-4000-8000-000000000002",
                        .name = "\u202eneppe\nnaam",
                        .tenant_id = "t" },
      .action = PLAN_CREATE,
      .before = &before,
      .body = "{\"properties\":{}}",
      .journalled_at = 1795339201000,
      .finished_at = 1795339202000,
      .result = { .outcome = CHANGE_REFUSED,
                  .error = &locked,
                  .request_id = "1f2e3d4c",
                  .settled = true } },
    { .id = 3,
      .operation = "2026-11-22T09:30:00Z-77aa",
      .subscription = { .id = ZORG, .name = "Zorg", .tenant_id = "t" },
      .action = PLAN_UPDATE,
      .before = &before,
      .body = "{\"properties\":{}}",
      .reverts = 1,
      .journalled_at = 1795339801000,
      .finished_at = 1795339802000,
      .result = { .outcome = CHANGE_DIFFERENT,
                  .after = &before,
                  .residue = &phone,
                  .residue_count = 1 } },
};

static const struct history_operation operations[] = {
    { .operation = { .id = "2026-11-22T09:30:00Z-77aa",
                     .kind = PLAN_REVERSAL,
                     .started_at = 1795339800000,
                     .cloud = "AzureCloud",
                     .endpoint = "https://management.azure.com",
                     .profile = "baseline-nl",
                     .reverts = "2026-11-22T09:20:00Z-1a2b" },
      .counts = { .different = 1 },
      .pending = 1 },
    { .operation = { .id = "2026-11-22T09:20:00Z-1a2b",
                     .kind = PLAN_REMEDIATION,
                     .started_at = 1795339200000,
                     .finished_at = 1795339260000,
                     .cloud = "AzureCloud",
                     .endpoint = "https://management.azure.com",
                     .profile = "baseline-nl",
                     .config = "piket.yaml",
                     .identity = "piket-audit",
                     .reason = "CHG-1234\033[2J",
                     .plan = "0f1e2d" },
      .counts = { .done = 1, .refused = 1 } },
};

static const struct history_run runs[] = {
    { .id = "2026-11-22T09:25:00Z-9c9c",
      .started_at = 1795339500000,
      .finished_at = 1795339501000,
      .cloud = "AzureCloud",
      .profile = "baseline-nl",
      .tenants = "7c0ffee0-0000-4000-8000-00000000abcd",
      .complete = true,
      .summary = { .status = RUN_NON_COMPLIANT,
                   .subscriptions = 137,
                   .compliant = 45,
                   .muted = 2,
                   .non_compliant = 90 } },
    { .id = "2026-11-22T09:14:07Z-3f9a",
      .started_at = 1795338847000,
      .finished_at = 1795338848000,
      .cloud = "AzureCloud",
      .profile = "baseline-nl",
      .tenants = "7c0ffee0-0000-4000-8000-00000000abcd",
      .interrupted = true,
      .summary = { .status = RUN_UNKNOWN,
                   .subscriptions = 137,
                   .compliant = 45,
                   .non_compliant = 80,
                   .unknown = 12 } },
};

static const struct history_list list = { false, runs, 2, operations, 2 };
static const struct history_list some = { true, runs, 1, operations, 1 };
static const struct history_list nothing;
static const struct history_pruned pruned = { 12, 30 };
static const struct history_detail detail = { &operations[1], changes, 2 };

static const struct history_assessment assessments[] = {
    { "2026-11-22T09:25:00Z-9c9c", 1795339500000, "Zorg", ASSESSMENT_COMPLIANT,
      REACH_CONTACT, "" },
    { "2026-11-22T09:14:07Z-3f9a", 1795338847000, "Zorg (oud)",
      ASSESSMENT_NON_COMPLIANT, REACH_OWNERS,
      "contact-configured email-configured" },
};

static const struct history_timeline timeline = {
    .subscription_id = ZORG,
    .subscription_name = "Zorg",
    .assessments = assessments,
    .assessment_count = ARRAY_LENGTH(assessments),
    .changes = changes,
    .change_count = ARRAY_LENGTH(changes),
};

static const struct history_view plain;

/* Writes one noun in both formats, and for people in Dutch. */
#define ASSERT_GOLDEN(noun, value, name)                                   \
    do {                                                                   \
        const struct history_view dutch = { .language =                    \
                                                language_by_name("nl") };  \
        assert_golden(history_format_by_name("text")->noun(value, &plain,  \
                                                           clean(), NULL), \
                      "history/" name ".txt");                             \
        assert_golden(history_format_by_name("text")->noun(value, &dutch,  \
                                                           clean(), NULL), \
                      "nl/history/" name ".txt");                          \
        assert_golden(history_format_by_name("json")->noun(value, &plain,  \
                                                           clean(), NULL), \
                      "history/" name ".json");                            \
    } while (0)

static struct buffer written = BUFFER_INIT(REPORT_CEILING);

static struct buffer *
clean(void)
{
    buffer_clear(&written);
    return &written;
}

static void
assert_golden(int status, const char *path)
{
    assert_int_equal(status, 0);
    golden_compare(path, &written);
}

static void
lists_runs_and_operations_newest_first(void **state)
{
    (void) state;
    ASSERT_GOLDEN(list, &list, "list");
}

static void
says_that_there_are_older_ones(void **state)
{
    (void) state;
    ASSERT_GOLDEN(list, &some, "some");
}

static void
says_how_many_runs_were_removed(void **state)
{
    (void) state;
    ASSERT_GOLDEN(pruned, &pruned, "pruned");
}

/* Whoever gives the later run first is told, and not corrected. */
static void
says_that_runs_were_given_in_reverse(void **state)
{
    struct run *was = sample_run_new(NULL);
    struct run *is = sample_run_new(NULL);
    struct drift drift;

    (void) state;
    was->started_at++;
    assert_int_equal(drift_make(was, is, is->arena, &drift, NULL), 0);
    ASSERT_GOLDEN(drift, &drift, "reverse");
    run_free(was);
    run_free(is);
}

static void
says_what_to_do_where_there_is_nothing(void **state)
{
    (void) state;
    ASSERT_GOLDEN(list, &nothing, "nothing");
}

static void
shows_an_operation_with_its_changes(void **state)
{
    (void) state;
    ASSERT_GOLDEN(detail, &detail, "operation");
}

static void
shows_a_subscriptions_way(void **state)
{
    (void) state;
    ASSERT_GOLDEN(timeline, &timeline, "timeline");
}

static void
shows_the_mailboxes(void **state)
{
    struct run *run = sample_run_new(NULL);
    struct address_book book;

    (void) state;
    assert_int_equal(address_book_make(run, run->arena, &book, NULL), 0);
    ASSERT_GOLDEN(contacts, &book, "contacts");
    run_free(run);
}

static void
shows_what_differs(void **state)
{
    struct run *was = sample_run_new(NULL);
    struct run *is = sample_run_new(profile_by_name("baseline-nl"));
    struct drift drift;

    (void) state;
    was->assessment_count--;
    is->assessments[0].subscription.id =
        "99999999-0000-4000-8000-000000000001";
    assert_int_equal(drift_make(was, is, is->arena, &drift, NULL), 0);
    ASSERT_GOLDEN(drift, &drift, "drift");
    run_free(was);
    run_free(is);
}

static void
cuts_tables_and_says_so(void **state)
{
    const struct history_view view = { .rows = 1, .colour = true };

    (void) state;
    assert_golden(
        history_format_by_name("text")->list(&list, &view, clean(), NULL),
        "history/rows.txt");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_runs_and_operations_newest_first),
        cmocka_unit_test(says_that_there_are_older_ones),
        cmocka_unit_test(says_how_many_runs_were_removed),
        cmocka_unit_test(says_that_runs_were_given_in_reverse),
        cmocka_unit_test(says_what_to_do_where_there_is_nothing),
        cmocka_unit_test(shows_an_operation_with_its_changes),
        cmocka_unit_test(shows_a_subscriptions_way),
        cmocka_unit_test(shows_the_mailboxes),
        cmocka_unit_test(shows_what_differs),
        cmocka_unit_test(cuts_tables_and_says_so),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    buffer_done(&written);
    return failed;
}
