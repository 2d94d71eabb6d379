/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/cleanup.h"
#include "control/plan/plan.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)
#define GOOD                                                              \
    .name = "default", .enabled = CONTACT_ON, EMAILS(present),            \
    .phone = "+31 20 123 4567", .alerts = { CONTACT_LEVEL_HIGH, "High" }, \
    .attack_paths = { CONTACT_LEVEL_HIGH, "High" },                       \
    .roles_notified = CONTACT_ON, ROLES(owner)

static const char *const present[] = { "beheer@contoso.nl" };
static const char *const given[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const outside[] = { "soc@contoso.nl",
                                       "noc@elsewhere.example" };
static const char *const mixed[] = { "jan@mailbox.example", "soc contoso.nl",
                                     "beheer@contoso.nl" };
static const char *const only_invalid[] = { "soc contoso.nl" };
static const char *const owner[] = { "Owner" };
static const char *const contributor[] = { "Contributor" };
static const char *const domains[] = { "contoso.nl" };
static const char *const tenants[] = { TENANT };

static const struct desired_contact desired = { EMAILS(given),
                                                .phone = "+31 20 765 4321" };
static const struct desired_contact nothing;

static struct arena *arena;

static int
begin(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
end(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

/* One subscription, and by what it is planned. */
struct estate {
    struct profile profile;
    struct contact_reading reading;
    const char *state; /* NULL: Enabled */
    const char *muted; /* a requirement, or NULL */
};

/* baseline-nl, unless requirements are named. */
static struct profile
profile_of(const char *first, const char *second)
{
    struct profile profile = *profile_default();

    profile.thresholds.allowed_domains = domains;
    profile.thresholds.allowed_domain_count = 1;
    if (first != NULL) {
        memset(profile.requirements, 0, sizeof(profile.requirements));
        profile.requirements[0] = first;
        profile.requirements[1] = second;
    }
    return profile;
}

static struct plan *
plan_for(const struct estate *estate, const struct plan_options *options)
{
    const struct subscription subscription = {
        .id = "4b2f0c1e-0000-4000-8000-000000000001",
        .name = "Zorg-Prod-01",
        .tenant_id = TENANT,
        .state = estate->state != NULL ? estate->state : "Enabled",
    };
    struct assessment assessment;
    struct run run = { .profile = &estate->profile,
                       .complete = true,
                       .assessments = &assessment,
                       .assessment_count = 1 };
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    if (assessment_make(&subscription, &estate->reading, &estate->profile,
                        arena, &assessment, &err)
        < 0)
        fail_msg("%s", error_message(&err));
    for (size_t i = 0; i < assessment.finding_count; i++)
        if (estate->muted != NULL
            && strcmp(assessment.findings[i].requirement->id, estate->muted)
                   == 0
            && assessment.findings[i].status == FINDING_FAIL)
            assessment.findings[i].status = FINDING_MUTED;
    assessment_conclude(&assessment);
    if (plan_make(&plan, &run, options, &err) < 0)
        fail_msg("%s", error_message(&err));
    return plan;
}

static struct plan *
plan_contact(const struct contact *contact, const struct profile *profile,
             const struct desired_contact *wanted)
{
    const struct estate estate = { .profile = *profile,
                                   .reading = { .contact = contact } };
    const struct plan_options options = { .desired = wanted,
                                          .tenants = tenants,
                                          .tenant_count = 1 };

    return plan_for(&estate, &options);
}

static const struct plan_change *
only_change(const struct plan *plan)
{
    assert_int_equal(plan->obstacle_count, 0);
    assert_int_equal(plan->change_count, 1);
    return &plan->changes[0];
}

/* Takes the plan. */
static void
assert_obstacle(struct plan *plan, enum plan_obstacle_reason reason,
                const char *argument)
{
    assert_int_equal(plan->change_count, 0);
    assert_int_equal(plan->obstacle_count, 1);
    assert_int_equal(plan->obstacles[0].reason, reason);
    if (argument == NULL)
        assert_null(plan->obstacles[0].argument);
    else
        assert_string_equal(plan->obstacles[0].argument, argument);
    plan_free(plan);
}

/* The one difference, as "field: before -> after". Takes the plan. */
static void
assert_difference(struct plan *plan, const char *expected)
{
    const struct plan_change *change = only_change(plan);

    assert_int_equal(change->difference_count, 1);
    const struct plan_difference *difference = &change->differences[0];
    assert_string_equal(
        arena_printf(arena, "%s: %s -> %s",
                     contact_field_name(difference->field),
                     difference->before != NULL ? difference->before : "-",
                     difference->after != NULL ? difference->after : "-"),
        expected);
    plan_free(plan);
}

static void
leaves_alone_what_complies(void **state)
{
    const struct contact good = { GOOD };
    const struct profile profile = profile_of(NULL, NULL);
    struct plan *plan = plan_contact(&good, &profile, &desired);

    (void) state;
    assert_int_equal(plan->change_count, 0);
    assert_int_equal(plan->compliant, 1);
    plan_free(plan);
}

static void
changes_only_what_fails(void **state)
{
    const struct profile profile = profile_of(NULL, NULL);
    const struct profile paths = profile_of("attack-paths-notified", NULL);
    struct contact contact = { GOOD };

    (void) state;
    contact.enabled = CONTACT_OFF;
    assert_difference(plan_contact(&contact, &profile, &desired),
                      "enabled: false -> true");
    contact = (struct contact){ GOOD };
    contact.phone = NULL;
    assert_difference(plan_contact(&contact, &profile, &desired),
                      "phone: - -> +31 20 765 4321");
    contact = (struct contact){ GOOD };
    contact.alerts.level = CONTACT_LEVEL_OFF;
    assert_difference(plan_contact(&contact, &profile, &desired),
                      "alerts: - -> High");
    contact = (struct contact){ GOOD };
    contact.roles = contributor;
    assert_difference(plan_contact(&contact, &profile, &desired),
                      "roles: Contributor -> Contributor, Owner");
    contact = (struct contact){ GOOD };
    contact.email_count = 0;
    assert_difference(plan_contact(&contact, &profile, &desired),
                      "emails: - -> soc@contoso.nl; piket@contoso.nl");
    contact = (struct contact){ GOOD };
    contact.attack_paths.level = CONTACT_LEVEL_CRITICAL;
    assert_difference(plan_contact(&contact, &paths, &nothing),
                      "attackPaths: Critical -> High");
}

/* CIS up to 3.0, read literally, wants that very threshold. */
static void
sets_the_exact_level_where_it_is_demanded(void **state)
{
    struct contact contact = { GOOD };

    (void) state;
    contact.alerts = (struct contact_threshold){ CONTACT_LEVEL_LOW, "Low" };
    assert_difference(
        plan_contact(&contact, profile_by_name("cis-2.0"), &nothing),
        "alerts: Low -> High");
}

static void
drops_addresses_and_says_so(void **state)
{
    const struct profile profile = profile_of("email-valid", "email-domain");
    struct contact contact = { GOOD };

    (void) state;
    contact.emails = mixed;
    contact.email_count = ARRAY_LENGTH(mixed);
    struct plan *plan = plan_contact(&contact, &profile, &desired);
    const struct plan_change *change = only_change(plan);
    assert_string_equal(change->differences[0].after, "beheer@contoso.nl");
    assert_int_equal(change->drop_count, 2);
    assert_string_equal(change->drops[0].email, "soc contoso.nl");
    assert_int_equal(change->drops[0].reason, PLAN_DROP_INVALID);
    assert_string_equal(change->drops[1].email, "jan@mailbox.example");
    assert_int_equal(change->drops[1].reason, PLAN_DROP_DOMAIN);
    assert_int_equal(change->stops.count, 1);
    assert_string_equal(change->stops.items[0], "jan@mailbox.example");
    plan_free(plan);
}

/* Where all of them go, somebody has to be there in their place. */
static void
never_leaves_a_contact_without_addresses(void **state)
{
    const struct profile profile = profile_of("email-valid", NULL);
    struct contact contact = { GOOD };

    (void) state;
    contact.emails = only_invalid;
    assert_difference(
        plan_contact(&contact, &profile, &desired),
        "emails: soc contoso.nl -> soc@contoso.nl; piket@contoso.nl");
    assert_obstacle(plan_contact(&contact, &profile, &nothing),
                    PLAN_OBSTACLE_NO_EMAIL, NULL);
}

static void
removes_and_replaces_where_it_is_told_to(void **state)
{
    static const char *const removals[] = { "*@MAILBOX.example", "soc@*" };
    const struct profile profile = profile_of(NULL, NULL);
    struct desired_contact wanted = desired;
    struct contact contact = { GOOD };

    (void) state;
    contact.emails = mixed;
    contact.email_count = ARRAY_LENGTH(mixed);
    wanted.removals = removals;
    wanted.removal_count = ARRAY_LENGTH(removals);
    struct plan *plan = plan_contact(&contact, &profile, &wanted);
    const struct plan_change *change = only_change(plan);
    assert_string_equal(change->differences[0].after, "beheer@contoso.nl");
    assert_int_equal(change->drops[0].reason, PLAN_DROP_REMOVED);
    plan_free(plan);

    wanted = desired;
    wanted.replace_emails = true;
    plan = plan_contact(&contact, &profile, &wanted);
    change = only_change(plan);
    assert_string_equal(change->differences[0].after,
                        "soc@contoso.nl; piket@contoso.nl");
    assert_int_equal(change->drop_count, 3);
    assert_int_equal(change->drops[0].reason, PLAN_DROP_REPLACED);
    plan_free(plan);
}

static void
makes_a_contact_where_there_is_none(void **state)
{
    const struct profile profile = profile_of(NULL, NULL);
    const struct estate unregistered = {
        .profile = profile,
        .reading = { .kind = CONTACT_READING_UNREGISTERED },
    };
    const struct plan_options options = { .desired = &desired,
                                          .register_provider = true,
                                          .tenants = tenants,
                                          .tenant_count = 1 };

    (void) state;
    struct plan *plan = plan_contact(NULL, &profile, &desired);
    const struct plan_change *change = only_change(plan);
    assert_int_equal(change->action, PLAN_CREATE);
    assert_null(change->before);
    assert_int_equal(change->after->enabled, CONTACT_ON);
    assert_int_equal(change->after->alerts.level, CONTACT_LEVEL_HIGH);
    assert_int_equal(change->after->attack_paths.level, CONTACT_LEVEL_OFF);
    assert_true(contact_notifies_role(change->after, "Owner"));
    assert_string_equal(change->after->phone, "+31 20 765 4321");
    assert_int_equal(change->requirements.count, 7);
    /* The owners are mailed by default, without a contact. */
    assert_int_equal(change->starts.count, 2);
    assert_int_equal(change->stops.count, 0);
    plan_free(plan);

    plan = plan_for(&unregistered, &options);
    assert_int_equal(only_change(plan)->action, PLAN_REGISTER);
    assert_true((only_change(plan)->cautions & PLAN_CAUTION_REGISTRATION)
                != 0);
    plan_free(plan);
}

static void
makes_what_is_demanded_of_a_new_contact(void **state)
{
    struct profile profile = *profile_by_name("cis-5.0");
    const struct desired_contact wanted = {
        EMAILS(given),
        .minimal_severity = CONTACT_LEVEL_MEDIUM,
        .minimal_risk_level = CONTACT_LEVEL_LOW,
        ROLES(contributor),
    };

    (void) state;
    profile.thresholds.alerts_of = CONTACT_LEVEL_LOW;
    /* The demand, where nothing is given. */
    const struct desired_contact plain = { EMAILS(given) };
    struct plan *plan = plan_contact(NULL, &profile, &plain);
    const struct contact *after = only_change(plan)->after;
    assert_int_equal(after->alerts.level, CONTACT_LEVEL_LOW);
    assert_int_equal(after->attack_paths.level, CONTACT_LEVEL_CRITICAL);
    plan_free(plan);
    /* What is given, where it meets the demand; Owner is demanded. */
    profile.thresholds.alerts_of = CONTACT_LEVEL_HIGH;
    plan = plan_contact(NULL, &profile, &wanted);
    after = only_change(plan)->after;
    assert_int_equal(after->alerts.level, CONTACT_LEVEL_MEDIUM);
    assert_int_equal(after->attack_paths.level, CONTACT_LEVEL_LOW);
    assert_int_equal(after->role_count, 2);
    plan_free(plan);
    /* What is given falls short of it. */
    profile.thresholds.alerts_of = CONTACT_LEVEL_LOW;
    assert_obstacle(plan_contact(NULL, &profile, &wanted),
                    PLAN_OBSTACLE_CONTRADICTION, "alerts-notified");
}

/* What the API version cannot show is not written. */
static void
leaves_unseen_what_is_not_shown(void **state)
{
    const struct estate estate = {
        .profile = profile_of(NULL, NULL),
        .reading = { .version = CONTACT_VERSION_2020_01_01 },
    };
    const struct plan_options options = { .desired = &desired,
                                          .tenants = tenants,
                                          .tenant_count = 1 };
    struct plan *plan = plan_for(&estate, &options);
    const struct contact *after = only_change(plan)->after;

    (void) state;
    assert_int_equal(after->enabled, CONTACT_UNSEEN);
    assert_int_equal(after->attack_paths.level, CONTACT_LEVEL_UNSEEN);
    assert_int_equal(plan->changes[0].version, CONTACT_VERSION_2020_01_01);
    plan_free(plan);
}

static void
leaves_alone_what_is_muted(void **state)
{
    struct contact contact = { GOOD };
    const struct plan_options options = { .desired = &desired,
                                          .tenants = tenants,
                                          .tenant_count = 1 };
    struct estate estate = { .profile = profile_of(NULL, NULL),
                             .reading = { .contact = &contact },
                             .muted = "phone-configured" };

    (void) state;
    contact.phone = NULL;
    contact.enabled = CONTACT_OFF;
    assert_difference(plan_for(&estate, &options), "enabled: false -> true");
    contact.enabled = CONTACT_ON;
    struct plan *plan = plan_for(&estate, &options);
    assert_int_equal(plan->compliant, 1);
    plan_free(plan);
}

/* Nothing is changed by half. */
static void
says_why_there_is_no_way(void **state)
{
    const struct desired_contact foreign = { EMAILS(outside) };
    const struct desired_contact one = { EMAILS(present) };
    const struct profile baseline = profile_of(NULL, NULL);
    const struct profile count = profile_of("email-count", NULL);
    const struct profile domain =
        profile_of("email-configured", "email-domain");
    const struct profile phone = profile_of("phone-valid", NULL);
    struct contact contact = { GOOD };

    (void) state;
    contact.enabled = CONTACT_OFF;
    contact.phone = NULL;
    assert_obstacle(plan_contact(&contact, &baseline, &nothing),
                    PLAN_OBSTACLE_NO_PHONE, NULL);
    contact.phone = "112";
    assert_obstacle(plan_contact(&contact, &phone, &nothing),
                    PLAN_OBSTACLE_NO_PHONE, NULL);
    assert_obstacle(plan_contact(&contact, &count, &one),
                    PLAN_OBSTACLE_EMAIL_FEW, "2");
    contact.email_count = 0;
    assert_obstacle(plan_contact(&contact, &baseline, &nothing),
                    PLAN_OBSTACLE_NO_EMAIL, NULL);
    assert_obstacle(plan_contact(&contact, &domain, &foreign),
                    PLAN_OBSTACLE_EMAIL_DOMAIN, "noc@elsewhere.example");
    contact = (struct contact){ GOOD };
    contact.enabled = CONTACT_OFF;
    contact.alerts.level = CONTACT_LEVEL_UNRECOGNIZED;
    contact.alerts.text = "Dire";
    assert_obstacle(plan_contact(&contact, &baseline, &desired),
                    PLAN_OBSTACLE_UNKNOWN, "alerts-notified");
    contact.enabled = CONTACT_ON;
    assert_obstacle(plan_contact(&contact, &baseline, &desired),
                    PLAN_OBSTACLE_UNKNOWN, "alerts-notified");
}

static void
says_what_stands_in_the_way(void **state)
{
    static const struct contact_error refused = { 403, "AuthorizationFailed",
                                                  "", NULL };
    struct contact contact = { GOOD };
    const struct plan_options options = { .desired = &desired,
                                          .tenants = tenants,
                                          .tenant_count = 1 };
    const struct plan_options unnamed = { .desired = &desired };
    struct estate estate = { .profile = profile_of(NULL, NULL),
                             .reading = { .contact = &contact } };

    (void) state;
    contact.enabled = CONTACT_OFF;
    assert_obstacle(plan_for(&estate, &unnamed), PLAN_OBSTACLE_TENANT, TENANT);
    estate.state = "warned";
    assert_obstacle(plan_for(&estate, &options), PLAN_OBSTACLE_READ_ONLY,
                    "warned");
    estate.state = "PastDue";
    plan_free(plan_for(&estate, &options));
    estate.reading.version = CONTACT_VERSION_2017_08_01;
    assert_obstacle(plan_for(&estate, &options), PLAN_OBSTACLE_VERSION,
                    "2017-08-01-preview");
    estate.reading =
        (struct contact_reading){ .kind = CONTACT_READING_UNREGISTERED };
    assert_obstacle(plan_for(&estate, &options), PLAN_OBSTACLE_UNREGISTERED,
                    NULL);
    estate.reading = (struct contact_reading){ .kind = CONTACT_READING_FAILED,
                                               .error = &refused };
    assert_obstacle(plan_for(&estate, &options), PLAN_OBSTACLE_UNREADABLE,
                    "AuthorizationFailed");
    estate.state = "Disabled";
    struct plan *plan = plan_for(&estate, &options);
    assert_int_equal(plan->compliant, 1);
    plan_free(plan);
}

/* A phone that is set for the first time stays; one that is part of a new
 * contact goes with it. */
static void
warns_of_a_phone_that_will_stay(void **state)
{
    const struct profile profile = profile_of(NULL, NULL);
    struct contact contact = { GOOD };

    (void) state;
    contact.phone = NULL;
    struct plan *plan = plan_contact(&contact, &profile, &desired);
    assert_int_equal(only_change(plan)->cautions, PLAN_CAUTION_PHONE);
    plan_free(plan);
    plan = plan_contact(NULL, &profile, &desired);
    assert_int_equal(only_change(plan)->cautions, 0);
    plan_free(plan);
}

int
main(void)
{
#define TEST(name_) cmocka_unit_test_setup_teardown(name_, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(leaves_alone_what_complies),
        TEST(changes_only_what_fails),
        TEST(sets_the_exact_level_where_it_is_demanded),
        TEST(drops_addresses_and_says_so),
        TEST(never_leaves_a_contact_without_addresses),
        TEST(removes_and_replaces_where_it_is_told_to),
        TEST(makes_a_contact_where_there_is_none),
        TEST(makes_what_is_demanded_of_a_new_contact),
        TEST(leaves_unseen_what_is_not_shown),
        TEST(leaves_alone_what_is_muted),
        TEST(says_why_there_is_no_way),
        TEST(says_what_stands_in_the_way),
        TEST(warns_of_a_phone_that_will_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
