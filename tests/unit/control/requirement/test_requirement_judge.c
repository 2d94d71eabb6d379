/* SPDX-License-Identifier: Apache-2.0 */
/* Every judge of the table, by cases. */
#include "control/requirement/requirement.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

static struct arena *arena;

static int
arena_begin(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
arena_end(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

static const char *const soc[] = { "soc@contoso.nl" };
static const char *const two[] = { "soc@contoso.nl", "Piket@mail.contoso.nl" };
static const char *const twice[] = { "soc@contoso.nl", "SOC@contoso.nl" };
static const char *const bad[] = { "soc@contoso.nl", "n/a", "soc@contoso" };
static const char *const owner[] = { "Contributor", "owner" };
static const char *const admins[] = { "AccountAdmin", "ServiceAdmin" };
static const char *const domains[] = { "contoso.nl" };
static const char *const more_domains[] = { "contoso.nl", "*.contoso.nl" };

#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)
#define DOMAINS(array_) \
    .allowed_domains = (array_), .allowed_domain_count = ARRAY_LENGTH(array_)
#define DESIRED(array_) \
    .desired_emails = (array_), .desired_email_count = ARRAY_LENGTH(array_)

static const struct {
    const char *id;
    struct contact contact;
    struct thresholds thresholds;
    enum finding_status status;
    enum finding_reason reason;
    const char *expected, *actual;
} cases[] = {
    { "contact-configured",
      { 0 },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },

    { "contact-enabled",
      { .enabled = CONTACT_ON },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "contact-enabled",
      { .enabled = CONTACT_OFF },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_DISABLED,
      NULL,
      NULL },
    { "contact-enabled",
      { .version = CONTACT_VERSION_2020_01_01 },
      { 0 },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_UNSEEN,
      NULL,
      "2020-01-01-preview" },

    { "email-configured",
      { EMAILS(soc) },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "email-configured",
      { 0 },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_NO_EMAIL,
      NULL,
      NULL },

    { "email-valid",
      { EMAILS(two) },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "email-valid",
      { EMAILS(bad) },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_INVALID,
      NULL,
      "n/a, soc@contoso" },
    { "email-valid",
      { 0 },
      { 0 },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_NO_EMAIL,
      NULL,
      NULL },

    { "email-count",
      { EMAILS(two) },
      { .min_emails = 2 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "email-count",
      { EMAILS(two) },
      { .min_emails = 3 },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_FEW,
      "3",
      "2" },
    { "email-count",
      { EMAILS(twice) },
      { .min_emails = 2 },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_FEW,
      "2",
      "1" },
    { "email-count",
      { 0 },
      { .min_emails = 1 },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_FEW,
      "1",
      "0" },
    { "email-count",
      { 0 },
      { .min_emails = 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },

    { "email-domain",
      { EMAILS(two) },
      { DOMAINS(more_domains) },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "email-domain",
      { EMAILS(two) },
      { DOMAINS(domains) },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_DOMAIN,
      "contoso.nl",
      "Piket@mail.contoso.nl" },
    { "email-domain",
      { EMAILS(bad) },
      { DOMAINS(more_domains) },
      FINDING_FAIL,
      FINDING_REASON_EMAIL_DOMAIN,
      "contoso.nl, *.contoso.nl",
      "n/a, soc@contoso" },
    { "email-domain",
      { 0 },
      { DOMAINS(domains) },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_NO_EMAIL,
      NULL,
      NULL },

    { "phone-configured",
      { .phone = "x" },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "phone-configured",
      { 0 },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_PHONE_MISSING,
      NULL,
      NULL },

    { "phone-valid",
      { .phone = "+31 20 123 4567" },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "phone-valid",
      { .phone = "(214)275-4038" },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_PHONE_INVALID,
      NULL,
      "(214)275-4038" },
    { "phone-valid",
      { 0 },
      { 0 },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_NO_PHONE,
      NULL,
      NULL },

    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_HIGH, "High" } },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      "High" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_LOW, "low" } },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      "Low" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_MEDIUM, "Medium" } },
      { .alerts_of = CONTACT_LEVEL_LOW },
      FINDING_FAIL,
      FINDING_REASON_ALERTS_LEVEL,
      "Low",
      "Medium" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_CRITICAL, "Critical" } },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_FAIL,
      FINDING_REASON_ALERTS_LEVEL,
      "High",
      "Critical" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_HIGH, "High" } },
      { .alerts_of = CONTACT_LEVEL_HIGH, .alerts_exact = true },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      "High" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_LOW, "Low" } },
      { .alerts_of = CONTACT_LEVEL_HIGH, .alerts_exact = true },
      FINDING_FAIL,
      FINDING_REASON_ALERTS_NOT_EXACT,
      "High",
      "Low" },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_OFF, NULL } },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_FAIL,
      FINDING_REASON_ALERTS_OFF,
      "High",
      NULL },
    { "alerts-notified",
      { .alerts = { CONTACT_LEVEL_UNRECOGNIZED, "Dire" } },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_UNKNOWN,
      FINDING_REASON_UNRECOGNIZED,
      NULL,
      "Dire" },
    { "alerts-notified",
      { .version = CONTACT_VERSION_2017_08_01 },
      { .alerts_of = CONTACT_LEVEL_HIGH },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_UNSEEN,
      NULL,
      "2017-08-01-preview" },

    { "owner-notified",
      { .roles_notified = CONTACT_ON, ROLES(owner) },
      { 0 },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    /* Off with Owner listed is a fail. */
    { "owner-notified",
      { .roles_notified = CONTACT_OFF, ROLES(owner) },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_ROLES_OFF,
      NULL,
      "Contributor, owner" },
    { "owner-notified",
      { .roles_notified = CONTACT_OFF },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_ROLES_OFF,
      NULL,
      NULL },
    { "owner-notified",
      { .roles_notified = CONTACT_ON, ROLES(admins) },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_OWNER_MISSING,
      NULL,
      "AccountAdmin, ServiceAdmin" },
    { "owner-notified",
      { .roles_notified = CONTACT_ON },
      { 0 },
      FINDING_FAIL,
      FINDING_REASON_OWNER_MISSING,
      NULL,
      NULL },
    { "owner-notified",
      { .version = CONTACT_VERSION_2020_01_01 },
      { 0 },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_UNSEEN,
      NULL,
      "2020-01-01-preview" },

    { "attack-paths-notified",
      { .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" } },
      { .attack_paths_of = CONTACT_LEVEL_CRITICAL },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      "Critical" },
    { "attack-paths-notified",
      { .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" } },
      { .attack_paths_of = CONTACT_LEVEL_HIGH },
      FINDING_FAIL,
      FINDING_REASON_ATTACK_PATHS_LEVEL,
      "High",
      "Critical" },
    { "attack-paths-notified",
      { .attack_paths = { CONTACT_LEVEL_OFF, NULL } },
      { .attack_paths_of = CONTACT_LEVEL_HIGH },
      FINDING_FAIL,
      FINDING_REASON_ATTACK_PATHS_OFF,
      "High",
      NULL },
    { "attack-paths-notified",
      { .attack_paths = { CONTACT_LEVEL_UNRECOGNIZED, "Dire" } },
      { .attack_paths_of = CONTACT_LEVEL_HIGH },
      FINDING_UNKNOWN,
      FINDING_REASON_UNRECOGNIZED,
      NULL,
      "Dire" },
    { "attack-paths-notified",
      { .version = CONTACT_VERSION_2020_01_01 },
      { .attack_paths_of = CONTACT_LEVEL_HIGH },
      FINDING_NOT_APPLICABLE,
      FINDING_REASON_UNSEEN,
      NULL,
      "2020-01-01-preview" },

    { "desired-contact",
      { EMAILS(two), .phone = "+31 (20) 1234567" },
      { DESIRED(twice), .desired_phone = "+31201234567" },
      FINDING_PASS,
      FINDING_REASON_MET,
      NULL,
      NULL },
    { "desired-contact",
      { EMAILS(soc), .phone = "+31 20 7654321" },
      { DESIRED(two), .desired_phone = "+31201234567" },
      FINDING_FAIL,
      FINDING_REASON_NOT_DESIRED,
      "Piket@mail.contoso.nl, +31201234567",
      "soc@contoso.nl, +31 20 7654321" },
    { "desired-contact",
      { 0 },
      { .desired_phone = "+31201234567" },
      FINDING_FAIL,
      FINDING_REASON_NOT_DESIRED,
      "+31201234567",
      NULL },
};

static bool
same_text(const char *left, const char *right)
{
    return left == NULL || right == NULL ? left == right
                                         : strcmp(left, right) == 0;
}

static void
judges(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct requirement *row = requirement_by_id(cases[i].id);
        struct finding finding = { .requirement = row };
        assert_non_null(row);
        assert_int_equal(row->judge(&cases[i].contact, &cases[i].thresholds,
                                    arena, &finding),
                         0);
        assert_ptr_equal(finding.requirement, row);
        if (finding.status != cases[i].status
            || finding.reason != cases[i].reason
            || !same_text(finding.expected, cases[i].expected)
            || !same_text(finding.actual, cases[i].actual))
            fail_msg("case %zu, %s: %s %s, expected %s, actual %s", i,
                     cases[i].id, finding_status_name(finding.status),
                     finding_reason_name(finding.reason),
                     finding.expected != NULL ? finding.expected : "NULL",
                     finding.actual != NULL ? finding.actual : "NULL");
    }
}

static void
every_requirement_is_judged_by_some_case(void **state)
{
    (void) state;
    for (size_t i = 0; i < requirement_table_length; i++) {
        bool found = false;
        for (size_t j = 0; j < ARRAY_LENGTH(cases) && !found; j++)
            found = strcmp(cases[j].id, requirement_table[i].id) == 0;
        if (!found)
            fail_msg("no case for %s", requirement_table[i].id);
    }
}

/* A list that grows without end must not cost its square. */
static void
counts_endless_lists(void **state)
{
    enum { COUNT = 200000 };
    const struct requirement *row = requirement_by_id("email-count");
    const struct thresholds thresholds = { .min_emails = 3 };
    AUTOFREE const char **emails = calloc(COUNT, sizeof(*emails));
    struct finding finding;

    (void) state;
    assert_non_null(emails);
    for (size_t i = 0; i < COUNT; i++)
        emails[i] = i < COUNT / 2 ? "a@contoso.nl" : "b@contoso.nl";
    const struct contact contact = { .emails = emails, .email_count = COUNT };
    assert_int_equal(row->judge(&contact, &thresholds, arena, &finding), 0);
    assert_string_equal(finding.actual, "2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(every_requirement_is_judged_by_some_case),
        cmocka_unit_test(counts_endless_lists),
    };

    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
