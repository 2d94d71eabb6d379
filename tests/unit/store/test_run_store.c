/* SPDX-License-Identifier: Apache-2.0 */
/* Runs: what is loaded prints as what was saved; lists, timelines, removal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/report/sample_run.h"
#include "base/cleanup.h"
#include "report/view/report.h"
#include "store/sql/connection.h"
#include "unit/store/run_fixture.h"
#include "store/sql/proof.h"
#include "store/store_parts.h"

#define PERFECT "22222222-0000-4000-8000-00000000000e"
#define CLOSED "33333333-0000-4000-8000-000000000011"

static void
expect_same_document(const char *format, const struct report_view *saved,
                     const struct report_view *loaded)
{
    AUTOBUFFER left = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER right = BUFFER_INIT(REPORT_CEILING);

    assert_int_equal(report_by_name(format)->write(saved, &left, NULL), 0);
    assert_int_equal(report_by_name(format)->write(loaded, &right, NULL), 0);
    assert_true(left.length > 0);
    assert_string_equal(buffer_text(&left), buffer_text(&right));
}

/* Every writer, with everything shown and counted, in both languages. */
static void
expect_same_reports(const struct run *saved, const struct run *loaded)
{
    AUTOFREE const struct framework **frameworks =
        calloc(framework_table_length, sizeof(*frameworks));

    for (size_t i = 0; i < framework_table_length; i++)
        frameworks[i] = &framework_table[i];
    for (int all = 0; all <= 1; all++)
        for (size_t i = 0; i < report_table_length; i++) {
            struct report_view view = {
                .run = saved,
                .language = all ? language_by_name("nl") : NULL,
                .all = all,
                .exit_status = 2,
                .frameworks = frameworks,
                .framework_count = framework_table_length,
            };
            const struct report_view first = view;
            view.run = loaded;
            expect_same_document(report_table[i].name, &first, &view);
        }
}

/* All that a run can hold beside its assessments, some of it hostile. */
static struct run *
full_run(const struct profile *profile)
{
    struct run *run = sample_run_new(profile);

    sample_run_uncover(run);
    run->config = "\xff/piket\n.yaml";
    run->complete = false;
    run->interrupted = true;
    run->tenants[0].error = "HTTP 401 \033[2J";
    run->tenants[0].identity = NULL;
    run->coverage.known = false;
    run->coverage.reason = COVERAGE_REASON_ROOT_REFUSED;
    run->coverage.detail = "403 \xe2\x80\xae'; DROP TABLE run; --";
    assert_int_equal(run_add_error(run, "the listing broke off", NULL), 0);
    assert_int_equal(run_add_note(run, "profile is adjusted", NULL), 0);
    assert_int_equal(run_add_note(run, "a mute \"ends\"", NULL), 0);
    run->requests = UINT64_C(1) << 40;
    return run;
}

static void
prints_as_it_was_saved(void **state)
{
    (void) state;
    for (size_t i = 0; i <= profile_table_length; i++) {
        const struct profile *profile =
            i < profile_table_length ? &profile_table[i] : NULL;
        struct run *runs[] = { sample_run_new(profile), full_run(profile),
                               sample_run_empty(profile_default()) };
        for (size_t j = 0; j < ARRAY_LENGTH(runs); j++) {
            char id[64];
            (void) snprintf(id, sizeof(id), "2026-11-22T09:14:07Z-%02zx%02zx",
                            i, j);
            runs[j]->id = id;
            save(runs[j]);
            struct run *loaded = load(id);
            /* A file's name need not be UTF-8; what is kept is. */
            if (j == 1) {
                assert_string_equal(loaded->config,
                                    "\xef\xbf\xbd/piket\n.yaml");
                runs[j]->config = loaded->config;
            }
            assert_int_equal(loaded->started_at, runs[j]->started_at);
            assert_int_equal(loaded->finished_at, runs[j]->finished_at);
            assert_int_equal(loaded->complete, runs[j]->complete);
            assert_int_equal(loaded->interrupted, runs[j]->interrupted);
            expect_same_reports(runs[j], loaded);
            run_free(loaded);
            run_free(runs[j]);
        }
    }
}

/* The thresholds of an adjusted profile are the run's. */
static void
brings_back_the_profile(void **state)
{
    (void) state;
    struct run *run = sample_run_new(NULL);
    save(run);
    struct run *loaded = load(NULL);
    const struct thresholds *left = &run->profile->thresholds;
    const struct thresholds *right = &loaded->profile->thresholds;
    assert_string_equal(run->profile->name, loaded->profile->name);
    assert_string_equal(run->profile->title, loaded->profile->title);
    for (size_t i = 0; run->profile->requirements[i] != NULL; i++)
        assert_string_equal(run->profile->requirements[i],
                            loaded->profile->requirements[i]);
    assert_int_equal(left->alerts_of, right->alerts_of);
    assert_int_equal(left->alerts_exact, right->alerts_exact);
    assert_int_equal(left->attack_paths_of, right->attack_paths_of);
    assert_int_equal(left->min_emails, right->min_emails);
    assert_int_equal(left->allowed_domain_count, right->allowed_domain_count);
    assert_string_equal(left->allowed_domains[1], right->allowed_domains[1]);
    assert_int_equal(left->desired_email_count, right->desired_email_count);
    assert_string_equal(left->desired_emails[0], right->desired_emails[0]);
    assert_string_equal(left->desired_phone, right->desired_phone);
    run_free(loaded);
    run_free(run);
}

/* Nearly nothing changes between two runs, and is kept once. */
static void
keeps_once_what_does_not_change(void **state)
{
    static const char count[] = "SELECT count(*) FROM assessment";

    (void) state;
    struct run *run = run_of_day(1);
    save(run);
    assert_int_equal(fixture_number(fixture_store(), count),
                     run->assessment_count);
    save_day(2);
    assert_int_equal(fixture_number(fixture_store(), count),
                     run->assessment_count);
    run->id = arena_copy(run->arena, "2026-11-03T09:14:07Z-3f9a");
    run->started_at += 2 * INT64_C(86400000);
    run->assessments[0].subscription.state = "Warned";
    save(run);
    assert_int_equal(fixture_number(fixture_store(), count),
                     run->assessment_count + 1);
    struct run *third = load("2026-11-03");
    expect_same_reports(run, third);
    struct run *second = load("2026-11-02");
    assert_string_not_equal(second->assessments[0].subscription.state,
                            "Warned");
    run_free(second);
    run_free(third);
    run_free(run);
}

static void
finds_by_the_beginning(void **state)
{
    struct run *run = NULL;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(run_store_load(store, NULL, &run, &err), -1);
    assert_non_null(strstr(error_message(&err), "holds no run yet"));
    assert_int_equal(run_store_load(store, "2026", &run, &err), -1);
    assert_non_null(strstr(error_message(&err), "there is no run"));
    error_done(&err);
    save_day(21);
    save_day(3);
    save_day(20);

    run = load(NULL);
    assert_string_equal(run->id, "2026-11-21T09:14:07Z-3f9a");
    run_free(run);
    run = load("2026-11-20");
    assert_string_equal(run->id, "2026-11-20T09:14:07Z-3f9a");
    run_free(run);
    run = NULL;
    assert_int_equal(run_store_load(store, "2026-11-2", &run, &err), -1);
    assert_non_null(strstr(error_message(&err), "more than one run"));
    assert_non_null(strstr(err.advice, "2026-11-21T09:14:07Z-3f9a"));
    error_done(&err);
    assert_int_equal(
        run_store_load(store, "2026-11-04T09:14:07Z-3f9a", &run, &err), -1);
    assert_non_null(strstr(err.advice, "2026-11-03T09:14:07Z-3f9a"));
    error_done(&err);
    assert_int_equal(run_store_load(store, "", &run, &err), -1);
    assert_null(run);
}

static void
finds_the_comparable_run_before(void **state)
{
    struct run *previous = NULL;

    (void) state;
    save_day(1);
    save_day(2);
    /* None of these can be compared with the others. */
    for (int i = 0; i < 5; i++) {
        struct run *run = run_of_day(3 + i);
        if (i == 0)
            run->complete = false;
        if (i == 1)
            run->interrupted = true;
        if (i == 2)
            run->cloud = "AzureChinaCloud";
        if (i == 3)
            run->profile = profile_by_name("cis-5.0");
        if (i == 4)
            run->tenants[0].id = "7c0ffee0-0000-4000-8000-000000000000";
        save(run);
        run_free(run);
    }
    save_day(9);
    struct run *run = run_of_day(8); /* not saved */
    run->tenants[0].id = "7C0FFEE0-0000-4000-8000-00000000ABCD";
    EXPECT_DONE(run_store_load_previous(store, run, &previous, &done_err));
    assert_string_equal(previous->id, "2026-11-02T09:14:07Z-3f9a");
    run_free(run);
    run = previous;
    EXPECT_DONE(run_store_load_previous(store, run, &previous, &done_err));
    assert_string_equal(previous->id, "2026-11-01T09:14:07Z-3f9a");
    run_free(run);
    run = previous;
    EXPECT_DONE(run_store_load_previous(store, run, &previous, &done_err));
    assert_null(previous);
    run_free(run);
}

static void
lists_runs(void **state)
{
    struct history_run *rows = NULL;
    size_t count = 0;

    (void) state;
    EXPECT_DONE(run_store_list(store, 0, arena, &rows, &count, &done_err));
    assert_int_equal(count, 0);
    for (int day = 1; day <= 20; day++)
        save_day(day);
    struct run *run = full_run(NULL);
    const struct run_summary summary = run_summarize(run);
    save(run);
    EXPECT_DONE(run_store_list(store, 0, arena, &rows, &count, &done_err));
    assert_int_equal(count, 21);
    assert_string_equal(rows[0].id, run->id);
    assert_int_equal(rows[0].started_at, run->started_at);
    assert_int_equal(rows[0].finished_at, run->finished_at);
    assert_string_equal(rows[0].cloud, "AzureCloud");
    assert_string_equal(rows[0].profile, "strict");
    assert_string_equal(rows[0].tenants,
                        "7c0ffee0-0000-4000-8000-00000000abcd");
    assert_false(rows[0].complete);
    assert_true(rows[0].interrupted);
    const size_t counts = offsetof(struct run_summary, subscriptions);
    assert_int_equal(rows[0].summary.status, summary.status);
    assert_memory_equal((const char *) &rows[0].summary + counts,
                        (const char *) &summary + counts,
                        sizeof(summary) - counts);
    assert_string_equal(rows[20].id, "2026-11-01T09:14:07Z-3f9a");
    EXPECT_DONE(run_store_list(store, 2, arena, &rows, &count, &done_err));
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].id, "2026-11-20T09:14:07Z-3f9a");
    run_free(run);
}

static void
follows_a_subscription(void **state)
{
    struct history_assessment *rows = NULL;
    size_t count = 0;

    (void) state;
    save_day(1);
    struct run *run = run_of_day(2);
    for (size_t i = 0; i < run->assessment_count; i++) {
        struct assessment *assessment = &run->assessments[i];
        if (strcmp(assessment->subscription.id, PERFECT) != 0)
            continue;
        assessment->findings[0].status = FINDING_FAIL;
        assessment->findings[2].status = FINDING_FAIL;
        assessment->reach = REACH_NOBODY;
        assessment_conclude(assessment);
    }
    save(run);
    run_free(run);
    EXPECT_DONE(run_store_timeline(store, PERFECT, 0, arena, &rows, &count,
                                   &done_err));
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].run, "2026-11-02T09:14:07Z-3f9a");
    assert_int_equal(rows[0].status, ASSESSMENT_NON_COMPLIANT);
    assert_int_equal(rows[0].reach, REACH_NOBODY);
    assert_string_equal(rows[0].failing,
                        "contact-configured email-configured");
    assert_int_equal(rows[1].status, ASSESSMENT_COMPLIANT);
    assert_int_equal(rows[1].reach, REACH_CONTACT);
    assert_string_equal(rows[1].failing, "");
    EXPECT_DONE(
        run_store_timeline(store, CLOSED, 1, arena, &rows, &count, &done_err));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].status, ASSESSMENT_NOT_APPLICABLE);
    assert_int_equal(rows[0].reach, REACH_NOT_APPLICABLE);
    EXPECT_DONE(run_store_timeline(store, "nowhere", 0, arena, &rows, &count,
                                   &done_err));
    assert_int_equal(count, 0);
}

/* As if piket had written the runs so. */
static void
seal_runs(void)
{
    EXPECT_DONE(connection_execute(
        store->connection,
        "UPDATE run SET digest = row_digest(NULL, " PROOF_RUN ")", &done_err));
}

/* The schema forbids it, but damage knows no schema. */
static void
lacks_nothing_that_each_row_has(void **state)
{
    struct history_run *rows = NULL;
    size_t count = 0;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    save_day(1);
    fixture_execute(fixture_store(),
                    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET "
                    "sql = replace(sql, ' NOT NULL', '')");
    fixture_execute(fixture_store(), "UPDATE run SET cloud = NULL");
    seal_runs();
    assert_int_equal(run_store_list(store, 0, arena, &rows, &count, &err), -1);
    assert_non_null(strstr(error_message(&err), "a row has no cloud"));
    error_done(&err);
    fixture_execute(fixture_store(), "UPDATE run SET json = NULL");
    seal_runs();
    struct run *run = NULL;
    assert_int_equal(run_store_load(store, NULL, &run, &err), -1);
    assert_non_null(strstr(error_message(&err), "a row has no json"));
}

static void
removes_the_oldest(void **state)
{
    size_t removed = 77;

    (void) state;
    for (int day = 1; day <= 5; day++)
        save_day(day);
    struct run *run = run_of_day(6);
    run->assessments[0].subscription.state = "Warned";
    save(run);
    fixture_execute(fixture_store(),
                    "INSERT INTO operation (id, kind, started_at, "
                    "finished_at, cloud, endpoint, profile) VALUES ('x', "
                    "'remediation', 1, 0, 'c', 'e', 'p')");
    EXPECT_DONE(run_store_prune(store, 10, &removed, &done_err));
    assert_int_equal(removed, 0);
    EXPECT_DONE(run_store_prune(store, 2, &removed, &done_err));
    assert_int_equal(removed, 4);
    struct run *loaded = load("2026-11-05");
    run_free(loaded);
    loaded = load(NULL);
    expect_same_reports(run, loaded);
    run_free(loaded);
    EXPECT_DONE(run_store_prune(store, 1, &removed, &done_err));
    assert_int_equal(removed, 1);
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM assessment"),
        run->assessment_count);
    EXPECT_DONE(run_store_prune(store, 0, &removed, &done_err));
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM assessment"), 0);
    assert_int_equal(
        fixture_number(fixture_store(), "SELECT count(*) FROM operation"), 1);
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
        TEST(prints_as_it_was_saved),
        TEST(brings_back_the_profile),
        TEST(keeps_once_what_does_not_change),
        TEST(finds_by_the_beginning),
        TEST(finds_the_comparable_run_before),
        TEST(lists_runs),
        TEST(follows_a_subscription),
        TEST(lacks_nothing_that_each_row_has),
        TEST(removes_the_oldest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
