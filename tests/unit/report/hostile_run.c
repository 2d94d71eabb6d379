/* SPDX-License-Identifier: Apache-2.0 */
/* The run that every writer has to survive. */
#include "unit/report/hostile_run.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/run/mute.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define SECOND "dec1de00-0000-4000-8000-00000000beef"
#define LIGHTHOUSE "11947400-0000-4000-8000-00000000f00d"
#define PERSON "0b1ec750-0000-4000-8000-00000000cafe"
#define LONG_NAME_LENGTH 9000

#define HIGH                       \
    {                              \
        CONTACT_LEVEL_HIGH, "High" \
    }
#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)

static const char *const owner[] = { "Owner" };
static const char *const odd_roles[] = { "Owner", "@everyone",
                                         "<b>|role|</b>\n" };
static const char *const addresses[] = {
    "security@contoso.nl", "o'brien+azure@contoso.nl",
    "\"van der, Berg\"@contoso.nl", "b\xc3\xbcro@m\xc3\xbcnchen.example"
};
static const char *const odd_addresses[] = {
    "=HYPERLINK(\"http://evil.example\")@contoso.nl",
    "<img src=x onerror=alert(1)>@contoso.nl", "@contoso.nl", "jan contoso.nl"
};

static const struct contact plain = { .name = "default",
                                      .enabled = CONTACT_ON,
                                      EMAILS(addresses),
                                      .phone = "+31201234568",
                                      .alerts = HIGH,
                                      .attack_paths = HIGH,
                                      .roles_notified = CONTACT_ON,
                                      ROLES(owner) };
static const struct contact odd = {
    .name = "default|</td><script>alert(1)</script>",
    .enabled = CONTACT_ON,
    EMAILS(odd_addresses),
    .phone = "=1+1|+31 (20) 765-4321",
    .alerts = { CONTACT_LEVEL_UNRECOGNIZED, "]]>\n```\"High" },
    .attack_paths = { CONTACT_LEVEL_OFF, NULL },
    .roles_notified = CONTACT_ON,
    ROLES(odd_roles)
};
static const struct contact *const others[] = { &plain, &odd };

static const struct contact_error refused = {
    403, "AuthorizationFailed",
    "The client 'Jan.Jansen@contoso.nl' with object id '" PERSON "' does not "
    "have authorization to perform action "
    "'Microsoft.Security/securityContacts/read' over scope "
    "'/subscriptions/5CA1AB1E-0000-4000-8000-000000000103' or call "
    "+31 6 1234 5678 | \"<soc2@contoso.nl>\"\r\n=cmd|' /C calc'!A0",
    "0f1e2d3c-0000-4000-8000-000000000404"
};
static const struct contact_error odd_error = {
    418, "]]><Code onclick=\"x\">\033[2J|`",
    "\xe2\x80\xaeoverride\xe2\x81\xa6 \xef\xbf\xbd\xef\xbf\xbd "
    "https://evil.example/?a=1&b=2 @contoso/security #1 closes #2 :tada:",
    "\"x-ms-request-id\r\n"
};

static const struct mute odd_mute = {
    .subscription = "5ca1ab1e-0000-4000-8000-000000000104",
    .requirement = "*",
    .reason = "ask piet@contoso.nl (+31612345679), <b>CHG-1</b> | @everyone\n"
              "=cmd|' /C calc'!A0",
    .until = "2027-03-01",
    .line = 9
};

enum { MUTED_ROW = 3, LONG_ROW = 9 };

static const struct {
    const char *name, *id, *tenant;
    struct contact_reading reading;
} rows[] = {
    { "=cmd|' /C calc'!A0",
      "5ca1ab1e-0000-4000-8000-000000000100",
      TENANT,
      { .contact = &plain } },
    { "<script>alert(1)</script>",
      "5ca1ab1e-0000-4000-8000-000000000101",
      SECOND,
      { .contact = &odd } },
    { "]]>&amp;&#60;![CDATA[</table>",
      "5ca1ab1e-0000-4000-8000-000000000102",
      SECOND,
      { .others = others, .other_count = ARRAY_LENGTH(others) } },
    { "lines\r\nof\nmany\ttabs | pipes || `ticks` ```fence",
      "5ca1ab1e-0000-4000-8000-000000000104",
      TENANT,
      { .contact = &odd } },
    { "@everyone *bold* _it_ [link](http://evil.example) ![i](x) # h",
      "5ca1ab1e-0000-4000-8000-000000000103",
      TENANT,
      { .kind = CONTACT_READING_FAILED, .error = &refused } },
    { "\xe2\x80\xaeltr\xe2\x80\xac \xef\xbf\xbd\xef\xbf\xbd \xe2\x80\x8b\x07"
      "\033]0;title\033\\",
      "5ca1ab1e-0000-4000-8000-000000000105",
      LIGHTHOUSE,
      { .kind = CONTACT_READING_FAILED, .error = &odd_error } },
    { "-2+3 of jan@contoso.nl in 5ca1ab1e-0000-4000-8000-000000000100",
      "5ca1ab1e-0000-4000-8000-000000000106",
      LIGHTHOUSE,
      { .contact = &plain } },
    { "'quoted' \"twice\" \\back\\ %s%n $(id) ;rm",
      "5ca1ab1e-0000-4000-8000-000000000107",
      TENANT,
      { .contact = &plain, .others = others, .other_count = 1 } },
    { "\t  +leading blanks, then a plus",
      "5ca1ab1e-0000-4000-8000-000000000108",
      TENANT,
      { .contact = &plain } },
    { NULL, /* very long */
      "5ca1ab1e-0000-4000-8000-000000000109",
      TENANT,
      { .contact = &plain } },
};

const char *const hostile_run_secrets[] = {
    /* the subscriptions', beside those of the sample */
    "5ca1ab1e",
    "4b2f0c1e",
    "91aa0c1",
    "90aa17d",
    "1f2e3d4c",
    "77e1b0a9",
    "0c55d1f",
    "22222222-",
    "22222223-",
    "22222224-",
    "33333333-",
    "33333334-",
    "4444444",
    /* tenants and people */
    "7c0ffee0",
    "dec1de00",
    "11947400",
    "0b1ec750",
    "contoso.nl",
    "Tailspin",
    "piket-audit",
    "onmicrosoft",
    /* addresses */
    "soc@",
    "soc2@",
    "piket@",
    "jan@",
    "piet@",
    "jan contoso",
    "soc(at)",
    "Jansen",
    "brien",
    "van der, Berg",
    "security@",
    "m\xc3\xbcnchen",
    "b\xc3\xbcro",
    "example.com",
    /* phone numbers */
    "123 4567",
    "1234568",
    "765-4321",
    "275-4038",
    "1234 5678",
    "612345679",
};

const size_t hostile_run_secret_count = ARRAY_LENGTH(hostile_run_secrets);

static const char *
long_name(struct arena *arena)
{
    static const char word[] = "d\xc3\xa9partement|";
    char *name = arena_allocate(arena, LONG_NAME_LENGTH + 1);

    assert_non_null(name);
    for (size_t i = 0; i + sizeof(word) <= LONG_NAME_LENGTH;
         i += sizeof(word) - 1)
        memcpy(name + i, word, sizeof(word) - 1);
    return name;
}

/* As a configuration's mutes do. */
static void
mute(struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->finding_count; i++) {
        struct finding *finding = &assessment->findings[i];
        if (finding->status != FINDING_FAIL)
            continue;
        finding->status = FINDING_MUTED;
        finding->mute = &odd_mute;
    }
    assessment_conclude(assessment);
}

static void
add_row(struct run *run, size_t row, struct assessment *ret_assessment)
{
    const struct subscription subscription = {
        .id = rows[row].id,
        .name = row == LONG_ROW ? long_name(run->arena) : rows[row].name,
        .tenant_id = rows[row].tenant,
        .state = row == 1 ? "Enabled\"><i>" : "Enabled",
    };
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(&subscription, &rows[row].reading, run->profile,
                        run->arena, ret_assessment, &err)
        < 0)
        fail_msg("%s", error_message(&err));
    if (row == MUTED_ROW)
        mute(ret_assessment);
}

static void
add_rows(struct run *run)
{
    const size_t before = run->assessment_count;
    struct assessment *all = arena_allocate_array(
        run->arena, before + ARRAY_LENGTH(rows), sizeof(*all));

    assert_non_null(all);
    memcpy(all, run->assessments, before * sizeof(*all));
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        add_row(run, i, &all[before + i]);
    run->assessments = all;
    run->assessment_count = before + ARRAY_LENGTH(rows);
    run_sort(run);
}

static void
add_tenants(struct run *run)
{
    static const struct run_tenant second = {
        .id = SECOND,
        .display_name = "Tailspin <b>Toys</b> | @everyone\033[1m",
        .credential = "EnvironmentCredential",
        .identity = "jan_gmail.com#EXT#@tailspin.onmicrosoft.com",
        .error = "HTTP 401\033[2J: Tailspin <b>Toys</b> | @everyone\033[1m "
                 "(" SECOND ") is closed to "
                 "'jan_gmail.com#EXT#@tailspin.onmicrosoft.com'",
    };

    assert_int_equal(run_add_tenant(run, &second, NULL), 0);
    assert_int_equal(run_add_delegated(run, NULL), 0);
}

static void
add_sentences(struct run *run)
{
    assert_int_equal(
        run_add_error(run,
                      "the listing of " TENANT " broke off at "
                      "https://management.azure.com/subscriptions?"
                      "api-version=2022-12-01 <script> | `x`",
                      NULL),
        0);
    assert_int_equal(
        run_add_error(run, "=cmd|' /C calc'!A0\r\nsecond line", NULL), 0);
    assert_int_equal(
        run_add_note(run,
                     "piket.yaml:9: the mute of * for "
                     "5ca1ab1e-0000-4000-8000-000000000104 ends soon "
                     "(ask piet@contoso.nl, +31612345679)",
                     NULL),
        0);
    assert_int_equal(
        run_add_limitation(run, "\xe2\x80\xaeno attack paths | <b>", NULL), 0);
}

struct run *
hostile_run_new(void)
{
    struct run *run = sample_run_new(NULL);

    run->config = "/etc/piket/\"<odd> | file`.yaml";
    run->requests = 138;
    run->coverage = (struct coverage){
        .reason = COVERAGE_REASON_ROOT_REFUSED,
        .detail =
            "403 AuthorizationFailed for " PERSON
            " on '/providers/Microsoft.Management/managementGroups/" TENANT
            "' <i>|",
    };
    add_rows(run);
    add_tenants(run);
    add_sentences(run);
    return run;
}

struct run *
hostile_run_many(size_t count)
{
    struct run *run = sample_run_empty(profile_default());
    AUTOERROR err = ERROR_INIT;

    run->assessments =
        arena_allocate_array(run->arena, count, sizeof(*run->assessments));
    assert_non_null(run->assessments);
    for (size_t i = 0; i < count; i++) {
        const struct contact_reading reading = { .contact =
                                                     i % 2 ? &odd : &plain };
        const struct subscription subscription = {
            .id =
                arena_printf(run->arena, "00000000-0000-4000-8000-%012zu", i),
            .name = arena_printf(run->arena, "Subscription %08zu", i),
            .tenant_id = TENANT,
            .state = "Enabled",
        };
        assert_non_null(subscription.id);
        assert_non_null(subscription.name);
        if (assessment_make(&subscription, &reading, run->profile, run->arena,
                            &run->assessments[i], &err)
            < 0)
            fail_msg("%s", error_message(&err));
    }
    run->assessment_count = count;
    return run;
}
