/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/apply/expected_state.h"

#include <string.h>

#include "azure/contact/contact_snapshot.h"
#include "base/cleanup.h"
#include "engine/apply/change_error.h"
#include "unit/unit.h"

#define EMAILS "\"emails\":\"soc@contoso.nl\""
#define PHONE "\"phone\":\"+31 20 123 4567\""
#define ROLES \
    "\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]}"
#define ALERTS                                             \
    "\"notificationsSources\":[{\"sourceType\":\"Alert\"," \
    "\"minimalSeverity\":\"High\"}]"
#define ENABLED "\"isEnabled\":true"
#define WHOLE ENABLED "," EMAILS "," PHONE "," ROLES "," ALERTS
#define BODY(members_) "{\"properties\":{" members_ "}}"
#define PAGE(members_)                                            \
    "{\"value\":[{\"name\":\"default\",\"properties\":{" members_ \
    "},\"etag\":\"1\"}]}"

static const struct subscription subscription = {
    .id = "00000000-0000-4000-8000-000000000001",
    .name = "Zorg",
    .tenant_id = "7c0ffee0-0000-4000-8000-00000000abcd",
    .state = "Enabled",
};
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

static struct expected_state
intend(const char *body, const struct profile *profile)
{
    return (struct expected_state){
        .subscription = &subscription,
        .version = CONTACT_VERSION_2023_12_01,
        .body = body,
        .profile = profile,
    };
}

static struct contact_reading
read_page(const char *page)
{
    struct contact_snapshot *image = arena_allocate(arena, sizeof(*image));
    struct contact_reading reading;
    AUTOERROR err = ERROR_INIT;

    *image = (struct contact_snapshot){ CONTACT_VERSION_2023_12_01, page,
                                        strlen(page) };
    assert_int_equal(contact_snapshot_decode(image, arena, &reading, &err), 0);
    reading.image = image;
    return reading;
}

static struct expected_state_verdict
judge(const struct expected_state *expected_state,
      const struct contact_reading *reading)
{
    struct expected_state_verdict verdict;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(
        expected_state_judge(expected_state, reading, arena, &verdict, &err),
        0);
    return verdict;
}

static void
what_was_written_and_passes_is_met(void **state)
{
    const struct expected_state expected_state =
        intend(BODY(WHOLE), profile_default());
    const struct contact_reading reading = read_page(PAGE(WHOLE));

    (void) state;
    assert_true(judge(&expected_state, &reading).met);
}

static void
what_came_back_different_is_named(void **state)
{
    const struct expected_state expected_state =
        intend(BODY(WHOLE), profile_default());
    const struct contact_reading reading =
        read_page(PAGE(ENABLED "," EMAILS "," ROLES "," ALERTS));
    const struct expected_state_verdict verdict =
        judge(&expected_state, &reading);

    (void) state;
    assert_false(verdict.met);
    assert_int_equal(verdict.residue_count, 1);
    assert_string_equal(verdict.residue[0].member, "phone");
    assert_null(verdict.residue[0].actual);
}

/* A body may be there to the letter, and yet nobody is mailed. */
static void
what_was_written_and_does_not_pass_is_not_met(void **state)
{
    const struct expected_state expected_state =
        intend(BODY(EMAILS), profile_default());
    const struct contact_reading reading = read_page(
        PAGE("\"isEnabled\":false," EMAILS "," PHONE "," ROLES "," ALERTS));
    const struct expected_state_verdict verdict =
        judge(&expected_state, &reading);

    (void) state;
    assert_false(verdict.met);
    assert_int_equal(verdict.residue_count, 0);
    assert_string_equal(verdict.error->code, CHANGE_CODE_NOT_COMPLIANT);
    assert_non_null(strstr(verdict.error->message, " contact-enabled"));
    assert_null(strstr(verdict.error->message, "email-configured"));
}

static void
a_reversal_asks_for_no_profile_but_for_the_same_json(void **state)
{
    struct expected_state expected_state = intend(BODY(EMAILS), NULL);
    const struct contact_reading reading =
        read_page(PAGE("\"emails\":\"SOC@contoso.nl\""));

    (void) state;
    assert_true(judge(&expected_state, &reading).met);
    expected_state.exact = true;
    assert_false(judge(&expected_state, &reading).met);
}

static void
a_removal_is_met_where_there_is_no_contact(void **state)
{
    const struct expected_state expected_state = intend(NULL, NULL);
    const struct contact_reading there = read_page(PAGE(EMAILS));
    const struct contact_reading none = read_page("{\"value\":[]}");
    const struct contact_reading unregistered = {
        .kind = CONTACT_READING_UNREGISTERED,
        .version = CONTACT_VERSION_2023_12_01,
    };

    (void) state;
    assert_false(judge(&expected_state, &there).met);
    assert_true(judge(&expected_state, &none).met);
    assert_true(judge(&expected_state, &unregistered).met);
}

static void
another_version_shows_something_else(void **state)
{
    struct expected_state expected_state =
        intend(BODY(WHOLE), profile_default());
    const struct contact_reading reading = read_page(PAGE(WHOLE));

    (void) state;
    expected_state.version = CONTACT_VERSION_2020_01_01;
    const struct expected_state_verdict verdict =
        judge(&expected_state, &reading);
    assert_false(verdict.met);
    assert_string_equal(verdict.error->code, CHANGE_CODE_VERSION);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_and_passes_is_met,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_came_back_different_is_named,
                                        open_arena, close_arena),
        cmocka_unit_test_setup_teardown(
            what_was_written_and_does_not_pass_is_not_met, open_arena,
            close_arena),
        cmocka_unit_test_setup_teardown(
            a_reversal_asks_for_no_profile_but_for_the_same_json, open_arena,
            close_arena),
        cmocka_unit_test_setup_teardown(
            a_removal_is_met_where_there_is_no_contact, open_arena,
            close_arena),
        cmocka_unit_test_setup_teardown(another_version_shows_something_else,
                                        open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
