/* SPDX-License-Identifier: Apache-2.0 */
#include "contact/view.h"

#include <string.h>

#include "unit/unit.h"

/* A row of what is sent through a version, and what comes back. */
struct exchange_row {
    const struct contact_view *view;
    const char *stored; /* through the same version, before; or NULL */
    const char *sent;
    const char *shown;
};

static json_t *
parse(const char *text)
{
    json_t *value = json_loads(text, 0, NULL);

    assert_non_null(value);
    return value;
}

static int
merge(const struct contact_view *view, struct contact *contact,
      const char *text, struct error *err)
{
    struct arena *arena = arena_new();
    json_t *value = parse(text);
    const int result = view->merge(contact, value, false, arena, err);

    json_decref(value);
    arena_free(arena);
    return result;
}

static void
check_shown(const struct contact_view *view, const struct contact *contact,
            size_t part, const char *expected)
{
    json_t *shown = view->properties(contact, part);
    json_t *wanted = parse(expected);

    assert_non_null(shown);
    if (!json_equal(shown, wanted))
        fail_msg("%s, not %s", json_dumps(shown, 0), expected);
    json_decref(shown);
    json_decref(wanted);
}

#define VIEW_2017 &contact_view_2017
#define VIEW_2020 &contact_view_2020
#define VIEW_2023 &contact_view_2023

static const struct exchange_row rows[] = {
    { VIEW_2020, NULL, "{\"notificationsByRole\":{\"state\":\"On\"}}",
      "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]}}" },
    { VIEW_2020, NULL, "{\"notificationsByRole\":{\"state\":\"off\"}}",
      "{\"notificationsByRole\":{\"state\":\"Off\",\"roles\":[]}}" },
    { VIEW_2020, NULL,
      "{\"notificationsByRole\":{\"state\":\"On\","
      "\"roles\":[\"contributor\",\"Admin\"]}}",
      "{\"notificationsByRole\":{\"state\":\"On\","
      "\"roles\":[\"Contributor\",\"Admin\"]}}" },
    { VIEW_2020, NULL, "{\"alertNotifications\":{\"state\":\"ON\"}}",
      "{\"alertNotifications\":{\"state\":\"On\","
      "\"minimalSeverity\":\"High\"}}" },
    { VIEW_2020, NULL, "{\"alertNotifications\":{\"state\":\"Off\"}}",
      "{\"alertNotifications\":{\"state\":\"Off\","
      "\"minimalSeverity\":\"\"}}" },
    { VIEW_2020, "{\"phone\":\"123\",\"emails\":\"a@b.nl\"}",
      "{\"phone\":\"\",\"emails\":\"\"}",
      "{\"phone\":\"123\",\"emails\":\"\"}" },
    { VIEW_2023, "{\"emails\":\"a@b.nl\"}", "{\"isEnabled\":false}",
      "{\"notificationsSources\":[],\"isEnabled\":false,"
      "\"emails\":\"a@b.nl\"}" },
    { VIEW_2023, NULL,
      "{\"notificationsSources\":[{\"sourceType\":\"attackpath\"},"
      "{\"sourceType\":\"Alert\",\"minimalSeverity\":\"low\"}]}",
      "{\"isEnabled\":true,\"notificationsSources\":["
      "{\"sourceType\":\"AttackPath\",\"minimalRiskLevel\":\"Critical\"},"
      "{\"sourceType\":\"Alert\",\"minimalSeverity\":\"Low\"}]}" },
    { VIEW_2023, "{\"notificationsSources\":[{\"sourceType\":\"Alert\"}]}",
      "{\"notificationsSources\":[]}",
      "{\"isEnabled\":true,\"notificationsSources\":[]}" },
    { VIEW_2017, NULL,
      "{\"email\":\"a@b.nl\",\"alertNotifications\":\"on\","
      "\"alertsToAdmins\":\"OFF\"}",
      "{\"email\":\"a@b.nl\",\"alertNotifications\":\"On\","
      "\"alertsToAdmins\":\"Off\"}" },
};

static void
merges_and_fills_in(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct contact *contact = contact_new("default");
        if (rows[i].stored != NULL)
            assert_int_equal(
                merge(rows[i].view, contact, rows[i].stored, NULL), 0);
        assert_int_equal(merge(rows[i].view, contact, rows[i].sent, NULL), 0);
        check_shown(rows[i].view, contact, 0, rows[i].shown);
        contact_free(contact);
    }
}

static void
refuses_and_names_the_member(void **state)
{
    static const struct {
        const struct contact_view *view;
        const char *sent;
        const char *named;
    } wrong[] = {
        { VIEW_2023, "{\"alertNotifications\":{}}",
          "properties.alertNotifications" },
        { VIEW_2023, "{\"isEnabled\":\"true\"}", "properties.isEnabled" },
        { VIEW_2023, "{\"notificationsSources\":[{}]}",
          "properties.notificationsSources[0].sourceType" },
        { VIEW_2023,
          "{\"notificationsSources\":[{\"sourceType\":\"Alert\","
          "\"minimalSeverity\":\"Critical\"}]}",
          "properties.notificationsSources[0].minimalSeverity" },
        { VIEW_2023, "{\"notificationsByRole\":{\"roles\":[\"Reader\"]}}",
          "properties.notificationsByRole.roles[0]" },
        { VIEW_2020, "{\"isEnabled\":true}", "properties.isEnabled" },
        { VIEW_2020, "{\"emails\":[\"a@b.nl\"]}", "properties.emails" },
        { VIEW_2017, "{\"phone\":\"1\"}", "properties.email" },
        { VIEW_2017, "{\"email\":\"a@b.nl,c@d.nl\"}", "properties.email" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct contact *contact = contact_new("default");
        struct error err = ERROR_INIT;
        assert_int_equal(merge(wrong[i].view, contact, wrong[i].sent, &err),
                         -1);
        assert_int_equal(strncmp(error_message(&err), wrong[i].named,
                                 strlen(wrong[i].named)),
                         0);
        error_done(&err);
        contact_free(contact);
    }
}

static void
early_version_splits_addresses(void **state)
{
    struct contact *contact = contact_new("default");
    struct arena *arena = arena_new();

    (void) state;
    assert_int_equal(contact_set_text(&contact->emails, " a@b.nl; ,c@d.nl;"),
                     0);
    assert_int_equal(contact_set_text(&contact->phone, "1"), 0);
    assert_int_equal(contact_view_2017.parts(contact), 2);
    assert_string_equal(contact_view_2017.part_name(contact, 1, arena),
                        "c-d.nl");
    check_shown(VIEW_2017, contact, 0,
                "{\"email\":\"a@b.nl\","
                "\"phone\":\"1\"}");
    check_shown(VIEW_2017, contact, 1, "{\"email\":\"c@d.nl\"}");
    assert_int_equal(contact_set_text(&contact->emails, NULL), 0);
    assert_int_equal(contact_view_2017.parts(contact), 1);
    assert_string_equal(contact_view_2017.part_name(contact, 0, arena),
                        "default");
    arena_free(arena);
    contact_free(contact);
}

static void
early_write_keeps_attack_paths(void **state)
{
    struct contact *contact = contact_new("default");

    (void) state;
    assert_int_equal(merge(VIEW_2023, contact,
                           "{\"isEnabled\":false,\"notificationsSources\":"
                           "[{\"sourceType\":\"AttackPath\","
                           "\"minimalRiskLevel\":\"Low\"}]}",
                           NULL),
                     0);
    assert_int_equal(
        merge(VIEW_2020, contact, "{\"emails\":\"a@b.nl\"}", NULL), 0);
    check_shown(VIEW_2023, contact, 0,
                "{\"isEnabled\":false,\"emails\":\"a@b.nl\","
                "\"notificationsSources\":[{\"sourceType\":\"AttackPath\","
                "\"minimalRiskLevel\":\"Low\"}]}");
    contact_free(contact);
}

static void
copies_share_nothing(void **state)
{
    struct contacts contacts = { .count = 0 };
    struct contacts copy;

    (void) state;
    assert_int_equal(contacts_add(&contacts, contact_new("default")), 0);
    assert_int_equal(contacts_add(&contacts, contact_new("Other")), 0);
    assert_int_equal(contact_set_text(&contacts.items[0]->emails, "a@b.nl"),
                     0);
    assert_int_equal(contacts_copy(&contacts, &copy), 0);
    contacts_remove(&contacts, contacts_find(&contacts, "DEFAULT"));
    assert_int_equal(contacts.count, 1);
    assert_null(contacts_find(&contacts, "default"));
    assert_int_equal(copy.count, 2);
    assert_string_equal(contacts_find(&copy, "default")->emails, "a@b.nl");
    contacts_done(&contacts);
    contacts_done(&copy);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merges_and_fills_in),
        cmocka_unit_test(refuses_and_names_the_member),
        cmocka_unit_test(early_version_splits_addresses),
        cmocka_unit_test(early_write_keeps_attack_paths),
        cmocka_unit_test(copies_share_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
