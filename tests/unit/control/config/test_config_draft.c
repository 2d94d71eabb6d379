/* SPDX-License-Identifier: Apache-2.0 */
#include "control/config/config_draft.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/control/draft_run.h"
#include "unit/unit.h"

#define HIGH                       \
    {                              \
        CONTACT_LEVEL_HIGH, "High" \
    }

static const struct scope everything;
static struct run *run;

static void
begin(const char *profile, size_t room)
{
    run = draft_run_new(profile_by_name(profile), room);
}

static int
end(void **state)
{
    (void) state;
    run_free(run);
    run = NULL;
    return 0;
}

static struct config_draft
draft(void)
{
    struct config_draft made;
    AUTOERROR err = ERROR_INIT;

    if (config_draft_make(run, &everything, &made, &err) < 0)
        fail_msg("%s", error_message(&err));
    return made;
}

static void
expect(const struct config_draft_value *value, const char *text,
       size_t contacts, bool proposed)
{
    assert_string_equal(value->text, text);
    assert_int_equal(value->contacts, contacts);
    assert_int_equal(value->proposed, proposed);
}

static void
proposes_what_half_of_the_contacts_have(void **state)
{
    (void) state;
    begin("baseline-nl", 8);
    draft_run_add_email(run, "soc@contoso.nl");
    draft_run_add_email(run, "SOC@contoso.nl");
    draft_run_add_email(run, "soc@fabrikam.nl");
    draft_run_add_email(run, "jan@contoso.nl");
    const struct config_draft made = draft();
    assert_int_equal(made.contacts, 4);
    assert_int_equal(made.emails.count, 3);
    expect(&made.emails.items[0], "soc@contoso.nl", 2, true);
    /* As many: by their bytes. */
    expect(&made.emails.items[1], "jan@contoso.nl", 1, false);
    expect(&made.emails.items[2], "soc@fabrikam.nl", 1, false);
    expect(&made.domains.items[0], "contoso.nl", 3, true);
    expect(&made.domains.items[1], "fabrikam.nl", 1, false);
    assert_int_equal(made.domains.count, 2);
    assert_string_equal(made.tenant, DRAFT_TENANT);
}

static void
proposes_the_most_used_where_none_has_half(void **state)
{
    (void) state;
    begin("baseline-nl", 8);
    draft_run_add_email(run, "c@c.nl");
    draft_run_add_email(run, "b@b.nl");
    draft_run_add_email(run, "a@a.nl");
    const struct config_draft made = draft();
    expect(&made.emails.items[0], "a@a.nl", 1, true);
    expect(&made.emails.items[1], "b@b.nl", 1, false);
    /* Its domain has to be allowed, and no other. */
    expect(&made.domains.items[0], "a.nl", 1, true);
    expect(&made.domains.items[1], "b.nl", 1, false);
}

static void
proposes_no_address_that_is_not_valid(void **state)
{
    (void) state;
    begin("baseline-nl", 8);
    draft_run_add_email(run, "soc(at)contoso.nl");
    draft_run_add_email(run, "SOC(at)contoso.nl");
    draft_run_add_email(run, "\"a;b\"@contoso.nl");
    draft_run_add_email(run, "\"a: b\"@contoso.nl");
    const struct config_draft made = draft();
    assert_int_equal(made.emails.count, 1);
    assert_int_equal(made.emails.invalid, 2);
    expect(&made.emails.items[0], "\"a: b\"@contoso.nl", 1, true);
}

/* Which of the subscriptions count as what. */
static void
tells_what_could_be_read(void **state)
{
    static const struct contact_error refused = { 403, "AuthorizationFailed",
                                                  "no", NULL };
    static const struct contact_reading none = { .kind =
                                                     CONTACT_READING_DONE };
    static const struct contact_reading unregistered = {
        .kind = CONTACT_READING_UNREGISTERED
    };
    static const struct contact_reading failed = { .kind =
                                                       CONTACT_READING_FAILED,
                                                   .error = &refused };

    (void) state;
    begin("baseline-nl", 8);
    run->complete = false;
    run->tenants[0].id = "not known";
    draft_run_add(run, "Enabled", &none);
    draft_run_add(run, "Enabled", &unregistered);
    draft_run_add(run, "Enabled", &failed);
    draft_run_add(run, "Disabled", &none);
    draft_run_add_email(run, "soc@contoso.nl");
    const struct config_draft made = draft();
    assert_int_equal(made.subscriptions, 5);
    assert_int_equal(made.contacts, 1);
    assert_int_equal(made.without, 2);
    assert_int_equal(made.unreadable, 1);
    assert_int_equal(made.not_applicable, 1);
    assert_false(made.complete);
    assert_null(made.tenant);
}

static void
counts_phones_levels_and_roles(void **state)
{
    static const char *const roles[] = { "owner", "Contributor", "Sheriff" };
    const struct contact contacts[] = {
        { .phone = "+31 20 123 4567",
          .alerts = HIGH,
          .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" },
          .roles_notified = CONTACT_ON,
          .roles = roles,
          .role_count = 3 },
        { .phone = "+31-(20)-1234567",
          .alerts = { CONTACT_LEVEL_LOW, "Low" },
          .attack_paths = { CONTACT_LEVEL_MEDIUM, "Medium" },
          .roles_notified = CONTACT_ON,
          .roles = roles,
          .role_count = 1 },
        { .phone = "+31 20 765 4321",
          .alerts = { CONTACT_LEVEL_CRITICAL, "Critical" },
          .attack_paths = { CONTACT_LEVEL_UNSEEN, NULL },
          .roles_notified = CONTACT_OFF,
          .roles = roles + 1,
          .role_count = 1 },
        { .phone = "call me", .alerts = { CONTACT_LEVEL_OFF, NULL } },
    };

    (void) state;
    begin("baseline-nl", 8);
    for (size_t i = 0; i < ARRAY_LENGTH(contacts); i++)
        draft_run_add_contact(run, &contacts[i]);
    const struct config_draft made = draft();
    assert_int_equal(made.phones.count, 2);
    assert_int_equal(made.phones.invalid, 1);
    expect(&made.phones.items[0], "+31 20 123 4567", 2, true);
    expect(&made.phones.items[1], "+31 20 765 4321", 1, false);
    /* Of as many, the level that mails more. No alert is Critical. */
    assert_int_equal(made.severities.count, 2);
    expect(&made.severities.items[0], "Low", 1, true);
    expect(&made.severities.items[1], "High", 1, false);
    assert_int_equal(made.risks.count, 2);
    expect(&made.risks.items[0], "Medium", 1, true);
    expect(&made.risks.items[1], "Critical", 1, false);
    /* In Azure's letters; where role mail is off, none is notified. */
    assert_int_equal(made.roles.count, 2);
    expect(&made.roles.items[0], "Owner", 2, true);
    expect(&made.roles.items[1], "Contributor", 1, false);
}

static void
proposes_nothing_that_the_profile_refuses(void **state)
{
    static const char *const roles[] = { "Contributor" };
    static const char *const emails[] = { "a@contoso.nl" };
    const struct contact contact = {
        .emails = emails,
        .email_count = 1,
        .phone = "+31 20 123 4567",
        .alerts = HIGH,
        .attack_paths = HIGH,
        .roles_notified = CONTACT_ON,
        .roles = roles,
        .role_count = 1,
    };

    (void) state;
    begin("baseline-nl", 1);
    draft_run_add_contact(run, &contact);
    const struct config_draft lenient = draft();
    expect(&lenient.roles.items[0], "Contributor", 1, false);
    assert_string_equal(lenient.roles.unmet, "owner-notified");
    assert_null(lenient.emails.unmet);
    assert_null(lenient.severities.unmet);
    (void) end(state);
    begin("strict", 1);
    draft_run_add_contact(run, &contact);
    const struct config_draft strict = draft();
    expect(&strict.emails.items[0], "a@contoso.nl", 1, false);
    assert_string_equal(strict.emails.unmet, "email-count");
    assert_string_equal(strict.severities.unmet, "alerts-notified");
    assert_string_equal(strict.risks.unmet, "attack-paths-notified");
    expect(&strict.phones.items[0], "+31 20 123 4567", 1, true);
}

static void
stays_short(void **state)
{
    (void) state;
    begin("baseline-nl", 2000);
    for (unsigned i = 0; i < 2000; i++) {
        char email[64];
        /* 500 addresses, of which one has a quarter of all contacts. */
        (void) snprintf(email, sizeof(email), "a%u@d%u.nl",
                        i % 4 == 0 ? 0 : i % 500, i % 30);
        draft_run_add_email(run, email);
    }
    const struct config_draft made = draft();
    assert_int_equal(made.emails.count, CONFIG_DRAFT_SHOWN);
    assert_true(made.emails.more > 400);
    assert_true(made.emails.items[0].proposed);
    assert_false(made.emails.items[1].proposed);
    assert_int_equal(made.domains.count, CONFIG_DRAFT_SHOWN);
    assert_int_equal(made.domains.more, 30 - CONFIG_DRAFT_SHOWN);
    assert_true(made.domains.items[0].proposed);
}

static void
has_nothing_to_say_of_nothing(void **state)
{
    (void) state;
    begin("baseline-nl", 0);
    run->tenant_count = 0;
    const struct config_draft made = draft();
    assert_int_equal(made.subscriptions, 0);
    assert_int_equal(made.emails.count, 0);
    assert_null(made.tenant);
    assert_null(made.roles.unmet);
}

#define TEST(function) cmocka_unit_test_teardown(function, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(proposes_what_half_of_the_contacts_have),
        TEST(proposes_the_most_used_where_none_has_half),
        TEST(proposes_no_address_that_is_not_valid),
        TEST(tells_what_could_be_read),
        TEST(counts_phones_levels_and_roles),
        TEST(proposes_nothing_that_the_profile_refuses),
        TEST(stays_short),
        TEST(has_nothing_to_say_of_nothing),
    };

    return cmocka_run_group_tests_name("config_draft", tests, NULL, NULL);
}
