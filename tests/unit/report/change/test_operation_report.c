/* SPDX-License-Identifier: Apache-2.0 */
#include "report/change/operation_report.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "report/wording/phrase_change.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"

#define SUBSCRIPTION(name_, id_)                                 \
    {                                                            \
        .id = id_ "-0000-4000-8000-000000000001", .name = name_, \
        .tenant_id = TENANT, .state = "Enabled"                  \
    }

static struct plan_difference differences[] = {
    { CONTACT_FIELD_ENABLED, "false", "true" },
    { CONTACT_FIELD_EMAILS, NULL, "soc@contoso.nl" },
};

/* One of each outcome, the names as strangers would choose them. */
static struct plan_change changes[] = {
    { .subscription = SUBSCRIPTION("Data-Lab", "90aa17d2"),
      .action = PLAN_CREATE,
      .differences = differences,
      .difference_count = 2 },
    { .subscription = SUBSCRIPTION("Data-Lab", "90aa17d3"),
      .action = PLAN_UPDATE,
      .differences = differences,
      .difference_count = 2 },
    { .subscription = SUBSCRIPTION("Infra-Hub", "0c55d1f0"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("Infra-Hub-with-a-name-that-takes-a-whole-"
                                   "line-and-more",
                                   "0c55d1f1"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("Policy-Bound", "0c55d1f2"),
      .action = PLAN_REGISTER },
    { .subscription = SUBSCRIPTION("Zorg-Prod-01", "4b2f0c1e"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("Zorg-Prod-02", "91aa0c1e"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("Zorg-Prod-03", "91aa0c1f"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("Zorg-Prod-04", "91aa0c20"),
      .action = PLAN_UPDATE },
    { .subscription =
          SUBSCRIPTION("\033[31mred\n\xe2\x80\xaename", "91aa0c21"),
      .action = PLAN_UPDATE },
    { .subscription = SUBSCRIPTION("", "91aa0c22"), .action = PLAN_UPDATE },
};

static const struct contact_error denied = {
    403, "AuthorizationFailed",
    "The client 'x' does not have authorization to perform action 'y'",
    "5f1d7f2a-0000-4000-8000-000000000001"
};
static const struct contact_error locked = {
    409, "ScopeLocked",
    "The scope '/subscriptions/0c55d1f1' cannot perform write operation "
    "because following scope(s) are locked: '/subscriptions/0c55d1f1'.",
    NULL
};
static const struct contact_error policy = {
    403, "RequestDisallowedByPolicy",
    "Resource 'default' was disallowed by policy. Policy identifiers: "
    "'/providers/Microsoft.Authorization/policyAssignments/no-contacts'.",
    NULL
};
static const struct contact_error unanswered = {
    0, "NoAnswer", "the connection was closed\n\033]0;title\a", NULL
};

static const struct change_residue residue[] = {
    { "phone", "\"\"", "\"+31 20 1234567\"" },
    { "emails", "\"soc@contoso.nl\"", NULL },
    { "\033[5mextra", NULL,
      "{\"a\":\"a value of many words that does not fit into one line at "
      "all\"}" },
};

static struct change_result results[ARRAY_LENGTH(changes)] = {
    { .outcome = CHANGE_DONE,
      .request_id = "5f1d7f2a-0000-4000-8000-000000000000" },
    { .outcome = CHANGE_DONE },
    { .outcome = CHANGE_REFUSED, .error = &denied },
    { .outcome = CHANGE_REFUSED, .error = &locked },
    { .outcome = CHANGE_REFUSED, .error = &policy },
    { .outcome = CHANGE_DIFFERENT,
      .residue = residue,
      .residue_count = ARRAY_LENGTH(residue) },
    { .outcome = CHANGE_UNVERIFIED },
    { .outcome = CHANGE_UNVERIFIED, .error = &unanswered },
    { .outcome = CHANGE_CONFLICT },
    { .outcome = CHANGE_NOT_SENT },
    { .outcome = CHANGE_ALREADY },
};

static struct plan_obstacle obstacles[] = {
    { SUBSCRIPTION("Kennisnet", "77e1b0a9"), PLAN_OBSTACLE_NO_EMAIL, NULL,
      NULL },
    { SUBSCRIPTION("Legacy", "77e1b0aa"), PLAN_OBSTACLE_READ_ONLY, "Warned",
      NULL },
    { SUBSCRIPTION("Other", "77e1b0ab"), PLAN_OBSTACLE_UNREADABLE,
      "AuthorizationFailed", &denied },
};

static struct plan plan = {
    .id = (char *) (uintptr_t) "2026-11-22T09:14:07Z-3f9a",
    .changes = changes,
    .change_count = ARRAY_LENGTH(changes),
    .obstacles = obstacles,
    .obstacle_count = ARRAY_LENGTH(obstacles),
    .complete = true,
};

static struct operation_report
sample_report(void)
{
    return (struct operation_report){
        .operation = {
            .id = plan.id,
            .kind = PLAN_REMEDIATION,
            .started_at = INT64_C(1795338847000),
            .finished_at = INT64_C(1795338907000),
            .cloud = "AzureCloud",
            .endpoint = "https://management.azure.com",
            .profile = "baseline-nl",
            .reason = "CHG-1234 \033[1m",
        },
        .plan = &plan,
        .results = results,
        .settled = 2,
        .stopped = "5 changes failed: no further one is begun",
    };
}

static void
compare(const char *path, const char *format,
        const struct operation_view *view)
{
    AUTOBUFFER target = BUFFER_INIT(1024 * 1024);
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(
        operation_format_by_name(format)->write(view, &target, &err), 0);
    golden_compare(path, &target);
}

static void
writes_each_format(void **state)
{
    static const struct {
        const char *path, *format, *language;
        bool colour;
        size_t rows;
    } cases[] = {
        { "operation/mixed.txt", "text", "en", false, 0 },
        { "operation/colour.txt", "text", "en", true, 1 },
        { "operation/mixed.json", "json", "en", false, 0 },
        { "nl/operation/mixed.txt", "text", "nl", false, 0 },
        { "operation/mixed.json", "json", "nl", false, 1 },
    };
    const struct operation_report report = sample_report();

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        compare(cases[i].path, cases[i].format,
                &(struct operation_view){
                    .report = &report,
                    .language = language_by_name(cases[i].language),
                    .colour = cases[i].colour,
                    .rows = cases[i].rows,
                    .exit_status = 2,
                });
}

/* The first change alone, as a reversal that went well. */
static void
says_that_all_is_restored(void **state)
{
    struct operation_report report = sample_report();
    struct plan whole = plan;

    (void) state;
    whole.change_count = 2;
    whole.obstacle_count = 0;
    report.plan = &whole;
    report.operation.kind = PLAN_REVERSAL;
    report.operation.reason = NULL;
    report.settled = 0;
    report.stopped = NULL;
    for (size_t i = 0; i < 2; i++)
        compare(i == 0 ? "operation/restored.txt"
                       : "nl/operation/restored.txt",
                "text",
                &(struct operation_view){
                    .report = &report,
                    .language = language_by_name(i == 0 ? "en" : "nl"),
                });
}

static void
names_what_to_do_about_a_refusal(void **state)
{
    static const struct {
        int http_status;
        const char *code, *advice;
    } cases[] = {
        { 403, "authorizationfailed", "Security Admin" },
        { 409, "ScopeLocked", "lock off" },
        { 403, "RequestDisallowedByPolicy", "Azure Policy" },
        { 409, "ReadOnlyDisabledSubscription", "enable" },
        { 409, "MissingSubscriptionRegistration", "--register-provider" },
        { 404, "Subscription Not Registered", "--register-provider" },
        { 403, "AnyOther", "Security Admin" },
        { 429, "TooManyRequests", "later" },
        { 0, "NoAnswer", "later" },
        { 0, "NotShown", "reads first" },
        { 0, "VersionChanged", "without --plan" },
        { 0, "NotRegistered", "--register-provider" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct contact_error error = { cases[i].http_status,
                                             cases[i].code, "", NULL };
        const struct phrase_error *row = phrase_change_error_of(&error);
        assert_non_null(row);
        assert_non_null(strstr(row->advice, cases[i].advice));
    }
    assert_null(phrase_change_error_of(
        &(struct contact_error){ 400, "BadRequest", "", NULL }));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_each_format),
        cmocka_unit_test(says_that_all_is_restored),
        cmocka_unit_test(names_what_to_do_about_a_refusal),
    };

    return cmocka_run_group_tests_name("operation_report", tests, NULL, NULL);
}
