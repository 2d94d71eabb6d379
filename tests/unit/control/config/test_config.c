/* SPDX-License-Identifier: Apache-2.0 */
#include "control/config/config.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/config/config_parse.h"
#include "control/config/config_tree.h"
#include "unit/unit.h"

#define V "version: 1\n"
#define MUTE "mutes:\n  - subscription: a\n    requirement: owner-notified\n"

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

static struct config
parse(const char *text)
{
    struct config config = CONFIG_INIT;
    AUTOERROR err = ERROR_INIT;

    if (config_parse(text, strlen(text), "piket.yaml", arena, &config, &err)
        < 0)
        fail_msg("%s", error_message(&err));
    return config;
}

static void
reads_every_key(void **state)
{
    const struct config config =
        parse(V "tenant: 7c0ffee0-0000-4000-8000-00000000abcd\n"
                "profile: cis-5.0\n"
                "contact:\n"
                "  emails: [soc@contoso.nl, piket@contoso.nl]\n"
                "  phone: +31 20 123 4567\n"
                "  minimal_severity: Medium\n"
                "  minimal_risk_level: Critical\n"
                "  roles: [Owner]\n"
                "requirements: { add: [email-count], drop: [email-valid] }\n"
                "thresholds:\n"
                "  alerts_of: High\n"
                "  attack_paths_of: Low\n"
                "  min_emails: 3\n"
                "  allowed_domains: [contoso.nl, \"*.contoso.nl\"]\n"
                "scope:\n"
                "  subscriptions: [Zorg-*]\n"
                "  management_groups: [mg-production]\n"
                "  exclude: [\"*-sandbox\"]\n"
                "mutes:\n"
                "  - subscription: contoso-legacy\n"
                "    requirement: owner-notified\n"
                "    reason: Leaves on 1 March, CHG-1234\n"
                "    until: 2028-02-29\n");

    (void) state;
    assert_int_equal(config.version, 1);
    assert_string_equal(config.tenant, "7c0ffee0-0000-4000-8000-00000000abcd");
    assert_string_equal(config.profile, "cis-5.0");
    assert_int_equal(config.contact.emails.count, 2);
    assert_string_equal(config.contact.emails.items[1], "piket@contoso.nl");
    assert_string_equal(config.contact.phone, "+31 20 123 4567");
    assert_int_equal(config.contact.minimal_severity, CONTACT_LEVEL_MEDIUM);
    assert_int_equal(config.contact.minimal_risk_level,
                     CONTACT_LEVEL_CRITICAL);
    assert_string_equal(config.contact.roles.items[0], "Owner");
    assert_string_equal(config.requirements.add.items[0], "email-count");
    assert_string_equal(config.requirements.drop.items[0], "email-valid");
    assert_int_equal(config.thresholds.alerts_of, CONTACT_LEVEL_HIGH);
    assert_int_equal(config.thresholds.attack_paths_of, CONTACT_LEVEL_LOW);
    assert_int_equal(config.thresholds.min_emails, 3);
    assert_string_equal(config.thresholds.allowed_domains.items[1],
                        "*.contoso.nl");
    assert_string_equal(config.scope.subscriptions.items[0], "Zorg-*");
    assert_string_equal(config.scope.management_groups.items[0],
                        "mg-production");
    assert_string_equal(config.scope.exclude.items[0], "*-sandbox");
    assert_int_equal(config.mutes.count, 1);
    assert_string_equal(config.mutes.items[0].subscription, "contoso-legacy");
    assert_string_equal(config.mutes.items[0].requirement, "owner-notified");
    assert_string_equal(config.mutes.items[0].reason,
                        "Leaves on 1 March, CHG-1234");
    assert_string_equal(config.mutes.items[0].until, "2028-02-29");
    assert_int_equal(config.mutes.items[0].line, 21);
    assert_int_equal(config.contact.line, 4);
}

static void
reads_json_and_a_byte_order_mark(void **state)
{
    const struct config json =
        parse("{\"version\": 1, \"profile\": \"strict\",\n"
              " \"contact\": {\"phone\": \"+31201234567\"}}");
    const struct config marked = parse("\xef\xbb\xbf" V);

    (void) state;
    assert_string_equal(json.profile, "strict");
    assert_string_equal(json.contact.phone, "+31201234567");
    assert_int_equal(marked.version, 1);
}

static void
leaves_unset_what_is_not_given(void **state)
{
    const struct config config = parse(V "scope: { exclude: [] }\n");

    (void) state;
    assert_null(config.profile);
    assert_null(config.contact.emails.items);
    assert_int_equal(config.contact.line, 0);
    assert_int_equal(config.thresholds.min_emails, 0);
    assert_non_null(config.scope.exclude.items);
    assert_int_equal(config.scope.exclude.count, 0);
}

/* Each error, word for word; advice is NULL where there is none. */
static const struct {
    const char *text, *message, *advice;
} errors[] = {
    { "", "piket.yaml:1: nothing stands here",
      "a configuration begins with the line: version: 1" },
    { "# only a comment\n", "piket.yaml:2: nothing stands here",
      "a configuration begins with the line: version: 1" },
    { "profile: strict\n", "piket.yaml:1: version: is missing",
      "a configuration begins with the line: version: 1" },
    { "version: 2\n", "piket.yaml:1: version: must be 1, not 2", NULL },
    { "version: '1'\n",
      "piket.yaml:1: version: must be a number, not the text '1'", NULL },
    { "version: one\n",
      "piket.yaml:1: version: must be a number, not the text 'one'", NULL },
    { "[1]\n", "piket.yaml:1: must be a mapping, not a list", NULL },
    { "hello\n", "piket.yaml:1: must be a mapping, not the text 'hello'",
      NULL },
    { V "profil: strict\n", "piket.yaml:2: profil: there is no such key",
      "did you mean 'profile'?" },
    { V "zzzzzz: 1\n", "piket.yaml:2: zzzzzz: there is no such key", NULL },
    { V "contact:\n  e-mails: []\n",
      "piket.yaml:3: contact.e-mails: there is no such key",
      "did you mean 'emails'?" },
    { V "profile: strict\nprofile: strict\n",
      "piket.yaml:3: profile: is there twice, first on line 2", NULL },
    { V "profile: strickt\n",
      "piket.yaml:2: profile: 'strickt' is none of baseline-nl, conformity, "
      "cis-2.0, cis-3.0, cis-5.0, strict",
      "did you mean 'strict'?" },
    { V "profile: [strict]\n",
      "piket.yaml:2: profile: must be a text, not a list", NULL },
    { V "profile:\n",
      "piket.yaml:2: profile: must be a text, and nothing is given", NULL },
    { V "profile: ' '\n", "piket.yaml:2: profile: must not be empty", NULL },
    { V "tenant: contoso.nl\n",
      "piket.yaml:2: tenant: 'contoso.nl' is not the id of a tenant", NULL },
    { V "contact: yes\n",
      "piket.yaml:2: contact: must be a mapping, not the boolean yes", NULL },
    { V "contact: { emails: soc@contoso.nl }\n",
      "piket.yaml:2: contact.emails: must be a list, not the text "
      "'soc@contoso.nl'",
      "a list stands in brackets, with commas between its texts" },
    { V "contact:\n  emails:\n    - soc@contoso.nl\n    - soc contoso.nl\n",
      "piket.yaml:5: contact.emails[1]: 'soc contoso.nl' is not a valid "
      "e-mail address",
      NULL },
    { V "contact: { emails: ['a@b.nl;c@d.nl'] }\n",
      "piket.yaml:2: contact.emails[0]: 'a@b.nl;c@d.nl' is not a valid "
      "e-mail address",
      NULL },
    { V "contact: { phone: 020 123 }\n",
      "piket.yaml:2: contact.phone: '020 123' is not a phone number: a plus "
      "sign, then 7 to 15 digits",
      NULL },
    { V "contact: { phone: no }\n",
      "piket.yaml:2: contact.phone: must be a text, not the boolean no",
      "in quotes it is one: \"no\"" },
    { V "contact: { minimal_severity: Critical }\n",
      "piket.yaml:2: contact.minimal_severity: 'Critical' is none of Low, "
      "Medium, High",
      NULL },
    { V "contact: { minimal_risk_level: high }\n",
      "piket.yaml:2: contact.minimal_risk_level: 'high' is none of Low, "
      "Medium, High, Critical",
      "did you mean 'High'?" },
    { V "contact: { roles: [Ownr] }\n",
      "piket.yaml:2: contact.roles[0]: 'Ownr' is none of Owner, Contributor, "
      "AccountAdmin, ServiceAdmin",
      "did you mean 'Owner'?" },
    { V "requirements: { add: [email-cuont] }\n",
      "piket.yaml:2: requirements.add[0]: 'email-cuont' is none of "
      "contact-configured, contact-enabled, email-configured, email-valid, "
      "email-count, email-domain, phone-configured, phone-valid, "
      "alerts-notified, owner-notified, attack-paths-notified, "
      "desired-contact",
      "did you mean 'email-count'?" },
    { V "thresholds: { min_emails: 0 }\n",
      "piket.yaml:2: thresholds.min_emails: must be a whole number from 1 to "
      "100, not 0",
      NULL },
    { V "thresholds: { min_emails: 1.5 }\n",
      "piket.yaml:2: thresholds.min_emails: must be a whole number from 1 to "
      "100, not 1.5",
      NULL },
    { V "thresholds: { min_emails: two }\n",
      "piket.yaml:2: thresholds.min_emails: must be a number, not the text "
      "'two'",
      NULL },
    { V "thresholds: { allowed_domains: ['contoso'] }\n",
      "piket.yaml:2: thresholds.allowed_domains[0]: 'contoso' is not a domain "
      "such as contoso.nl or *.contoso.nl",
      NULL },
    { V "thresholds: { allowed_domains: ['soc@contoso.nl'] }\n",
      "piket.yaml:2: thresholds.allowed_domains[0]: 'soc@contoso.nl' is not a "
      "domain such as contoso.nl or *.contoso.nl",
      NULL },
    { V "scope: { exclude: [2024] }\n",
      "piket.yaml:2: scope.exclude[0]: must be a text, not the number 2024",
      "in quotes it is one: \"2024\"" },
    { V "scope: { exclude: [*-sandbox] }\n",
      "piket.yaml:2: aliases (*name) are not used here",
      "a text that begins with * must stand in quotes" },
    { V "scope: { management_groups: [a/b] }\n",
      "piket.yaml:2: scope.management_groups[0]: 'a/b' is not the id of a "
      "management group: letters, digits, and _-.() only",
      NULL },
    { V "requirements: { drop: [sheriff] }\n",
      "piket.yaml:2: requirements.drop[0]: 'sheriff' is none of "
      "contact-configured, contact-enabled, email-configured, email-valid, "
      "email-count, email-domain, phone-configured, phone-valid, "
      "alerts-notified, owner-notified, attack-paths-notified, "
      "desired-contact",
      NULL },
    { V "requirements: { add: [3] }\n",
      "piket.yaml:2: requirements.add[0]: must be a text, not the number 3",
      "in quotes it is one: \"3\"" },
    { V "thresholds: { min_emails: 101 }\n",
      "piket.yaml:2: thresholds.min_emails: must be a whole number from 1 to "
      "100, not 101",
      NULL },
    { V "thresholds: { min_emails: yes }\n",
      "piket.yaml:2: thresholds.min_emails: must be a whole number from 1 to "
      "100, not yes",
      NULL },
    { V "thresholds: { min_emails: [2] }\n",
      "piket.yaml:2: thresholds.min_emails: must be a number, not a list",
      NULL },
    { V "thresholds: { alerts_of: [] }\n",
      "piket.yaml:2: thresholds.alerts_of: must be a text, not a list", NULL },
    { V "thresholds: { attack_paths_of: Off }\n",
      "piket.yaml:2: thresholds.attack_paths_of: must be a text, not the "
      "boolean Off",
      "in quotes it is one: \"Off\"" },
    { V "scope: { subscriptions: [{}] }\n",
      "piket.yaml:2: scope.subscriptions[0]: must be a text, not a mapping",
      NULL },
    { V "scope: { subscriptions: [''] }\n",
      "piket.yaml:2: scope.subscriptions[0]: must not be empty", NULL },
    { V "scope:\n",
      "piket.yaml:2: scope: must be a mapping, and nothing is given",
      "its keys stand below it, further to the right" },
    { V "scope: { exclude: }\n",
      "piket.yaml:2: scope.exclude: must be a list, and nothing is given",
      NULL },
    { V "scope:\n  exclude: []\n  exclude: []\n",
      "piket.yaml:4: scope.exclude: is there twice, first on line 3", NULL },
    { V "mutes:\n- requirement: owner-notified\n",
      "piket.yaml:3: mutes[0].subscription: is missing", NULL },
    { V "mutes:\n- subscription: a\n",
      "piket.yaml:3: mutes[0].requirement: is missing", NULL },
    { V "mutes:\n- { subscription: a, requirement: sheriff }\n",
      "piket.yaml:3: mutes[0].requirement: there is no requirement 'sheriff'",
      NULL },
    { V MUTE "    reason: 1\n",
      "piket.yaml:5: mutes[0].reason: must be a text, not the number 1",
      "in quotes it is one: \"1\"" },
    { V MUTE "    reason: x\n    until: 2027-13-01\n",
      "piket.yaml:6: mutes[0].until: there is no day 2027-13-01", NULL },
    { V "mutes: {}\n", "piket.yaml:2: mutes: must be a list, not a mapping",
      NULL },
    { V "mutes: [x]\n",
      "piket.yaml:2: mutes[0]: must be a mapping, not the text 'x'", NULL },
    { V MUTE "    until: 2027-03-01\n",
      "piket.yaml:3: mutes[0].reason: is missing", NULL },
    { V MUTE "    reason: x\n", "piket.yaml:3: mutes[0].until: is missing",
      NULL },
    { V MUTE "    reason: x\n    until: 2027-02-29\n",
      "piket.yaml:6: mutes[0].until: there is no day 2027-02-29", NULL },
    { V MUTE "    reason: x\n    until: 1 March\n",
      "piket.yaml:6: mutes[0].until: '1 March' is not a date such as "
      "2027-03-01",
      NULL },
    { V MUTE "    reason: x\n    untill: 2027-03-01\n",
      "piket.yaml:6: mutes[0].untill: there is no such key",
      "did you mean 'until'?" },
    { V "mutes:\n- { subscription: a, requirement: owner-notifid }\n",
      "piket.yaml:3: mutes[0].requirement: there is no requirement "
      "'owner-notifid'",
      "did you mean 'owner-notified'?" },
    { V "profile: &a strict\n",
      "piket.yaml:2: anchors (&name) are not used here", NULL },
    { V "mutes: &a []\n", "piket.yaml:2: anchors (&name) are not used here",
      NULL },
    { V "contact: !x {}\n", "piket.yaml:2: tags (!name) are not used here",
      NULL },
    { V "&a profile: strict\n",
      "piket.yaml:2: anchors (&name) are not used here", NULL },
    { V "profile: !!str strict\n",
      "piket.yaml:2: tags (!name) are not used here", NULL },
    { V "? [a]\n: b\n", "piket.yaml:2: a key must be a text", NULL },
    { V "profile: \"a\\0b\"\n", "piket.yaml:2: a text holds a NUL", NULL },
    { V "---\nversion: 1\n",
      "piket.yaml:2: a second document begins here; only one may be", NULL },
    { "a: b: c\n",
      "piket.yaml:1: is not YAML: mapping values are not allowed in this "
      "context",
      "a blank must stand behind each colon, and keys of one level below each "
      "other" },
    { V "profile: [strict\n",
      "piket.yaml:3: is not YAML: while parsing a flow sequence, did not find "
      "expected ',' or ']'",
      NULL },
    { V "profile: [*]\n",
      "piket.yaml:2: is not YAML: while scanning an alias, did not find "
      "expected alphabetic or numeric character",
      "a text that begins with * must stand in quotes" },
    { V "profile: \xff\n",
      "piket.yaml:2: is not YAML: invalid leading UTF-8 octet",
      "save it as UTF-8" },
};

static void
names_every_error(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(errors); i++) {
        struct config config = CONFIG_INIT;
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(config_parse(errors[i].text, strlen(errors[i].text),
                                      "piket.yaml", arena, &config, &err),
                         -1);
        assert_string_equal(error_message(&err), errors[i].message);
        if (errors[i].advice == NULL)
            assert_null(err.advice);
        else
            assert_string_equal(err.advice, errors[i].advice);
    }
}

static void
refuse(const char *text, size_t length, const char *message)
{
    struct config config = CONFIG_INIT;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(
        config_parse(text, length, "piket.yaml", arena, &config, &err), -1);
    assert_string_equal(error_message(&err), message);
}

static void
keeps_to_its_ceilings(void **state)
{
    const size_t large = CONFIG_BYTES_CEILING + 1;
    AUTOFREE char *text = malloc(large);

    (void) state;
    assert_non_null(text);
    memset(text, '#', large);
    refuse(text, large, "piket.yaml: is larger than 1048576 bytes");
    memset(text, '[', 1000);
    refuse(text, 1000, "piket.yaml:1: is nested too deeply");
    text[0] = '[';
    for (size_t i = 1; i < large - 1; i++)
        text[i] = i % 2 == 0 ? ',' : 'x';
    refuse(text, large - 1, "piket.yaml:1: too much stands here");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_every_key, new_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(reads_json_and_a_byte_order_mark,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(leaves_unset_what_is_not_given,
                                        new_arena, free_arena),
        cmocka_unit_test_setup_teardown(names_every_error, new_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(keeps_to_its_ceilings, new_arena,
                                        free_arena),
    };

    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
