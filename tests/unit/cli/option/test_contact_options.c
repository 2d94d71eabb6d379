/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option/contact_options.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static struct contact_options options;

enum { TEXT_SIZE = 256 };

static int
forget(void **state)
{
    (void) state;
    options = (struct contact_options){ .file = NULL };
    return 0;
}

static int
take(int val, const char *argument, struct error *err)
{
    static char copies[8][TEXT_SIZE];
    static size_t next;
    char *copy = copies[next++ % ARRAY_LENGTH(copies)];

    (void) snprintf(copy, TEXT_SIZE, "%s", argument);
    return contact_options_take(&options, val, copy, err);
}

static void
splits_addresses(void **state)
{
    (void) state;
    assert_int_equal(
        take(CONTACT_OPTION_EMAIL, " a@b.nl,c@d.nl ;; e@f.nl, ", NULL), 0);
    assert_int_equal(take(CONTACT_OPTION_EMAIL, "g@h.nl", NULL), 0);
    assert_int_equal(options.email_count, 4);
    assert_string_equal(options.emails[0], "a@b.nl");
    assert_string_equal(options.emails[1], "c@d.nl");
    assert_string_equal(options.emails[2], "e@f.nl");
    assert_string_equal(options.emails[3], "g@h.nl");
}

static void
keeps_what_is_given(void **state)
{
    (void) state;
    assert_int_equal(take(CONTACT_OPTION_PHONE, "+31 20 123 4567", NULL), 0);
    assert_string_equal(options.phone, "+31 20 123 4567");
    assert_int_equal(take(CONTACT_OPTION_MINIMAL_SEVERITY, "medium", NULL), 0);
    assert_int_equal(options.minimal_severity, CONTACT_LEVEL_MEDIUM);
    assert_int_equal(take(CONTACT_OPTION_MINIMAL_RISK_LEVEL, "Critical", NULL),
                     0);
    assert_int_equal(options.minimal_risk_level, CONTACT_LEVEL_CRITICAL);
    assert_int_equal(take(CONTACT_OPTION_ROLE, "owner", NULL), 0);
    assert_string_equal(options.roles[0], "Owner");
    assert_int_equal(take(CONTACT_OPTION_REMOVE_EMAIL, "*@x.nl;*@y.nl", NULL),
                     0);
    assert_int_equal(options.removal_count, 2);
    assert_int_equal(take(CONTACT_OPTION_LAST, "", NULL), 1);
}

static void
says_what_is_wrong_with_a_value(void **state)
{
    static const struct {
        int val;
        const char *argument, *message, *advice;
    } cases[] = {
        { CONTACT_OPTION_EMAIL, "a@b.nl, soc",
          "--email: 'soc' is not a valid e-mail address",
          "an address reads name@domain" },
        { CONTACT_OPTION_EMAIL, "a@contoso",
          "--email: 'a@contoso' is not a valid e-mail address",
          "the domain 'contoso' has no dot: write it whole" },
        { CONTACT_OPTION_EMAIL, "a@b.nl c@d.nl",
          "--email: 'a@b.nl c@d.nl' is not a valid e-mail address",
          "several addresses stand with commas or semicolons between" },
        { CONTACT_OPTION_EMAIL, "a@b.nl,A@B.nl",
          "--email: 'A@B.nl' is given twice", NULL },
        { CONTACT_OPTION_EMAIL, " ; ", "--email: must not be empty", NULL },
        { CONTACT_OPTION_PHONE, "020 123 4567",
          "--phone: '020 123 4567' is not a phone number",
          "write it with the country: a plus sign, then 7 to 15 digits" },
        { CONTACT_OPTION_MINIMAL_SEVERITY, "Hihg",
          "--minimal-severity: Azure knows no 'Hihg'",
          "did you mean 'High'? there are: Low, Medium, High" },
        { CONTACT_OPTION_MINIMAL_SEVERITY, "Critical",
          "--minimal-severity: Azure knows no 'Critical'",
          "there are: Low, Medium, High" },
        { CONTACT_OPTION_ROLE, "Reader", "--role: Azure knows no 'Reader'",
          "there are: Owner, Contributor, AccountAdmin, ServiceAdmin" },
        { CONTACT_OPTION_REMOVE_EMAIL, "", "--remove-email: must not be empty",
          NULL },
        { CONTACT_OPTION_CONTACT, " ", "--contact: must not be empty", NULL },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        forget(state);
        assert_int_equal(take(cases[i].val, cases[i].argument, &err), -1);
        assert_string_equal(error_message(&err), cases[i].message);
        if (cases[i].advice != NULL)
            assert_string_equal(err.advice, cases[i].advice);
        else
            assert_null(err.advice);
    }
}

static void
takes_one_of_each_that_is_one(void **state)
{
    static const struct {
        int val;
        const char *argument;
    } cases[] = {
        { CONTACT_OPTION_PHONE, "+31201234567" },
        { CONTACT_OPTION_MINIMAL_SEVERITY, "High" },
        { CONTACT_OPTION_MINIMAL_RISK_LEVEL, "High" },
        { CONTACT_OPTION_ROLE, "Owner" },
        { CONTACT_OPTION_CONTACT, "contact.json" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_int_equal(take(cases[i].val, cases[i].argument, NULL), 0);
        assert_int_equal(take(cases[i].val, cases[i].argument, NULL), -1);
    }
}

static void
takes_no_more_addresses_than_anybody_mails(void **state)
{
    char address[32];

    (void) state;
    for (size_t i = 0; i < CONTACT_OPTION_EMAILS_CEILING; i++) {
        static char kept[CONTACT_OPTION_EMAILS_CEILING][sizeof(address)];
        (void) snprintf(kept[i], sizeof(address), "a%zu@b.nl", i);
        assert_int_equal(contact_options_take(&options, CONTACT_OPTION_EMAIL,
                                              kept[i], NULL),
                         0);
    }
    (void) snprintf(address, sizeof(address), "one@more.nl");
    assert_int_equal(
        contact_options_take(&options, CONTACT_OPTION_EMAIL, address, NULL),
        -1);
}

/* The configuration, over it the document, over that the options. */
static void
overrules_the_configuration(void **state)
{
    static const char *const emails[] = { "config@contoso.nl" };
    static const char *const roles[] = { "Contributor" };
    const struct config_contact config = {
        .emails = { emails, 1 },
        .phone = "+31201111111",
        .minimal_severity = CONTACT_LEVEL_LOW,
        .roles = { roles, 1 },
    };
    char path[] = "/tmp/piket-contact.XXXXXX";
    struct arena *arena = arena_new();
    struct desired_contact desired;
    AUTOERROR err = ERROR_INIT;
    AUTOCLOSE const int file = mkstemp(path);

    (void) state;
    assert_true(file >= 0);
    assert_true(dprintf(file,
                        "{\"properties\": {\"emails\": \"file@contoso.nl\", "
                        "\"phone\": \"+31202222222\"}}")
                > 0);
    options.file = path;
    assert_int_equal(take(CONTACT_OPTION_EMAIL, "option@contoso.nl", NULL), 0);
    const int result =
        contact_options_resolve(&options, &config, arena, &desired, &err);
    (void) unlink(path);
    assert_string_equal(result < 0 ? error_message(&err) : "", "");
    assert_int_equal(desired.email_count, 1);
    assert_string_equal(desired.emails[0], "option@contoso.nl");
    assert_string_equal(desired.phone, "+31202222222");
    assert_int_equal(desired.minimal_severity, CONTACT_LEVEL_LOW);
    assert_string_equal(desired.roles[0], "Contributor");
    arena_free(arena);
}

static void
replaces_addresses_by_some_only(void **state)
{
    const struct config_contact nothing = { .line = 0 };
    struct arena *arena = arena_new();
    struct desired_contact desired;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(contact_options_take(
                         &options, CONTACT_OPTION_REPLACE_EMAILS, NULL, NULL),
                     0);
    assert_int_equal(
        contact_options_resolve(&options, &nothing, arena, &desired, &err),
        -1);
    assert_string_equal(error_message(&err),
                        "--replace-emails: no address is given that would "
                        "stay");
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(splits_addresses, forget),
        cmocka_unit_test_setup(keeps_what_is_given, forget),
        cmocka_unit_test_setup(says_what_is_wrong_with_a_value, forget),
        cmocka_unit_test_setup(takes_one_of_each_that_is_one, forget),
        cmocka_unit_test_setup(takes_no_more_addresses_than_anybody_mails,
                               forget),
        cmocka_unit_test_setup(overrules_the_configuration, forget),
        cmocka_unit_test_setup(replaces_addresses_by_some_only, forget),
    };

    return cmocka_run_group_tests_name("contact_options", tests, NULL, NULL);
}
