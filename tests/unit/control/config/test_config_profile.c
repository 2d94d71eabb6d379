/* SPDX-License-Identifier: Apache-2.0 */
#include "control/config/config_profile.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/config/config_parse.h"
#include "unit/unit.h"

#define V "version: 1\n"

static struct arena *arena;

static int
new_arena(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
free_arena(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

static int
make(const char *text, const char *base, const struct profile **ret_profile,
     struct error *err)
{
    struct config config = CONFIG_INIT;

    if (config_parse(text, strlen(text), "piket.yaml", arena, &config, err)
        < 0)
        fail_msg("%s", error_message(err));
    return config_profile_make(&config, profile_by_name(base), arena,
                               ret_profile, err);
}

static const struct profile *
made(const char *text, const char *base)
{
    const struct profile *profile = NULL;
    AUTOERROR err = ERROR_INIT;

    if (make(text, base, &profile, &err) < 0)
        fail_msg("%s", error_message(&err));
    return profile;
}

static void
joined_ids(const struct profile *profile, char *ret_joined, size_t size)
{
    size_t length = 0;

    ret_joined[0] = '\0';
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        length +=
            (size_t) snprintf(ret_joined + length, size - length, "%s%s",
                              i > 0 ? " " : "", profile->requirements[i]);
}

static void
adds_and_drops(void **state)
{
    static const struct {
        const char *text, *base, *requirements;
    } cases[] = {
        { V, "conformity", "email-configured" },
        { V "requirements: { add: [email-valid] }\n", "conformity",
          "email-configured email-valid" },
        /* In the order of the table, whatever that of the file. */
        { V "requirements: { add: [phone-valid, contact-enabled] }\n",
          "conformity", "contact-enabled email-configured phone-valid" },
        /* What is there already, or is not, does no harm: the file may serve
         * several profiles. */
        { V "requirements: { add: [email-configured], drop: [phone-valid] }\n",
          "conformity", "email-configured" },
        { V "requirements: { drop: [phone-configured, owner-notified] }\n",
          "baseline-nl",
          "contact-configured contact-enabled email-configured email-valid "
          "alerts-notified" },
    };
    char joined[1024];

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct profile *profile = made(cases[i].text, cases[i].base);
        joined_ids(profile, joined, sizeof(joined));
        assert_string_equal(joined, cases[i].requirements);
        assert_string_equal(profile->name, cases[i].base);
    }
}

static void
overrules_only_the_thresholds_given(void **state)
{
    const struct profile *untouched = made(V, "cis-3.0");
    const struct profile *changed =
        made(V "thresholds: { alerts_of: Low, min_emails: 3,\n"
               "  allowed_domains: [contoso.nl] }\n",
             "cis-3.0");

    (void) state;
    assert_int_equal(untouched->thresholds.alerts_of, CONTACT_LEVEL_HIGH);
    assert_int_equal(untouched->thresholds.allowed_domain_count, 0);
    assert_int_equal(changed->thresholds.alerts_of, CONTACT_LEVEL_LOW);
    assert_true(changed->thresholds.alerts_exact);
    assert_int_equal(changed->thresholds.attack_paths_of,
                     CONTACT_LEVEL_CRITICAL);
    assert_int_equal(changed->thresholds.min_emails, 3);
    assert_string_equal(changed->thresholds.allowed_domains[0], "contoso.nl");
}

static void
measures_against_the_desired_contact(void **state)
{
    const struct profile *profile =
        made(V "contact: { emails: [soc@contoso.nl], phone: +31201234567 }\n",
             "baseline-nl");

    (void) state;
    assert_int_equal(profile->thresholds.desired_email_count, 1);
    assert_string_equal(profile->thresholds.desired_emails[0],
                        "soc@contoso.nl");
    assert_string_equal(profile->thresholds.desired_phone, "+31201234567");
    assert_null(made(V, "strict")->thresholds.desired_phone);
}

static void
refuses_what_nobody_could_meet(void **state)
{
    static const struct {
        const char *text, *base, *message; /* NULL: nothing is wrong */
    } cases[] = {
        { V "requirements: { add: [email-valid], drop: [email-valid] }\n",
          "strict",
          "piket.yaml:2: requirements: email-valid is both added and "
          "dropped" },
        { V "requirements: { drop: [email-configured] }\n", "conformity",
          "piket.yaml:2: requirements: nothing is left of profile "
          "conformity" },
        { V "contact: { emails: [soc@contoso.nl] }\n", "conformity", NULL },
        { V "requirements: { add: [email-count] }\n"
            "contact: { emails: [soc@contoso.nl] }\n",
          "conformity",
          "piket.yaml:3: contact: does not meet email-count, which demands "
          "2: 1" },
        { V "contact: { emails: [] }\n", "conformity",
          "piket.yaml:2: contact: does not meet email-configured" },
        { V "requirements: { add: [email-domain] }\n"
            "thresholds: { allowed_domains: [contoso.nl] }\n"
            "contact: { emails: [soc@fabrikam.nl] }\n",
          "conformity",
          "piket.yaml:4: contact: does not meet email-domain, which demands "
          "contoso.nl: soc@fabrikam.nl" },
        /* Without domains there is nothing to hold it against. */
        { V "requirements: { add: [email-domain] }\n"
            "contact: { emails: [soc@fabrikam.nl] }\n",
          "conformity", NULL },
        { V "contact: { roles: [Contributor] }\n", "baseline-nl",
          "piket.yaml:2: contact: does not meet owner-notified: "
          "Contributor" },
        { V "thresholds: { alerts_of: Low }\n"
            "contact: { minimal_severity: High }\n",
          "baseline-nl",
          "piket.yaml:3: contact: does not meet alerts-notified, which "
          "demands Low: High" },
        { V "contact: { minimal_risk_level: High }\n", "baseline-nl", NULL },
        { V "contact: { minimal_risk_level: High }\n", "strict",
          "piket.yaml:2: contact: does not meet attack-paths-notified, which "
          "demands Low: High" },
        { V "contact: { minimal_severity: Low }\n", "cis-3.0",
          "piket.yaml:2: contact: does not meet alerts-notified, which "
          "demands High: Low" },
        { V "contact: { roles: [] }\n", "baseline-nl",
          "piket.yaml:2: contact: does not meet owner-notified" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct profile *profile = NULL;
        AUTOERROR err = ERROR_INIT;
        const int result = make(cases[i].text, cases[i].base, &profile, &err);
        if (cases[i].message == NULL) {
            assert_int_equal(result, 0);
            continue;
        }
        assert_int_equal(result, -1);
        assert_string_equal(error_message(&err), cases[i].message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(adds_and_drops, new_arena, free_arena),
        cmocka_unit_test_setup_teardown(overrules_only_the_thresholds_given,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(measures_against_the_desired_contact,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(refuses_what_nobody_could_meet,
                                        new_arena, free_arena),
    };

    return cmocka_run_group_tests_name("config_profile", tests, NULL, NULL);
}
