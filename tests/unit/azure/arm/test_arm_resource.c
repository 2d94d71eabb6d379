/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/arm_resource.h"

#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define ONE "/subscriptions/0000000a-0000-4000-8000-000000000001"
#define TWO "/subscriptions/0000000b-0000-4000-8000-000000000001"
#define SECURITY "/providers/Microsoft.Security"
#define LIST SECURITY "/securityContacts"

static void
ids_name_resources_in_any_case(void **state)
{
    static const struct {
        const char *id;
        bool same;
    } cases[] = {
        { ONE LIST "/default", true },
        { "/SUBSCRIPTIONS/0000000A-0000-4000-8000-000000000001/PROVIDERS/"
          "microsoft.security/SECURITYCONTACTS/Default",
          true },
        { ONE SECURITY "/securityContact/default", true },
        { ONE LIST "/default/", true },
        { TWO LIST "/default", false },
        { ONE LIST "/default1", false },
        { ONE LIST, false },
        { ONE LIST "/default/x", false },
        { ONE "/providers/Microsoft.Compute/securityContacts/default", false },
        { ONE SECURITY "/pricings/default", false },
        { ONE SECURITY "/securityContactss/default", false },
        { ONE "/resourceGroups/g" LIST "/default", false },
        { "default", false },
        { "", false },
        { "/", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(
            arm_resource_is(cases[i].id, ONE LIST "/default?api-version=x"),
            cases[i].same);
    /* Only this type has two names. */
    assert_false(
        arm_resource_is("/managementGroups/team", "/managementGroups/teams"));
}

static const char *
judge(const struct arm_subject *subject, const char *text)
{
    static char told[200];
    const char *id = NULL;
    AUTOJSON json_t *document = json_loads(text, 0, NULL);

    assert_non_null(document);
    switch (arm_resource_judge(subject, document, &id)) {
    case ARM_BELONGING_OURS:
        return "ours";
    case ARM_BELONGING_OPEN:
        return "open";
    case ARM_BELONGING_FOREIGN:
    default:
        assert_non_null(id);
        (void) strncpy(told, id, sizeof(told) - 1);
        return told;
    }
}

#define ID(id_) "{\"id\":\"" id_ "\"}"

static void
lists_hold_ids_of_what_is_in_them(void **state)
{
    static const struct {
        const char *text, *belonging;
    } cases[] = {
        { "{\"value\":[" ID(ONE LIST "/a") "," ID(ONE LIST "/b") "]}",
          "ours" },
        { "[" ID(ONE SECURITY "/securityContact/a") "]", "ours" },
        { "{\"ID\":\"" ONE LIST "/a\",\"NAME\":\"b\"}", "ours" },
        { "{\"id\":\"" ONE LIST "/a\",\"name\":\"A\"}", "ours" },
        { "{\"value\":[" ID(ONE LIST "/a") "],\"nextLink\":\"x\"}", "open" },
        { "{\"value\":[]}", "open" },
        { "{\"value\":null}", "open" },
        { "{}", "open" },
        { "[]", "open" },
        { "{\"value\":[" ID(ONE LIST "/a") ",{\"id\":null},{}]}", "open" },
        { "{\"value\":[" ID(ONE LIST "/a") "," ID(TWO LIST "/b") ",{}]}",
          TWO LIST "/b" },
        { "{\"value\":[{}," ID(TWO LIST "/b") "]}", TWO LIST "/b" },
        { "[" ID(TWO LIST "/a") "]", TWO LIST "/a" },
        { ID(TWO LIST "/a"), TWO LIST "/a" },
        { ID(ONE LIST), ONE LIST },
        { ID(ONE SECURITY "/pricings/a"), ONE SECURITY "/pricings/a" },
        { ID(""), "" },
        { "{\"id\":7}", "(no text)" },
        { "{\"id\":\"" ONE LIST "/a\",\"name\":\"b\"}", ONE LIST "/a" },
    };
    static const struct arm_subject subject = { .resource = ONE LIST "?x=y",
                                                .list = true,
                                                .telling = true };
    struct arm_subject subscriptions = { .resource = "/subscriptions",
                                         .list = true,
                                         .name = "subscriptionId" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(judge(&subject, cases[i].text),
                            cases[i].belonging);
    assert_string_equal(judge(&subscriptions, "{\"value\":[{\"id\":"
                                              "\"/subscriptions/a\","
                                              "\"subscriptionId\":\"A\"}]}"),
                        "open");
    assert_string_equal(judge(&subscriptions, "{\"value\":[{\"id\":"
                                              "\"/subscriptions/a\","
                                              "\"subscriptionId\":\"b\"}]}"),
                        "/subscriptions/a");
    subscriptions.elsewhere = true;
    assert_string_equal(judge(&subscriptions, ID("/tenants/a")), "open");
}

static void
one_resource_has_its_own_id(void **state)
{
    static const struct arm_subject subject = { .resource = ONE SECURITY };

    (void) state;
    assert_string_equal(judge(&subject, ID(ONE SECURITY)), "open");
    assert_string_equal(judge(&subject, "{}"), "open");
    assert_string_equal(judge(&subject, "{\"value\":[" ID(ONE LIST) "]}"),
                        "open");
    assert_string_equal(judge(&subject, "{\"value\":[" ID(TWO LIST) "]}"),
                        TWO LIST);
    assert_string_equal(judge(&subject, ID(TWO SECURITY)), TWO SECURITY);
    assert_string_equal(judge(&subject, ID(ONE "/providers/Microsoft.Web")),
                        ONE "/providers/Microsoft.Web");
    assert_string_equal(judge(&subject, ID(ONE LIST)), ONE LIST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_name_resources_in_any_case),
        cmocka_unit_test(lists_hold_ids_of_what_is_in_them),
        cmocka_unit_test(one_resource_has_its_own_id),
    };

    return cmocka_run_group_tests_name("arm_resource", tests, NULL, NULL);
}
