/* SPDX-License-Identifier: Apache-2.0 */
#include "control/contact/contact_field.h"

#include "base/cleanup.h"
#include "unit/unit.h"

#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)

static const char *const both[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const swapped[] = { "Piket@Contoso.nl", "soc@contoso.nl" };
static const char *const twice[] = { "soc@contoso.nl", "SOC@contoso.nl" };
static const char *const soc[] = { "soc@contoso.nl" };
static const char *const owner[] = { "Owner" };
static const char *const owner_again[] = { "owner", "Owner" };

static void
has_the_names_of_the_reports(void **state)
{
    static const char *const names[] = { "enabled", "emails",      "phone",
                                         "alerts",  "attackPaths", "roles" };

    (void) state;
    assert_int_equal(CONTACT_FIELD_COUNT, ARRAY_LENGTH(names));
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++)
        assert_string_equal(contact_field_name(field), names[field]);
}

static void
compares_addresses_and_roles_as_sets(void **state)
{
    const struct contact left = { EMAILS(both), .roles_notified = CONTACT_ON,
                                  ROLES(owner) };
    const struct contact right = { EMAILS(swapped),
                                   .roles_notified = CONTACT_ON,
                                   ROLES(owner_again) };
    const struct contact fewer = { EMAILS(twice),
                                   .roles_notified = CONTACT_OFF,
                                   ROLES(owner) };
    const struct contact one = { EMAILS(soc) };

    (void) state;
    assert_true(contact_field_equal(&left, &right, CONTACT_FIELD_EMAILS));
    assert_true(contact_field_equal(&left, &right, CONTACT_FIELD_ROLES));
    assert_false(contact_field_equal(&left, &fewer, CONTACT_FIELD_EMAILS));
    assert_false(contact_field_equal(&fewer, &left, CONTACT_FIELD_EMAILS));
    assert_true(contact_field_equal(&fewer, &one, CONTACT_FIELD_EMAILS));
    /* What is listed while role mail is off notifies nobody. */
    assert_false(contact_field_equal(&left, &fewer, CONTACT_FIELD_ROLES));
    assert_true(contact_field_equal(&fewer, &one, CONTACT_FIELD_ROLES));
}

static void
compares_levels(void **state)
{
    const struct contact high = { .alerts = { CONTACT_LEVEL_HIGH, "High" } };
    const struct contact loud = { .alerts = { CONTACT_LEVEL_HIGH, "HIGH" } };
    const struct contact off = { .alerts = { CONTACT_LEVEL_OFF, NULL } };
    const struct contact unseen = { .alerts = { CONTACT_LEVEL_UNSEEN, NULL } };
    const struct contact dire = { .alerts = { CONTACT_LEVEL_UNRECOGNIZED,
                                              "Dire" } };
    const struct contact grim = { .alerts = { CONTACT_LEVEL_UNRECOGNIZED,
                                              "Grim" } };

    (void) state;
    assert_true(contact_field_equal(&high, &loud, CONTACT_FIELD_ALERTS));
    assert_false(contact_field_equal(&high, &off, CONTACT_FIELD_ALERTS));
    assert_false(contact_field_equal(&off, &unseen, CONTACT_FIELD_ALERTS));
    assert_true(contact_field_equal(&unseen, &unseen, CONTACT_FIELD_ALERTS));
    assert_false(contact_field_equal(&dire, &grim, CONTACT_FIELD_ALERTS));
    assert_true(contact_field_equal(&dire, &dire, CONTACT_FIELD_ALERTS));
}

static void
compares_with_what_does_not_exist(void **state)
{
    const struct contact says = { .enabled = CONTACT_OFF,
                                  EMAILS(soc),
                                  .phone = "112",
                                  .alerts = { CONTACT_LEVEL_LOW, "Low" },
                                  .attack_paths = { CONTACT_LEVEL_LOW, "Low" },
                                  .roles_notified = CONTACT_ON,
                                  ROLES(owner) };
    const struct contact silent = { .alerts = { CONTACT_LEVEL_OFF, NULL } };

    (void) state;
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++) {
        assert_false(contact_field_equal(&says, NULL, field));
        assert_false(contact_field_equal(NULL, &says, field));
        assert_true(contact_field_equal(&silent, NULL, field));
        assert_true(contact_field_equal(NULL, NULL, field));
    }
}

static void
assert_says(const struct contact *contact, enum contact_field field,
            const char *expected)
{
    struct arena *arena = arena_new();
    const char *text = "";

    assert_int_equal(contact_field_text(contact, field, arena, &text), 0);
    if (expected == NULL)
        assert_null(text);
    else
        assert_string_equal(text, expected);
    arena_free(arena);
}

static void
says_each_on_one_line(void **state)
{
    const struct contact says = { .enabled = CONTACT_OFF,
                                  EMAILS(both),
                                  .phone = "112",
                                  .alerts = { CONTACT_LEVEL_LOW, "low" },
                                  .attack_paths = { CONTACT_LEVEL_UNRECOGNIZED,
                                                    "Dire" },
                                  .roles_notified = CONTACT_ON,
                                  ROLES(owner) };
    const struct contact off = { .enabled = CONTACT_UNSEEN,
                                 .roles_notified = CONTACT_OFF,
                                 ROLES(owner) };

    (void) state;
    assert_says(&says, CONTACT_FIELD_ENABLED, "false");
    assert_says(&says, CONTACT_FIELD_EMAILS,
                "soc@contoso.nl; piket@contoso.nl");
    assert_says(&says, CONTACT_FIELD_PHONE, "112");
    assert_says(&says, CONTACT_FIELD_ALERTS, "Low");
    assert_says(&says, CONTACT_FIELD_ATTACK_PATHS, "Dire");
    assert_says(&says, CONTACT_FIELD_ROLES, "Owner");
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++) {
        assert_says(&off, field, NULL);
        assert_says(NULL, field, NULL);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_names_of_the_reports),
        cmocka_unit_test(compares_addresses_and_roles_as_sets),
        cmocka_unit_test(compares_levels),
        cmocka_unit_test(compares_with_what_does_not_exist),
        cmocka_unit_test(says_each_on_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
