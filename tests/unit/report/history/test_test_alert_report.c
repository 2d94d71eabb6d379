/* SPDX-License-Identifier: Apache-2.0 */
#include "report/history/test_alert_report.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "report/view/report.h"
#include "unit/unit.h"

static const char *const both[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const hostile[] = { "\033[2J\u202e@contoso.nl" };
static const struct contact_error refused = { 403, "AuthorizationFailed",
                                              "The client '\033[31mx' may not",
                                              "1f2e3d4c" };
static const struct contact_error lost = { 0, "NoAnswer", "connection reset",
                                           NULL };

/* One of each outcome, and each way in which people are mailed. */
static struct test_alert_target targets[] = {
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000001",
                                   .name = "Zorg-Prod",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_RAISED,
                 .location = "westeurope" },
      .reach = REACH_CONTACT,
      .addresses = { both, 2 },
      .roles = true },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000002",
                                   .name = "\u202enaam\n=cmd()",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_RAISED,
                 .location = "westeurope" },
      .reach = REACH_CONTACT,
      .addresses = { hostile, 1 } },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000003",
                                   .name = "",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_RAISED,
                 .location = "westeurope" },
      .reach = REACH_NOBODY },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000004",
                                   .name = "Infra",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_RAISED,
                 .location = "westeurope" },
      .reach = REACH_UNKNOWN },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000005",
                                   .name = "Closed",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_REFUSED,
                 .error = &refused },
      .reach = REACH_OWNERS,
      .roles = true },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000006",
                                   .name = "Lost",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_UNCERTAIN,
                 .location = "westeurope",
                 .error = &lost },
      .reach = REACH_CONTACT,
      .addresses = { both, 1 } },
    { .alert = { .subscription = { .id = "4b2f0c1e-0000-4000-8000-"
                                         "000000000007",
                                   .name = "Later",
                                   .tenant_id = "t" },
                 .outcome = TEST_ALERT_SAMPLE_NOT_SENT },
      .reach = REACH_CONTACT,
      .addresses = { both, 2 } },
};

static const struct test_alert_confirmation confirmations[] = {
    { "SOC@contoso.nl", 1795338847000 },
    { "jan@contoso.nl", 1795338848000 },
};

static char id[] = "2026-11-22T09:14:07Z-3f9a";
static const struct test_alert test = {
    .id = id,
    .started_at = 1795338847000,
    .cloud = "AzureCloud",
    .endpoint = "https://management.azure.com",
    .identity = "piket-audit",
    .bundles = "VirtualMachines DNS",
    .targets = targets,
    .target_count = ARRAY_LENGTH(targets),
    .confirmations = confirmations,
    .confirmation_count = ARRAY_LENGTH(confirmations),
};

static struct buffer written = BUFFER_INIT(REPORT_CEILING);

static void
assert_golden(const char *format, const struct test_alert_view *view,
              const char *path)
{
    buffer_clear(&written);
    assert_int_equal(
        test_alert_format_by_name(format)->write(view, &written, NULL), 0);
    golden_compare(path, &written);
}

static void
says_what_became_of_a_test(void **state)
{
    struct test_alert_view view = { .test = &test };

    (void) state;
    assert_golden("text", &view, "delivery/test.txt");
    /* Nothing of what others chose reaches the terminal as it is. */
    assert_null(strchr(buffer_text(&written), '\033'));
    assert_null(strstr(buffer_text(&written), "\u202e"));
    assert_golden("json", &view, "delivery/test.json");
    view.language = language_by_name("nl");
    assert_golden("text", &view, "nl/delivery/test.txt");
}

static void
says_who_would_be_mailed(void **state)
{
    struct test_alert_view view = { .test = &test, .planned = true };

    (void) state;
    assert_golden("text", &view, "delivery/planned.txt");
    assert_golden("json", &view, "delivery/planned.json");
    view.language = language_by_name("nl");
    assert_golden("text", &view, "nl/delivery/planned.txt");
}

static void
cuts_tables_and_says_so(void **state)
{
    const struct test_alert_view view = { .test = &test,
                                          .colour = true,
                                          .rows = 1 };

    (void) state;
    assert_golden("text", &view, "delivery/rows.txt");
}

static void
knows_its_formats(void **state)
{
    (void) state;
    assert_null(test_alert_format_by_name("csv"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_became_of_a_test),
        cmocka_unit_test(says_who_would_be_mailed),
        cmocka_unit_test(cuts_tables_and_says_so),
        cmocka_unit_test(knows_its_formats),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    buffer_done(&written);
    return failed;
}
