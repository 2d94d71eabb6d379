/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/contact/contact_template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "unit/unit.h"

static struct arena *arena;

static int
open_arena(void **state)
{
    (void) state;
    arena = arena_new();
    return arena != NULL ? 0 : -1;
}

static int
close_arena(void **state)
{
    (void) state;
    arena_free(arena);
    return 0;
}

static const char *
word(enum contact_level level)
{
    if (level == CONTACT_LEVEL_OFF)
        return "Off";
    return contact_level_name(level) != NULL ? contact_level_name(level) : "-";
}

static void
write_texts(struct buffer *text, const char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_printf(text, "%s%s", i > 0 ? "," : "", items[i]);
}

/* "a@x.nl,b@x.nl +31… High - Owner", or the error and its advice. */
static const char *
read_template(const char *json)
{
    static struct buffer text = BUFFER_INIT(64 * 1024);
    struct desired_contact desired = { .phone = NULL };
    AUTOERROR err = ERROR_INIT;

    buffer_clear(&text);
    if (contact_template_read(json, strlen(json), arena, &desired, &err) < 0) {
        buffer_printf(&text, "%s", error_message(&err));
        if (err.advice != NULL)
            buffer_printf(&text, "; %s", err.advice);
        return buffer_text(&text);
    }
    write_texts(&text, desired.emails, desired.email_count);
    buffer_printf(
        &text, " %s %s %s ", desired.phone != NULL ? desired.phone : "-",
        word(desired.minimal_severity), word(desired.minimal_risk_level));
    write_texts(&text, desired.roles, desired.role_count);
    return buffer_text(&text);
}

#define PROPERTIES_2023                                               \
    "{\"isEnabled\":true,\"emails\":\"soc@contoso.nl;b@contoso.nl\"," \
    "\"phone\":\"+31 20 123 4567\",\"notificationsByRole\":"          \
    "{\"state\":\"On\",\"roles\":[\"owner\"]},"                       \
    "\"notificationsSources\":[{\"sourceType\":\"AttackPath\","       \
    "\"minimalRiskLevel\":\"Critical\"},{\"sourceType\":\"Alert\","   \
    "\"minimalSeverity\":\"medium\"}]}"
#define RESOURCE(name_)                                                   \
    "{\"type\":\"Microsoft.Security/securityContacts\",\"name\":\"" name_ \
    "\",\"apiVersion\":\"2023-12-01-preview\","                           \
    "\"properties\":" PROPERTIES_2023 "}"
#define READ_2023 \
    "soc@contoso.nl,b@contoso.nl +31 20 123 4567 Medium Critical Owner"

static void
reads_whichever_way_it_is_kept(void **state)
{
    static const char *const documents[] = {
        PROPERTIES_2023,
        "\xef\xbb\xbf" PROPERTIES_2023,
        "{\"properties\":" PROPERTIES_2023 "}",
        RESOURCE("default"),
        "[" RESOURCE("default") "]",
        "{\"value\":[" RESOURCE("default") "],\"nextLink\":null}",
        "{\"$schema\":\"https://schema.example/x#\",\"resources\":["
        "{\"type\":\"Microsoft.Security/pricings\",\"name\":\"VirtualMachines"
        "\"}," RESOURCE("default") "]}",
        "{\"languageVersion\":\"2.0\",\"resources\":{\"contact\":" RESOURCE(
            "default") "}}",
        "{\"resources\":[{\"type\":\"Microsoft.Resources/deployments\","
        "\"properties\":{\"template\":{\"resources\":[" RESOURCE(
            "default") "]}}}]}",
        "[" RESOURCE("other") "," RESOURCE("default") "]",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(documents); i++)
        assert_string_equal(read_template(documents[i]), READ_2023);
}

static void
reads_each_version(void **state)
{
    static const struct {
        const char *json, *read;
    } cases[] = {
        /* the configuration document of Trend's SecurityCenter-016 */
        { "{\"id\":\"/subscriptions/x/providers/Microsoft.Security/"
          "securityContacts/default\",\"name\":\"default\",\"type\":"
          "\"Microsoft.Security/securityContacts\",\"properties\":{"
          "\"email\":\"soc@contoso.nl\",\"alertNotifications\":\"On\","
          "\"alertsToAdmins\":\"On\"}}",
          "soc@contoso.nl - High - Owner" },
        { "{\"emails\":\"soc@contoso.nl\",\"alertNotifications\":{\"state\":"
          "\"On\",\"minimalSeverity\":\"Low\"},\"notificationsByRole\":"
          "{\"state\":\"On\",\"roles\":[\"Owner\",\"Contributor\"]}}",
          "soc@contoso.nl - Low - Owner,Contributor" },
        { "{\"emails\":\"soc@contoso.nl\",\"alertNotifications\":{\"state\":"
          "\"On\"}}",
          "soc@contoso.nl - - - " },
        { "{\"notificationsSources\":[{\"sourceType\":\"Alert\","
          "\"minimalSeverity\":\"High\"}]}",
          " - High Off " },
        { "{\"emails\":\"soc@contoso.nl\",\"phone\":\"\"}",
          "soc@contoso.nl - - - " },
        { "{\"notificationsSources\":[{\"sourceType\":\"AttackPath\"},"
          "{\"sourceType\":\"Alert\",\"minimalSeverity\":\"Low\"}]}",
          " - Low - " },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(read_template(cases[i].json), cases[i].read);
}

#define EXPECTED                                                            \
    "; give a Microsoft.Security/securityContacts resource, its properties" \
    ", a list of such resources, or a deployment template with one"

static void
says_what_it_expected(void **state)
{
    static const struct {
        const char *json, *error;
    } cases[] = {
        { "{\"a\":1}", "it holds no security contact" EXPECTED },
        { "[]", "it holds no security contact" EXPECTED },
        { "{\"resources\":[]}", "it holds no security contact" EXPECTED },
        { "{\"type\":\"Microsoft.Security/pricings\",\"properties\":{}}",
          "its type is not Microsoft.Security/securityContacts" EXPECTED },
        { "[7]", "element 0 of it is not an object" },
        { "{\"resources\":[null]}", "one of its resources is not an object" },
        { "{\"properties\":[]}", "its properties are not an object" },
        { "{\"properties\":{}}",
          "its properties say nothing; name what is wanted, such as "
          "emails" },
        { "[" RESOURCE("a") "," RESOURCE("b") "]",
          "it holds 2 security contacts, of which 0 are named default; "
          "leave the one that is wanted" },
        { "{\"emails\":\"[parameters('emails')]\"}",
          "properties.emails: is an expression, [parameters('emails')]; "
          "write the value itself" },
        { "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":"
          "[\"[variables('r')]\"]}}",
          "properties.notificationsByRole: is an expression, "
          "[variables('r')]; write the value itself" },
        { "{\"emails\":\"<valid-email-address(es)>\"}",
          "properties.emails: '<valid-email-address(es)>' is not a valid "
          "e-mail address; write addresses with semicolons between, and "
          "nothing to be filled in" },
        { "{\"emails\":[\"soc@contoso.nl\"]}",
          "the contact: its emails is a list" },
        { "{\"emails\":\"soc@contoso.nl\",\"phne\":\"1\"}",
          "properties.phne: a security contact has no such member; did you "
          "mean phone?" },
        { "{\"notificationsSources\":[{\"sourceType\":\"AttackPath\","
          "\"minimalRiskLvel\":\"Low\"}]}",
          "properties.notificationsSources.minimalRiskLvel: a security "
          "contact has no such member; did you mean minimalRiskLevel?" },
        { "{\"notificationsSources\":[{\"sourceType\":\"Attack\"}]}",
          "properties.notificationsSources: Azure knows no sourceType "
          "'Attack'; there are Alert and AttackPath" },
        { "{\"notificationsByRole\":{\"state\":\"On\",\"role\":[]}}",
          "properties.notificationsByRole.role: a security contact has no "
          "such member; did you mean roles?" },
        { "{\"phone\":\"call us\"}",
          "properties.phone: 'call us' is not a phone number; write it with "
          "the country: a plus sign, then 7 to 15 digits" },
        { "{\"isEnabled\":false}",
          "properties.isEnabled: switches the contact off; no profile lets "
          "that pass; leave the member out, and it stays as it is in "
          "Azure" },
        { "{\"notificationsSources\":[]}",
          "properties.notificationsSources: switches mail about alerts off; "
          "no profile lets that pass; leave the member out, and it stays as "
          "it is in Azure" },
        { "{\"notificationsByRole\":{\"state\":\"Off\"}}",
          "properties.notificationsByRole: switches mail to roles off; no "
          "profile lets that pass; leave the member out, and it stays as it "
          "is in Azure" },
        { "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":"
          "[\"Ownr\"]}}",
          "properties.notificationsByRole: Azure knows no 'Ownr'; did you "
          "mean Owner" },
        { "{\"notificationsSources\":[{\"sourceType\":\"Alert\","
          "\"minimalSeverity\":\"Critical\"}]}",
          "properties.notificationsSources: Azure knows no 'Critical'; one "
          "is Low" },
        { "{\"emails\":\"soc@contoso.nl\",\"alertsToAdmins\":\"On\"}",
          "properties.alertsToAdmins: is of another API version than the "
          "members before it; write all members as one of the three "
          "versions has them" },
        { "{\"emails\":\"a@x.nl\",\"emails\":\"b@x.nl\"}",
          "line 1, column 27: duplicate object key near '\"emails\"'; it "
          "must be JSON, without comments" },
        { "{ // no\n", "line 1, column 3: string or '}' expected near '/'; "
                       "it must be JSON, without comments" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(read_template(cases[i].json), cases[i].error);
}

static void
has_ceilings(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(4 * 1024 * 1024);

    (void) state;
    for (unsigned i = 0; i < 101; i++)
        buffer_printf(&text, "%s%s", i == 0 ? "[" : ",", RESOURCE("default"));
    buffer_append_text(&text, "]");
    assert_string_equal(read_template(buffer_text(&text)),
                        "it holds more than 100 security contacts");
    buffer_clear(&text);
    for (unsigned i = 0; i < 9; i++)
        buffer_append_text(&text, "{\"resources\":[{\"type\":\"Microsoft."
                                  "Resources/deployments\",\"properties\":"
                                  "{\"template\":");
    buffer_append_text(&text, "{\"resources\":[]}");
    for (unsigned i = 0; i < 9; i++)
        buffer_append_text(&text, "}}]}");
    assert_string_equal(read_template(buffer_text(&text)),
                        "its deployments are nested more than 8 deep");
    buffer_clear(&text);
    for (unsigned i = 0; i <= CONTACT_TEMPLATE_CEILING; i++)
        buffer_append_byte(&text, ' ');
    assert_string_equal(read_template(buffer_text(&text)),
                        "it is larger than 1024 KiB");
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, open_arena, close_arena)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_whichever_way_it_is_kept),
        TEST(reads_each_version),
        TEST(says_what_it_expected),
        TEST(has_ceilings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
