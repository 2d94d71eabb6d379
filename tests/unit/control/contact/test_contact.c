/* SPDX-License-Identifier: Apache-2.0 */
#include "control/contact/contact.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
reads_levels(void **state)
{
    static const struct {
        const char *text;
        enum contact_level level;
    } cases[] = {
        { NULL, CONTACT_LEVEL_OFF },
        { "", CONTACT_LEVEL_OFF },
        { "Low", CONTACT_LEVEL_LOW },
        { "low", CONTACT_LEVEL_LOW },
        { "MEDIUM", CONTACT_LEVEL_MEDIUM },
        { "High", CONTACT_LEVEL_HIGH },
        { "Critical", CONTACT_LEVEL_CRITICAL },
        { "Informational", CONTACT_LEVEL_UNRECOGNIZED },
        { "High ", CONTACT_LEVEL_UNRECOGNIZED },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(contact_level_parse(cases[i].text), cases[i].level);
}

static void
names_levels_that_mail(void **state)
{
    (void) state;
    assert_string_equal(contact_level_name(CONTACT_LEVEL_LOW), "Low");
    assert_string_equal(contact_level_name(CONTACT_LEVEL_CRITICAL),
                        "Critical");
    assert_null(contact_level_name(CONTACT_LEVEL_OFF));
    assert_null(contact_level_name(CONTACT_LEVEL_UNSEEN));
    assert_null(contact_level_name(CONTACT_LEVEL_UNRECOGNIZED));
}

static void
names_versions(void **state)
{
    (void) state;
    assert_string_equal(contact_version_name(CONTACT_VERSION_2023_12_01),
                        "2023-12-01-preview");
    assert_string_equal(contact_version_name(CONTACT_VERSION_2020_01_01),
                        "2020-01-01-preview");
    assert_string_equal(contact_version_name(CONTACT_VERSION_2017_08_01),
                        "2017-08-01-preview");
}

static void
finds_roles_only_where_they_are_mailed(void **state)
{
    const char *const roles[] = { "ServiceAdmin", "owner" };
    struct contact contact = { .roles_notified = CONTACT_ON,
                               .roles = roles,
                               .role_count = 2 };

    (void) state;
    assert_true(contact_notifies_role(&contact, "Owner"));
    assert_false(contact_notifies_role(&contact, "Contributor"));
    contact.roles_notified = CONTACT_OFF;
    assert_false(contact_notifies_role(&contact, "Owner"));
    contact.roles_notified = CONTACT_UNSEEN;
    assert_false(contact_notifies_role(&contact, "Owner"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_levels),
        cmocka_unit_test(names_levels_that_mail),
        cmocka_unit_test(names_versions),
        cmocka_unit_test(finds_roles_only_where_they_are_mailed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
