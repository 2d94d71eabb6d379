/* SPDX-License-Identifier: Apache-2.0 */
#include "control/past/test_alert.h"

#include <string.h>

#include "control/requirement/profile.h"
#include "unit/control/draft_run.h"
#include "unit/unit.h"

static struct run *run;

static int
new_run(void **state)
{
    (void) state;
    run = draft_run_new(profile_by_name("baseline-nl"), 16);
    return 0;
}

static int
free_run(void **state)
{
    (void) state;
    run_free(run);
    return 0;
}

/* Adds a subscription whose contact mails these addresses, and roles. */
static void
add(const char *const *emails, size_t count, enum contact_switch roles)
{
    static const char *const owner[] = { "Owner" };
    const struct contact contact = {
        .name = "default",
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = count,
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
        .roles_notified = roles,
        .roles = owner,
        .role_count = 1,
    };

    draft_run_add_contact(run, &contact);
}

static struct test_alert
plan(void)
{
    struct test_alert test;

    for (size_t i = 0; i < run->assessment_count; i++) {
        struct assessment *assessment = &run->assessments[i];
        assert_int_equal(reach_of(&assessment->reading, &assessment->reach),
                         0);
    }
    assert_int_equal(test_alert_plan(run, run->arena, &test, NULL), 0);
    return test;
}

static struct test_alert_address *
addresses_of(const struct test_alert *test, size_t *ret_count)
{
    struct test_alert_address *addresses;

    assert_int_equal(
        test_alert_addresses(test, run->arena, &addresses, ret_count, NULL),
        0);
    return addresses;
}

static void
mails_valid_addresses_and_roles(void **state)
{
    static const char *const emails[] = { "soc@contoso.nl", "nonsense" };

    (void) state;
    add(emails, 2, CONTACT_ON);
    add(emails, 1, CONTACT_OFF);
    const struct test_alert test = plan();
    assert_int_equal(test.target_count, 2);
    assert_int_equal(test.targets[0].addresses.count, 1);
    assert_string_equal(test.targets[0].addresses.items[0], "soc@contoso.nl");
    assert_true(test.targets[0].roles);
    assert_false(test.targets[1].roles);
    assert_int_equal(test.targets[1].reach, REACH_CONTACT);
    assert_int_equal(test.targets[0].alert.outcome,
                     TEST_ALERT_SAMPLE_UNCERTAIN);
}

static void
tells_nobody_from_what_cannot_be_told(void **state)
{
    static const char *const emails[] = { "soc@contoso.nl" };
    static const struct contact_error error = { .code = "AuthorizationFailed",
                                                .message = "no" };
    const struct contact_reading failed = { .kind = CONTACT_READING_FAILED,
                                            .error = &error };
    const struct contact_reading none = { .kind = CONTACT_READING_DONE };

    (void) state;
    draft_run_add(run, "Enabled", &failed);
    draft_run_add(run, "Enabled", &none);
    draft_run_add(run, "Disabled", &none);
    add(emails, 1, CONTACT_OFF);
    run->assessments[3].reading.contact = NULL;
    struct test_alert test = plan();
    /* In one that is disabled no alert can arise. */
    assert_int_equal(test.target_count, 3);
    assert_int_equal(test.targets[0].reach, REACH_UNKNOWN);
    assert_int_equal(test.targets[0].addresses.count, 0);
    assert_false(test.targets[0].roles);
    /* Without a contact the owners are mailed. */
    assert_int_equal(test.targets[1].reach, REACH_OWNERS);
    assert_true(test.targets[1].roles);
    /* Who knows whom the first mails: anybody may have seen it. */
    test.targets[1].alert.outcome = TEST_ALERT_SAMPLE_REFUSED;
    test.targets[2].alert.outcome = TEST_ALERT_SAMPLE_REFUSED;
    assert_true(test_alert_may_reach(&test, "jan@contoso.nl"));
    test.targets[0].alert.outcome = TEST_ALERT_SAMPLE_REFUSED;
    assert_false(test_alert_may_reach(&test, "jan@contoso.nl"));
}

static void
counts_each_mailbox_once_for_a_subscription(void **state)
{
    static const char *const both[] = { "soc@contoso.nl", "SOC@contoso.nl" };
    static const char *const other[] = { "Soc@Contoso.nl", "a@contoso.nl" };
    size_t count;

    (void) state;
    add(both, 2, CONTACT_OFF);
    add(other, 2, CONTACT_OFF);
    struct test_alert test = plan();
    const struct test_alert_address *addresses = addresses_of(&test, &count);
    assert_int_equal(count, 2);
    assert_string_equal(addresses[0].address, "a@contoso.nl");
    assert_int_equal(addresses[0].raised, 1);
    assert_int_equal(addresses[1].raised, 2);
    assert_int_equal(addresses[1].confirmed_at, 0);
    /* What was refused or never sent mails nobody; what is uncertain may. */
    test.targets[1].alert.outcome = TEST_ALERT_SAMPLE_NOT_SENT;
    addresses = addresses_of(&test, &count);
    assert_int_equal(count, 1);
    assert_int_equal(addresses[0].raised, 1);
    assert_false(test_alert_may_reach(&test, "a@contoso.nl"));
    assert_true(test_alert_may_reach(&test, "SOC@CONTOSO.NL"));
}

static void
says_who_can_only_have_been_mailed_by_a_role(void **state)
{
    static const char *const soc[] = { "soc@contoso.nl" };
    static const struct test_alert_confirmation confirmations[] = {
        { "jan@contoso.nl", 1795338847000 },
        { "SOC@contoso.nl", 1795338848000 },
    };
    size_t count;

    (void) state;
    add(soc, 1, CONTACT_ON);
    struct test_alert test = plan();
    test.confirmations = confirmations;
    test.confirmation_count = 2;
    const struct test_alert_address *addresses = addresses_of(&test, &count);
    assert_int_equal(count, 2);
    assert_string_equal(addresses[0].address, "jan@contoso.nl");
    assert_int_equal(addresses[0].confirmed_at, 1795338847000);
    assert_true(addresses[0].by_role);
    assert_int_equal(addresses[1].raised, 1);
    assert_int_equal(addresses[1].confirmed_at, 1795338848000);
    assert_false(addresses[1].by_role);
    test.targets[0].roles = false;
    assert_false(addresses_of(&test, &count)[0].by_role);
}

static void
has_nothing_where_nothing_was_planned(void **state)
{
    size_t count = 7;

    (void) state;
    const struct test_alert test = plan();
    assert_int_equal(test.target_count, 0);
    (void) addresses_of(&test, &count);
    assert_int_equal(count, 0);
    assert_false(test_alert_may_reach(&test, "soc@contoso.nl"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, new_run, free_run)
    const struct CMUnitTest tests[] = {
        TEST(mails_valid_addresses_and_roles),
        TEST(tells_nobody_from_what_cannot_be_told),
        TEST(counts_each_mailbox_once_for_a_subscription),
        TEST(says_who_can_only_have_been_mailed_by_a_role),
        TEST(has_nothing_where_nothing_was_planned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
