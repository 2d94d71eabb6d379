/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/contact/contact_document.h"

#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"
#include "unit/unit.h"

static struct arena *arena;

static int
make_arena(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
drop_arena(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

/* Single quotes stand for double ones. */
static json_t *
parse(const char *text)
{
    char *copy = arena_copy(arena, text);

    for (char *letter = copy; *letter != '\0'; letter++)
        if (*letter == '\'')
            *letter = '"';
    json_t *document = json_loads(copy, 0, NULL);
    assert_non_null(document);
    return document;
}

static struct contact_reading
decode(const char *text, enum contact_version version)
{
    AUTOJSON json_t *elements = parse(text);
    struct contact_reading reading;
    AUTOERROR err = ERROR_INIT;

    if (contact_document_decode(elements, version, arena, &reading, &err) < 0)
        fail_msg("%s", error_message(&err));
    return reading;
}

static void
reads_the_2023_version(void **state)
{
    const struct contact_reading reading =
        decode("[{'name':'default','properties':{'isEnabled':true,"
               "'emails':'soc@contoso.nl; piket@contoso.nl ,,;','phone':' ',"
               "'notificationsByRole':{'state':'on','roles':['Owner','New']},"
               "'notificationsSources':["
               "{'sourceType':'alert','minimalSeverity':'high'},"
               "{'sourceType':'AttackPath','minimalRiskLevel':'Critical'},"
               "{'sourceType':'Comet','minimalSize':3}]}}]",
               CONTACT_VERSION_2023_12_01);
    const struct contact *contact = reading.contact;

    (void) state;
    assert_int_equal(reading.kind, CONTACT_READING_DONE);
    assert_int_equal(reading.other_count, 0);
    assert_string_equal(contact->name, "default");
    assert_int_equal(contact->enabled, CONTACT_ON);
    assert_int_equal(contact->email_count, 2);
    assert_string_equal(contact->emails[0], "soc@contoso.nl");
    assert_string_equal(contact->emails[1], "piket@contoso.nl");
    assert_null(contact->phone);
    assert_int_equal(contact->roles_notified, CONTACT_ON);
    assert_int_equal(contact->role_count, 2);
    assert_string_equal(contact->roles[1], "New");
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_HIGH);
    assert_string_equal(contact->alerts.text, "high");
    assert_int_equal(contact->attack_paths.level, CONTACT_LEVEL_CRITICAL);
}

static void
what_is_absent_is_off_but_enabled(void **state)
{
    const struct contact *contact =
        decode("[{'name':'Default','properties':{'emails':null,"
               "'notificationsSources':null}}]",
               CONTACT_VERSION_2023_12_01)
            .contact;

    (void) state;
    assert_non_null(contact);
    assert_int_equal(contact->enabled, CONTACT_ON);
    assert_int_equal(contact->email_count, 0);
    assert_int_equal(contact->roles_notified, CONTACT_OFF);
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_OFF);
    assert_int_equal(contact->attack_paths.level, CONTACT_LEVEL_OFF);
}

static void
of_two_alert_sources_the_lower_counts(void **state)
{
    const struct contact *contact =
        decode("[{'name':'default','properties':{'notificationsSources':["
               "{'sourceType':'Alert','minimalSeverity':'High'},"
               "{'sourceType':'Alert','minimalSeverity':'Low'},"
               "{'sourceType':'Alert','minimalSeverity':'Medium'}]}}]",
               CONTACT_VERSION_2023_12_01)
            .contact;

    (void) state;
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_LOW);
}

static void
levels_new_to_us_are_kept(void **state)
{
    const struct contact *contact =
        decode("[{'name':'default','properties':{'notificationsSources':["
               "{'sourceType':'Alert','minimalSeverity':'Severe'},"
               "{'sourceType':'AttackPath'}]}}]",
               CONTACT_VERSION_2023_12_01)
            .contact;

    (void) state;
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_UNRECOGNIZED);
    assert_string_equal(contact->alerts.text, "Severe");
    assert_int_equal(contact->attack_paths.level, CONTACT_LEVEL_UNRECOGNIZED);
}

static void
reads_the_2020_version(void **state)
{
    const struct contact_reading reading =
        decode("[{'id':'/subscriptions/x/providers/Microsoft.Security/"
               "securityContact/default','properties':{"
               "'emails':'soc@contoso.nl','phone':'+31201234567',"
               "'alertNotifications':{'state':'On',"
               "'minimalSeverity':'Medium'},"
               "'notificationsByRole':{'state':'Off','roles':[]}}}]",
               CONTACT_VERSION_2020_01_01);
    const struct contact *contact = reading.contact;

    (void) state;
    assert_string_equal(contact->name, "default");
    assert_int_equal(contact->enabled, CONTACT_UNSEEN);
    assert_int_equal(contact->attack_paths.level, CONTACT_LEVEL_UNSEEN);
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_MEDIUM);
    assert_int_equal(contact->roles_notified, CONTACT_OFF);
    assert_string_equal(contact->phone, "+31201234567");
}

/* As recorded: Off comes with an empty severity, and a contact of 2021 had
 * no alertNotifications at all. */
static void
reads_alerts_that_are_off_in_2020(void **state)
{
    static const char *const documents[] = {
        "[{'name':'default','properties':{'alertNotifications':"
        "{'state':'Off','minimalSeverity':''}}}]",
        "[{'name':'default','properties':{'emails':'a@b.nl'}}]",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(documents); i++)
        assert_int_equal(decode(documents[i], CONTACT_VERSION_2020_01_01)
                             .contact->alerts.level,
                         CONTACT_LEVEL_OFF);
}

static void
reads_all_2017_contacts_as_one(void **state)
{
    const struct contact_reading reading =
        decode("[{'name':'a','properties':{'email':'a@b.nl',"
               "'alertNotifications':'on','alertsToAdmins':'Off'}},"
               "{'name':'default1','properties':{'email':'A@B.nl','phone':'1',"
               "'alertNotifications':'On','alertsToAdmins':'On'}},"
               "{'name':'c','properties':{'email':'c@b.nl','phone':'2',"
               "'alertNotifications':'On','alertsToAdmins':'Off'}}]",
               CONTACT_VERSION_2017_08_01);
    const struct contact *contact = reading.contact;

    (void) state;
    assert_int_equal(reading.version, CONTACT_VERSION_2017_08_01);
    assert_int_equal(reading.other_count, 0);
    assert_string_equal(contact->name, "a");
    assert_int_equal(contact->email_count, 2);
    assert_string_equal(contact->emails[1], "c@b.nl");
    assert_string_equal(contact->phone, "1");
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_HIGH);
    assert_int_equal(contact->roles_notified, CONTACT_ON);
    assert_string_equal(contact->roles[0], "Owner");
}

/* One contact with an address whose mail is off, another that mails but names
 * nobody: together they mail nobody. */
static void
an_address_counts_only_where_its_own_mail_is_on(void **state)
{
    const struct contact *contact =
        decode("[{'name':'a','properties':{'email':'a@b.nl',"
               "'alertNotifications':'Off'}},"
               "{'name':'b','properties':{'email':'',"
               "'alertNotifications':'On','alertsToAdmins':'On'}}]",
               CONTACT_VERSION_2017_08_01)
            .contact;

    (void) state;
    assert_int_equal(contact->email_count, 0);
    assert_int_equal(contact->alerts.level, CONTACT_LEVEL_HIGH);
}

static void
reads_members_in_any_letter_case(void **state)
{
    const struct contact *contact =
        decode("[{'name':'default','properties':{'IsEnabled':false,"
               "'EMAILS':'a@b.nl'}}]",
               CONTACT_VERSION_2023_12_01)
            .contact;

    (void) state;
    assert_int_equal(contact->enabled, CONTACT_OFF);
    assert_int_equal(contact->email_count, 1);
}

static void
sets_contacts_of_other_names_apart(void **state)
{
    struct contact_reading reading =
        decode("[{'name':'default1','properties':{}},"
               "{'name':'DEFAULT','properties':{'phone':'1'}},"
               "{'name':'other','properties':{'phone':'2'}}]",
               CONTACT_VERSION_2020_01_01);

    (void) state;
    assert_string_equal(reading.contact->phone, "1");
    assert_int_equal(reading.other_count, 2);
    assert_string_equal(reading.others[0]->name, "default1");
    assert_string_equal(reading.others[1]->phone, "2");
    reading = decode("[{'name':'default1','properties':{}}]",
                     CONTACT_VERSION_2020_01_01);
    assert_null(reading.contact);
    assert_int_equal(reading.other_count, 1);
    reading = decode("[]", CONTACT_VERSION_2023_12_01);
    assert_null(reading.contact);
    assert_int_equal(reading.other_count, 0);
}

static void
names_what_is_of_the_wrong_type(void **state)
{
    static const struct {
        const char *document, *message;
    } cases[] = {
        { "[7]", "a contact is not an object" },
        { "[{'name':'default','properties':{}},"
          "{'name':'Default','properties':{}}]",
          "there are two contacts named default" },
        { "[{'name':'default'}]", "contact 'default' has no properties" },
        { "[{'name':'default','properties':null}]",
          "contact 'default' has no properties" },
        { "[{'name':'default','properties':{'emails':['a@b.nl']}}]",
          "contact 'default': its emails is a list" },
        { "[{'name':'default','properties':{'phone':7}}]",
          "contact 'default': its phone is a number" },
        { "[{'name':'default','properties':{'isEnabled':'perhaps'}}]",
          "contact 'default': its isEnabled is a text" },
        { "[{'name':'default','properties':{'notificationsByRole':"
          "{'state':'Maybe'}}}]",
          "contact 'default': notificationsByRole: its state is neither On "
          "nor Off: 'Maybe'" },
        { "[{'name':'default','properties':{'notificationsByRole':"
          "{'state':'On','roles':[{}]}}}]",
          "contact 'default': its notificationsByRole.roles is an object" },
        { "[{'name':'default','properties':{'notificationsSources':{}}}]",
          "contact 'default': its notificationsSources is an object" },
        { "[{'name':'default','properties':{'notificationsSources':[1]}}]",
          "contact 'default': its notificationsSources is a number" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOJSON json_t *elements = parse(cases[i].document);
        struct contact_reading reading;
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(contact_document_decode(elements,
                                                 CONTACT_VERSION_2023_12_01,
                                                 arena, &reading, &err),
                         -1);
        assert_string_equal(error_message(&err), cases[i].message);
    }
}

static void
refuses_more_than_anybody_needs(void **state)
{
    AUTOJSON json_t *elements = json_array();
    struct contact_reading reading;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    for (int i = 0; i < 1001; i++)
        json_array_append_new(elements, parse("{'properties':{}}"));
    assert_int_equal(contact_document_decode(elements,
                                             CONTACT_VERSION_2017_08_01, arena,
                                             &reading, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "there are 1001 contacts, more than 1000");
}

int
main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        TEST(reads_the_2023_version),
        TEST(what_is_absent_is_off_but_enabled),
        TEST(of_two_alert_sources_the_lower_counts),
        TEST(levels_new_to_us_are_kept),
        TEST(reads_the_2020_version),
        TEST(reads_alerts_that_are_off_in_2020),
        TEST(reads_all_2017_contacts_as_one),
        TEST(an_address_counts_only_where_its_own_mail_is_on),
        TEST(reads_members_in_any_letter_case),
        TEST(sets_contacts_of_other_names_apart),
        TEST(names_what_is_of_the_wrong_type),
        TEST(refuses_more_than_anybody_needs),
    };

    return cmocka_run_group_tests_name("contact_document", tests, NULL, NULL);
}
