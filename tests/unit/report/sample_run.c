/* SPDX-License-Identifier: Apache-2.0 */
/* A run with every status, every requirement and hostile names. */
#include "unit/report/sample_run.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/run/mute.h"
#include "unit/unit.h"

#define HIGH                       \
    {                              \
        CONTACT_LEVEL_HIGH, "High" \
    }
#define LOW                      \
    {                            \
        CONTACT_LEVEL_LOW, "Low" \
    }
#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)
#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define NEW_CONTACT                                           \
    .name = "default", .version = CONTACT_VERSION_2023_12_01, \
    .enabled = CONTACT_ON, .roles_notified = CONTACT_ON, ROLES(owner)

static const char *const owner[] = { "Owner" };
static const char *const admins[] = { "AccountAdmin", "ServiceAdmin" };
static const char *const soc[] = { "soc@contoso.nl" };
static const char *const both[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const foreign[] = { "soc@contoso.nl", "jan@example.com" };
static const char *const invalid[] = { "soc(at)contoso.nl" };
static const char *const hostile[] = { "\"<script>\\\"\"@contoso.nl",
                                       "=cmd|' /C calc'!A0@contoso.nl",
                                       "soc@contoso.nl\033[2J" };

static const struct contact perfect = { NEW_CONTACT, EMAILS(both),
                                        .phone = "+31 20 123 4567",
                                        .alerts = LOW, .attack_paths = LOW };
static const struct contact disabled = { .name = "default",
                                         .enabled = CONTACT_OFF,
                                         EMAILS(both),
                                         .phone = "+31 20 123 4567",
                                         .alerts = LOW,
                                         .attack_paths = LOW,
                                         .roles_notified = CONTACT_ON,
                                         ROLES(owner) };
static const struct contact silent = { .name = "default",
                                       .enabled = CONTACT_ON,
                                       .alerts = HIGH,
                                       .attack_paths = { CONTACT_LEVEL_OFF,
                                                         NULL },
                                       .roles_notified = CONTACT_OFF,
                                       ROLES(owner) };
static const struct contact misspelt = {
    .name = "default",
    .enabled = CONTACT_ON,
    EMAILS(invalid),
    .phone = "(214)275-4038",
    .alerts = HIGH,
    .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" },
    .roles_notified = CONTACT_ON
};
static const struct contact roles_only = { .name = "default",
                                           .enabled = CONTACT_ON,
                                           .alerts = HIGH,
                                           .attack_paths = HIGH,
                                           .roles_notified = CONTACT_ON,
                                           ROLES(admins) };
static const struct contact phoneless = { NEW_CONTACT, EMAILS(foreign),
                                          .alerts = HIGH,
                                          .attack_paths = HIGH };
static const struct contact muted_once = { NEW_CONTACT, EMAILS(soc),
                                           .phone = "+31 20 123 4567",
                                           .alerts = LOW,
                                           .attack_paths = LOW };
static const struct contact unheard_of = {
    NEW_CONTACT, EMAILS(both), .phone = "+31 20 123 4567",
    .alerts = { CONTACT_LEVEL_UNRECOGNIZED, "Dire\n" }, .attack_paths = LOW
};
static const struct contact old = { .name = "default",
                                    .version = CONTACT_VERSION_2020_01_01,
                                    EMAILS(both),
                                    .phone = "+31 20 123 4567",
                                    .alerts = LOW,
                                    .roles_notified = CONTACT_ON,
                                    ROLES(owner) };
static const struct contact attacker = { NEW_CONTACT, EMAILS(hostile),
                                         .phone = "+31\033]0;x\a",
                                         .alerts = HIGH,
                                         .attack_paths = HIGH };
static const struct contact other = { .name = "default1",
                                      .version = CONTACT_VERSION_2017_08_01,
                                      EMAILS(soc),
                                      .alerts = HIGH,
                                      .roles_notified = CONTACT_OFF };
static const struct contact *const others[] = { &other };

static const struct contact_error refused = {
    403, "AuthorizationFailed",
    "The client 'piket-audit' does not have authorization to perform action "
    "'Microsoft.Security/securityContacts/read'",
    "0f1e2d3c-0000-4000-8000-000000000403"
};
static const struct contact_error throttled = {
    429, "ResourceRequestsThrottled", "Please try again after '324' seconds.",
    NULL
};
static const struct contact_error cut = { 0, "NoAnswer",
                                          "connection reset by peer", NULL };
static const struct contact_error garbage = {
    200, "NotUnderstood", "line 1: \033[31m'}' expected\n<html>", NULL
};

static const struct {
    const char *name, *id, *state, *quota_id;
    struct contact_reading reading;
} rows[] = {
    { "Zorg-Prod-01",
      "4b2f0c1e-0000-4000-8000-000000000001",
      "Enabled",
      NULL,
      { .contact = &disabled } },
    { "Zorg-Prod-02",
      "91aa0c1e-0000-4000-8000-000000000002",
      "Enabled",
      NULL,
      { .contact = &silent } },
    { "Zorg-Prod-03",
      "91aa0c1f-0000-4000-8000-000000000003",
      "Warned",
      NULL,
      { .contact = &misspelt } },
    { "Data-Lab",
      "90aa17d2-0000-4000-8000-000000000004",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_DONE } },
    { "Data-Lab",
      "90aa17d2-0000-4000-8000-000000000005",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_UNREGISTERED } },
    { "Data-Warehouse",
      "90aa17d3-0000-4000-8000-000000000006",
      "PastDue",
      NULL,
      { .contact = &roles_only } },
    { "Legacy",
      "1f2e3d4c-0000-4000-8000-000000000007",
      "Enabled",
      NULL,
      { .others = others, .other_count = 1 } },
    { "Kennisnet",
      "77e1b0a9-0000-4000-8000-000000000008",
      "Enabled",
      NULL,
      { .contact = &phoneless, .others = others, .other_count = 1 } },
    { "Infra-Hub",
      "0c55d1f0-0000-4000-8000-000000000009",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_FAILED, .error = &refused } },
    { "Infra-Spoke",
      "0c55d1f1-0000-4000-8000-00000000000a",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_FAILED, .error = &throttled } },
    { "Infra-Edge",
      "0c55d1f2-0000-4000-8000-00000000000b",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_FAILED, .error = &cut } },
    { "Infra-Odd",
      "0c55d1f3-0000-4000-8000-00000000000c",
      "Enabled",
      NULL,
      { .kind = CONTACT_READING_FAILED, .error = &garbage } },
    { "New-Words",
      "0c55d1f4-0000-4000-8000-00000000000d",
      "Enabled",
      NULL,
      { .contact = &unheard_of } },
    { "Contoso-Prod",
      "22222222-0000-4000-8000-00000000000e",
      "Enabled",
      "EnterpriseAgreement_2014-09-01",
      { .contact = &perfect } },
    { "Government",
      "22222223-0000-4000-8000-00000000000f",
      "Enabled",
      NULL,
      { .contact = &old } },
    { "Agreed",
      "22222224-0000-4000-8000-000000000010",
      "Enabled",
      NULL,
      { .contact = &muted_once } },
    { "Closed",
      "33333333-0000-4000-8000-000000000011",
      "Disabled",
      NULL,
      { 0 } },
    { "Access to Azure Active Directory",
      "33333334-0000-4000-8000-000000000012",
      "Enabled",
      "AAD_2015-09-01",
      { 0 } },
    { "quote\" <b>&amp;</b> '; DROP\n\tTABLE",
      "44444444-0000-4000-8000-000000000013",
      "Enabled",
      NULL,
      { .contact = &attacker } },
    { "\033[31mred\033[0m \xe2\x80\xaegnp.exe\xc2\x9b"
      "2J",
      "44444445-0000-4000-8000-000000000014",
      "Enabled",
      NULL,
      { .contact = &phoneless } },
    { "\xe4\xbf\x9d\xe5\xae\x89\xe8\xae\xa2\xe9\x98\x85 \xc3\xa9t\x65\xcc\x81",
      "44444446-0000-4000-8000-000000000015",
      "Enabled",
      NULL,
      { .contact = &phoneless } },
    { "a very long name that goes on and on until nobody wants to read it any "
      "further, and then some more",
      "44444447-0000-4000-8000-000000000016",
      "Enabled",
      NULL,
      { .contact = &phoneless } },
    { "",
      "44444448-0000-4000-8000-000000000017",
      "Enabled",
      NULL,
      { .contact = &phoneless } },
};

static const char *const domains[] = { "contoso.nl", "*.contoso.nl" };

static const struct profile *
demanding_profile(struct arena *arena)
{
    struct profile *profile = arena_allocate(arena, sizeof(*profile));

    assert_non_null(profile);
    *profile = *profile_by_name("strict");
    profile->thresholds.allowed_domains = domains;
    profile->thresholds.allowed_domain_count = ARRAY_LENGTH(domains);
    profile->thresholds.desired_emails = both;
    profile->thresholds.desired_email_count = ARRAY_LENGTH(both);
    profile->thresholds.desired_phone = "+31 20 123 4567";
    return profile;
}

static const struct mute agreed = { .subscription = "Agreed",
                                    .requirement = "*",
                                    .reason = "Leaves on 1 March, CHG-1234",
                                    .until = "2027-03-01",
                                    .line = 7 };

/* As a configuration's mutes do. */
static void
mute(struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->finding_count; i++) {
        struct finding *finding = &assessment->findings[i];
        if (finding->status != FINDING_FAIL)
            continue;
        finding->status = FINDING_MUTED;
        finding->mute = &agreed;
    }
    assessment->status = ASSESSMENT_MUTED;
}

static void
add_rows(struct run *run)
{
    struct assessment *assessments = arena_allocate_array(
        run->arena, ARRAY_LENGTH(rows), sizeof(*assessments));

    assert_non_null(assessments);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const struct subscription subscription = { .id = rows[i].id,
                                                   .name = rows[i].name,
                                                   .tenant_id = TENANT,
                                                   .state = rows[i].state,
                                                   .quota_id =
                                                       rows[i].quota_id };
        AUTOERROR err = ERROR_INIT;
        if (assessment_make(&subscription, &rows[i].reading, run->profile,
                            run->arena, &assessments[i], &err)
            < 0)
            fail_msg("%s", error_message(&err));
        if (rows[i].reading.contact == &muted_once
            && assessments[i].status == ASSESSMENT_NON_COMPLIANT)
            mute(&assessments[i]);
    }
    run->assessments = assessments;
    run->assessment_count = ARRAY_LENGTH(rows);
}

struct run *
sample_run_empty(const struct profile *profile)
{
    struct run *run = NULL;
    struct run_tenant tenant = { .id = TENANT,
                                 .display_name = "contoso.nl",
                                 .credential = "AzureCliCredential",
                                 .identity = "piket-audit" };

    assert_int_equal(
        run_new(&run, INT64_C(1795338847000), 0x3f9a, profile, NULL), 0);
    run->finished_at = run->started_at + 1999;
    run->cloud = "AzureCloud";
    run->complete = true;
    run->tenants = arena_allocate(run->arena, sizeof(tenant));
    assert_non_null(run->tenants);
    run->tenants[0] = tenant;
    run->tenant_count = 1;
    return run;
}

struct run *
sample_run_new(const struct profile *profile)
{
    struct run *run = sample_run_empty(profile);

    if (profile == NULL)
        run->profile = demanding_profile(run->arena);
    run->requests = 25;
    run->retries = 2;
    run->excluded = 3;
    add_rows(run);
    assert_int_equal(
        run_add_limitation(run,
                           "Through 2020-01-01-preview neither isEnabled nor "
                           "attack paths can be seen",
                           NULL),
        0);
    run_sort(run);
    return run;
}

void
sample_run_uncover(struct run *run)
{
    static const char *const tenants[] = {
        "7c0ffee0-0000-4000-8000-00000000ef01",
        "7c0ffee0-0000-4001-8000-00000000ef01",
    };
    static const struct contact_error not_visible = {
        0, "NotVisible", "it is below the root management group", NULL
    };

    for (size_t i = 0; i < run->assessment_count; i++) {
        struct assessment *assessment = &run->assessments[i];
        if (assessment->reading.kind == CONTACT_READING_FAILED) {
            assessment->reading.error = &not_visible;
            assessment->subscription.state = "";
            run->coverage.not_visible++;
        } else if (i % 3 == 0) {
            assessment->subscription.tenant_id = tenants[i % 2];
        }
    }
    run->coverage.known = true;
    run->coverage.sources = COVERAGE_SOURCE_ROOT;
    run->coverage.expected = run->assessment_count;
    run->other_tenants = 12;
    assert_int_equal(run_add_delegated(run, NULL), 0);
}
