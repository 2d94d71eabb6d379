/* SPDX-License-Identifier: Apache-2.0 */
#include "control/requirement/profile.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

static const struct {
    const char *name;
    const char *requirements; /* with blanks between them */
    enum contact_level alerts_of;
    bool alerts_exact;
} documented[] = {
    { "baseline-nl",
      "contact-configured contact-enabled email-configured email-valid "
      "phone-configured alerts-notified owner-notified",
      CONTACT_LEVEL_HIGH, false },
    { "conformity", "email-configured", CONTACT_LEVEL_HIGH, false },
    { "cis-2.0",
      "contact-enabled email-configured email-valid alerts-notified "
      "owner-notified",
      CONTACT_LEVEL_HIGH, true },
    { "cis-3.0",
      "contact-enabled email-configured email-valid alerts-notified "
      "owner-notified",
      CONTACT_LEVEL_HIGH, true },
    { "cis-5.0",
      "contact-enabled email-configured email-valid alerts-notified "
      "owner-notified attack-paths-notified",
      CONTACT_LEVEL_HIGH, false },
    { "strict",
      "contact-configured contact-enabled email-configured email-valid "
      "email-count email-domain phone-configured phone-valid "
      "alerts-notified owner-notified attack-paths-notified "
      "desired-contact",
      CONTACT_LEVEL_LOW, false },
};

static void
has_the_documented_profiles(void **state)
{
    (void) state;
    assert_int_equal(profile_table_length, ARRAY_LENGTH(documented));
    for (size_t i = 0; i < ARRAY_LENGTH(documented); i++) {
        const struct profile *profile = profile_by_name(documented[i].name);
        char joined[512] = "";
        assert_non_null(profile);
        for (size_t j = 0; profile->requirements[j] != NULL; j++) {
            const size_t length = strlen(joined);
            snprintf(joined + length, sizeof(joined) - length, "%s%s",
                     j > 0 ? " " : "", profile->requirements[j]);
        }
        assert_string_equal(joined, documented[i].requirements);
        assert_int_equal(profile->thresholds.alerts_of,
                         documented[i].alerts_of);
        assert_int_equal(profile->thresholds.alerts_exact,
                         documented[i].alerts_exact);
        assert_int_equal(profile->thresholds.min_emails, 2);
    }
    assert_int_equal(profile_by_name("cis-5.0")->thresholds.attack_paths_of,
                     CONTACT_LEVEL_CRITICAL);
    assert_int_equal(profile_by_name("strict")->thresholds.attack_paths_of,
                     CONTACT_LEVEL_LOW);
}

static void
names_requirements_in_the_order_of_their_table(void **state)
{
    (void) state;
    for (size_t i = 0; i < profile_table_length; i++) {
        const struct requirement *before = NULL;
        size_t count = 0;
        for (; profile_table[i].requirements[count] != NULL; count++) {
            assert_true(count < PROFILE_REQUIREMENTS_CEILING - 1);
            const struct requirement *row =
                requirement_by_id(profile_table[i].requirements[count]);
            assert_non_null(row);
            assert_true(before == NULL || row > before);
            before = row;
        }
        assert_true(count > 0);
        assert_non_null(profile_table[i].title);
    }
}

static void
finds_by_name(void **state)
{
    (void) state;
    assert_ptr_equal(profile_default(), profile_by_name("baseline-nl"));
    assert_null(profile_by_name("cis"));
    assert_null(profile_by_name(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_documented_profiles),
        cmocka_unit_test(names_requirements_in_the_order_of_their_table),
        cmocka_unit_test(finds_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
