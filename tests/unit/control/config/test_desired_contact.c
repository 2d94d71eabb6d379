/* SPDX-License-Identifier: Apache-2.0 */
#include "control/config/desired_contact.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static const char *const soc[] = { "soc@contoso.nl" };
static const char *const piket[] = { "piket@contoso.nl" };
static const char *const wrong[] = { "soc@contoso.nl", "soc contoso.nl" };
static const char *const owner[] = { "Owner" };
static const char *const blank[] = { " " };

static void
says_what_the_configuration_wants(void **state)
{
    const struct config_contact config = {
        .emails = { soc, 1 },
        .phone = "+31 20 123 4567",
        .minimal_severity = CONTACT_LEVEL_MEDIUM,
        .roles = { owner, 1 },
    };
    struct desired_contact desired;

    (void) state;
    desired_contact_from_config(&desired, &config);
    assert_ptr_equal(desired.emails, soc);
    assert_int_equal(desired.email_count, 1);
    assert_string_equal(desired.phone, "+31 20 123 4567");
    assert_int_equal(desired.minimal_severity, CONTACT_LEVEL_MEDIUM);
    assert_int_equal(desired.minimal_risk_level, CONTACT_LEVEL_UNSEEN);
    assert_ptr_equal(desired.roles, owner);
    assert_false(desired.replace_emails);
    assert_false(desired_contact_is_empty(&desired));
    desired_contact_from_config(&desired, &(struct config_contact){ 0 });
    assert_true(desired_contact_is_empty(&desired));
}

/* Each member by itself makes it say something. */
static void
knows_when_it_says_nothing(void **state)
{
    const struct desired_contact some[] = {
        { .emails = soc, .email_count = 1 },
        { .phone = "112" },
        { .minimal_severity = CONTACT_LEVEL_LOW },
        { .minimal_risk_level = CONTACT_LEVEL_OFF },
        { .roles = owner, .role_count = 1 },
        { .removals = soc, .removal_count = 1 },
        { .replace_emails = true },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(some); i++)
        assert_false(desired_contact_is_empty(&some[i]));
}

static void
lays_one_upon_another(void **state)
{
    struct desired_contact base = { .emails = soc,
                                    .email_count = 1,
                                    .phone = "+31 20 123 4567",
                                    .minimal_severity = CONTACT_LEVEL_LOW };
    const struct desired_contact over = {
        .emails = piket,
        .email_count = 1,
        .minimal_risk_level = CONTACT_LEVEL_OFF,
        .removals = soc,
        .removal_count = 1,
        .replace_emails = true,
    };

    (void) state;
    desired_contact_overlay(&base, &(struct desired_contact){ 0 });
    assert_ptr_equal(base.emails, soc);
    desired_contact_overlay(&base, &over);
    assert_ptr_equal(base.emails, piket);
    assert_string_equal(base.phone, "+31 20 123 4567");
    assert_int_equal(base.minimal_severity, CONTACT_LEVEL_LOW);
    assert_int_equal(base.minimal_risk_level, CONTACT_LEVEL_OFF);
    assert_int_equal(base.removal_count, 1);
    assert_true(base.replace_emails);
}

static void
is_held_against_its_own_requirements(void **state)
{
    const struct {
        struct desired_contact desired;
        const char *why; /* NULL: all is well */
    } cases[] = {
        { { .emails = soc,
            .email_count = 1,
            .phone = "+31 20 123 4567",
            .minimal_severity = CONTACT_LEVEL_HIGH,
            .minimal_risk_level = CONTACT_LEVEL_CRITICAL,
            .roles = owner,
            .role_count = 1,
            .replace_emails = true },
          NULL },
        { { .minimal_risk_level = CONTACT_LEVEL_OFF }, NULL },
        { { .emails = wrong, .email_count = 2 }, "'soc contoso.nl'" },
        { { .phone = "112" }, "'112' is not a valid phone number" },
        { { .minimal_severity = CONTACT_LEVEL_CRITICAL }, "no such severity" },
        { { .minimal_severity = CONTACT_LEVEL_OFF }, "no such severity" },
        { { .minimal_risk_level = CONTACT_LEVEL_UNRECOGNIZED },
          "no such risk level" },
        { { .roles = blank, .role_count = 1 }, "a role has no name" },
        { { .replace_emails = true }, "none is given" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        const int result = desired_contact_check(&cases[i].desired, &err);
        assert_int_equal(result, cases[i].why == NULL ? 0 : -1);
        if (cases[i].why != NULL
            && strstr(error_message(&err), cases[i].why) == NULL)
            fail_msg("'%s' does not say '%s'", error_message(&err),
                     cases[i].why);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_the_configuration_wants),
        cmocka_unit_test(knows_when_it_says_nothing),
        cmocka_unit_test(lays_one_upon_another),
        cmocka_unit_test(is_held_against_its_own_requirements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
