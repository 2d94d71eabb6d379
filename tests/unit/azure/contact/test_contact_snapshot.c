/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/contact/contact_snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

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

static struct contact_snapshot
image_of(const char *bytes)
{
    return (struct contact_snapshot){ .version = CONTACT_VERSION_2023_12_01,
                                      .bytes = bytes,
                                      .length = strlen(bytes) };
}

/* A page with these properties. */
static struct contact_snapshot
image_with(const char *properties)
{
    return image_of(arena_printf(arena,
                                 "{\"value\":[{\"etag\":\"\\\"x\\\"\","
                                 "\"name\":\"default\",\"properties\":%s}]}",
                                 properties));
}

static void
decode(const struct contact_snapshot *image,
       struct contact_reading *ret_reading)
{
    AUTOERROR err = ERROR_INIT;

    if (contact_snapshot_decode(image, arena, ret_reading, &err) < 0)
        fail_msg("%s: %s", image->bytes, error_message(&err));
}

static const char *
revise(const struct contact_snapshot *image, const struct contact *after)
{
    static struct buffer body = BUFFER_INIT(64 * 1024);
    AUTOERROR err = ERROR_INIT;

    buffer_clear(&body);
    return contact_snapshot_revise(image, after, &body, &err) < 0
               ? arena_copy(arena, error_message(&err))
               : buffer_text(&body);
}

/* "member: intended -> actual" for each row. */
static const char *
residue(const char *body, const char *properties, bool exact)
{
    AUTOBUFFER text = BUFFER_INIT(64 * 1024);
    AUTOERROR err = ERROR_INIT;
    struct contact_snapshot actual = image_of("{\"value\":[]}");
    struct change_residue *rows = NULL;
    size_t count = 0;

    if (properties != NULL)
        actual = image_with(properties);
    if (contact_snapshot_residue(body, &actual, exact, arena, &rows, &count,
                                 &err)
        < 0)
        return arena_copy(arena, error_message(&err));
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "%s%s: %s -> %s", i > 0 ? "; " : "",
                      rows[i].member,
                      rows[i].intended != NULL ? rows[i].intended : "none",
                      rows[i].actual != NULL ? rows[i].actual : "none");
    return arena_copy(arena, buffer_text(&text));
}

static bool
equal(struct contact_snapshot left, struct contact_snapshot right)
{
    AUTOERROR err = ERROR_INIT;
    bool same = false;

    if (contact_snapshot_equal(&left, &right, &same, &err) < 0)
        fail_msg("%s", error_message(&err));
    return same;
}

static void
reads_as_the_reader_does(void **state)
{
    static const char *const empty[] = {
        "{\"value\":[]}",
        "[]",
        ("{\"error\":{\"code\":\"404\",\"message\":\"Could not find "
         "security contact with name default\"}}"),
    };
    struct contact_reading reading;
    struct contact_snapshot image = image_with("{\"emails\":\"a@x.nl\"}");

    (void) state;
    decode(&image, &reading);
    assert_string_equal(reading.contact->emails[0], "a@x.nl");
    for (size_t i = 0; i < ARRAY_LENGTH(empty); i++) {
        image = image_of(empty[i]);
        decode(&image, &reading);
        assert_int_equal(reading.kind, CONTACT_READING_DONE);
        assert_null(reading.contact);
    }
    AUTOERROR err = ERROR_INIT;
    image = image_of("{\"error\":{\"code\":\"403\",\"message\":\"no\"}}");
    assert_int_equal(contact_snapshot_decode(&image, arena, &reading, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "what is kept of the contacts is no list");
}

static void
compares_properties_alone(void **state)
{
    const struct contact_snapshot none = image_of("{\"value\":[]}");
    struct contact_snapshot old = image_with("{\"phone\":\"1\"}");

    (void) state;
    old.version = CONTACT_VERSION_2020_01_01;
    assert_true(equal(image_of("[{\"name\":\"default\",\"etag\":1,"
                               "\"properties\":{\"a\":1,\"b\":[2]}}]"),
                      image_with("{\"b\":[2],\"a\":1}")));
    assert_false(equal(image_with("{\"a\":1}"), image_with("{\"a\":2}")));
    assert_false(
        equal(image_with("{\"a\":1}"), image_with("{\"a\":1,\"b\":null}")));
    assert_false(equal(image_with("{\"phone\":\"1\"}"), old));
    assert_false(equal(image_with("{}"), none));
    assert_true(equal(none, image_of("[{\"name\":\"other\","
                                     "\"properties\":{}}]")));
}

static void
writes_what_differs_and_keeps_the_rest(void **state)
{
    struct contact_snapshot image = image_with(
        "{\"Emails\":\"a@x.nl, b@x.nl\",\"isEnabled\":false,\"future\":"
        "{\"x\":[1]},\"notificationsSources\":[{\"sourceType\":\"Weather\"},"
        "{\"sourceType\":\"alert\",\"MinimalSeverity\":\"Low\",\"y\":1},"
        "{\"sourceType\":\"Alert\",\"minimalSeverity\":\"High\"}],"
        "\"notificationsByRole\":{\"state\":\"Off\",\"roles\":[\"Admin\"],"
        "\"z\":2}}");
    static const char *const emails[] = { "a@x.nl", "c@x.nl" };
    struct contact_reading reading;

    (void) state;
    decode(&image, &reading);
    struct contact after = *reading.contact;
    /* Nothing differs: written as it stands. */
    assert_string_equal(
        revise(&image, &after),
        "{\"properties\":{\"Emails\":\"a@x.nl, b@x.nl\",\"isEnabled\":false,"
        "\"future\":{\"x\":[1]},\"notificationsSources\":[{\"sourceType\":"
        "\"Weather\"},{\"sourceType\":\"alert\",\"MinimalSeverity\":\"Low\","
        "\"y\":1},{\"sourceType\":\"Alert\",\"minimalSeverity\":\"High\"}],"
        "\"notificationsByRole\":{\"state\":\"Off\",\"roles\":[\"Admin\"],"
        "\"z\":2}}}");
    after.enabled = CONTACT_ON;
    after.emails = emails;
    after.email_count = 2;
    after.phone = "+31 20 123 4567";
    after.alerts = (struct contact_threshold){ CONTACT_LEVEL_MEDIUM, NULL };
    after.attack_paths =
        (struct contact_threshold){ CONTACT_LEVEL_CRITICAL, "Critical" };
    after.roles_notified = CONTACT_ON;
    assert_string_equal(
        revise(&image, &after),
        "{\"properties\":{\"Emails\":\"a@x.nl;c@x.nl\",\"isEnabled\":true,"
        "\"future\":{\"x\":[1]},\"notificationsSources\":[{\"sourceType\":"
        "\"Weather\"},{\"sourceType\":\"alert\",\"MinimalSeverity\":"
        "\"Medium\",\"y\":1},{\"sourceType\":\"AttackPath\","
        "\"minimalRiskLevel\":\"Critical\"}],\"notificationsByRole\":"
        "{\"state\":\"On\",\"roles\":[\"Admin\"],\"z\":2},\"phone\":"
        "\"+31 20 123 4567\"}}");
}

static void
writes_a_contact_that_was_not_there(void **state)
{
    static const char *const emails[] = { "a@x.nl" };
    static const char *const roles[] = { "Owner" };
    struct contact_snapshot image = image_of("{\"value\":[]}");
    struct contact after = {
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = 1,
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
        .attack_paths = { CONTACT_LEVEL_OFF, NULL },
        .roles_notified = CONTACT_ON,
        .roles = roles,
        .role_count = 1,
    };

    (void) state;
    assert_string_equal(
        revise(&image, &after),
        "{\"properties\":{\"isEnabled\":true,\"emails\":\"a@x.nl\","
        "\"notificationsSources\":[{\"sourceType\":\"Alert\","
        "\"minimalSeverity\":\"High\"}],\"notificationsByRole\":{\"state\":"
        "\"On\",\"roles\":[\"Owner\"]}}}");
    image.version = CONTACT_VERSION_2020_01_01;
    assert_string_equal(revise(&image, &after),
                        "whether a contact is enabled cannot be written in "
                        "2020-01-01-preview");
    after.enabled = CONTACT_UNSEEN;
    assert_string_equal(
        revise(&image, &after),
        "mail about attack paths cannot be written in 2020-01-01-preview");
    after.attack_paths.level = CONTACT_LEVEL_UNSEEN;
    assert_string_equal(
        revise(&image, &after),
        "{\"properties\":{\"emails\":\"a@x.nl\",\"alertNotifications\":"
        "{\"state\":\"On\",\"minimalSeverity\":\"High\"},"
        "\"notificationsByRole\":{\"state\":\"On\",\"roles\":"
        "[\"Owner\"]}}}");
    image.version = CONTACT_VERSION_2017_08_01;
    assert_string_equal(revise(&image, &after),
                        "nothing is written in 2017-08-01-preview");
}

static void
brings_back_what_was_there(void **state)
{
    AUTOBUFFER body = BUFFER_INIT(64 * 1024);
    AUTOERROR err = ERROR_INIT;
    struct contact_snapshot image =
        image_with("{\"emails\":7,\"x\":\"\\u00e9\",\"y\":null}");

    (void) state;
    assert_int_equal(contact_snapshot_restore(&image, &body, &err), 0);
    assert_string_equal(buffer_text(&body),
                        "{\"properties\":{\"emails\":7,\"x\":\"\xc3\xa9\","
                        "\"y\":null}}");
    image = image_of("{\"value\":[]}");
    assert_int_equal(contact_snapshot_restore(&image, &body, &err), -1);
    assert_string_equal(error_message(&err),
                        "there was no contact to bring back");
}

#define BODY(properties_) "{\"properties\":" properties_ "}"

/* What 2020-01-01-preview has been seen to do with what it was sent. */
static void
shows_what_the_service_merged_and_defaulted(void **state)
{
    static const struct {
        const char *body, *actual, *residue;
    } cases[] = {
        { "{\"phone\":\"\"}", "{\"phone\":\"123123123\"}",
          "phone: \"\" -> \"123123123\"" },
        { "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]"
          "}}",
          "{\"notificationsByRole\":{\"roles\":[\"owner\"],\"state\":\"on\"}"
          ",\"more\":1}",
          "" },
        { "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\","
          "\"Contributor\"]}}",
          "{\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]}"
          "}",
          "notificationsByRole: {\"state\":\"On\",\"roles\":[\"Owner\","
          "\"Contributor\"]} -> {\"state\":\"On\",\"roles\":[\"Owner\"]}" },
        { "{\"alertNotifications\":{\"state\":\"Off\"}}",
          "{\"alertNotifications\":{\"state\":\"Off\",\"minimalSeverity\":"
          "\"\"}}",
          "" },
        { "{\"alertNotifications\":{\"state\":\"On\",\"minimalSeverity\":"
          "\"Low\"}}",
          "{\"alertNotifications\":{\"state\":\"On\",\"minimalSeverity\":"
          "\"High\"}}",
          "alertNotifications: {\"state\":\"On\",\"minimalSeverity\":\"Low\"}"
          " -> {\"state\":\"On\",\"minimalSeverity\":\"High\"}" },
        { "{\"emails\":\"b@x.nl;a@x.nl\"}", "{\"Emails\":\"A@x.nl, b@x.nl\"}",
          "" },
        { "{\"emails\":\"b@x.nl;a@x.nl\"}", "{\"emails\":\"b@x.nl\"}",
          "emails: \"b@x.nl;a@x.nl\" -> \"b@x.nl\"" },
        { "{\"emails\":\"b@x.nl\"}", "{\"emails\":\"b@x.nl;c@x.nl\"}",
          "emails: \"b@x.nl\" -> \"b@x.nl;c@x.nl\"" },
        { "{\"notificationsSources\":[{\"sourceType\":\"Alert\","
          "\"minimalSeverity\":\"High\"},{\"sourceType\":\"AttackPath\","
          "\"minimalRiskLevel\":\"Low\"}]}",
          "{\"notificationsSources\":[{\"sourceType\":\"AttackPath\","
          "\"minimalRiskLevel\":\"Low\"},{\"sourceType\":\"Alert\","
          "\"minimalSeverity\":\"High\",\"more\":true}]}",
          "" },
        { "{\"notificationsSources\":[]}",
          "{\"notificationsSources\":[{\"sourceType\":\"Alert\"}]}",
          "notificationsSources: [] -> [{\"sourceType\":\"Alert\"}]" },
        { "{\"isEnabled\":true}", "{\"isEnabled\":\"True\"}", "" },
        { "{\"isEnabled\":true}", "{\"isEnabled\":false}",
          "isEnabled: true -> false" },
        { "{\"isEnabled\":true,\"emails\":\"a@x.nl\"}",
          "{\"isEnabled\":[],\"emails\":\"a@x.nl\"}",
          "isEnabled: true -> []" },
        { "{\"phone\":\"1\"}", "{}", "phone: \"1\" -> none" },
        { "{\"phone\":\"\"}", "{}", "" },
        { "{\"phone\":\"\"}", "{\"phone\":null}", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_string_equal(
            residue(arena_printf(arena, "{\"properties\":%s}", cases[i].body),
                    cases[i].actual, false),
            cases[i].residue);
}

static void
a_reversal_is_compared_exactly(void **state)
{
    (void) state;
    assert_string_equal(residue(BODY("{\"emails\":\"a@x.nl\"}"),
                                "{\"emails\":\"A@x.nl\",\"phone\":\"1\"}",
                                true),
                        "emails: \"a@x.nl\" -> \"A@x.nl\"; phone: none -> "
                        "\"1\"");
    assert_string_equal(residue(BODY("{\"phone\":\"\"}"), "{}", true),
                        "phone: \"\" -> none");
    assert_string_equal(
        residue(BODY("{\"a\":[1,{\"b\":2}]}"), "{\"a\":[1,{\"b\":2}]}", true),
        "");
}

static void
what_should_not_be_there_is_residue(void **state)
{
    (void) state;
    assert_string_equal(residue(NULL, NULL, true), "");
    assert_string_equal(residue(NULL, "{\"phone\":\"1\"}", false),
                        "phone: none -> \"1\"");
    assert_string_equal(residue(NULL, "{}", true), "properties: none -> {}");
    assert_string_equal(residue(BODY("{\"phone\":\"1\"}"), NULL, false),
                        "phone: \"1\" -> none");
    assert_string_equal(residue(BODY("{\"phone\":\"\"}"), NULL, false),
                        "properties: {\"phone\":\"\"} -> none");
    assert_string_equal(residue("{}", NULL, false),
                        "the body that was written has no properties");
}

/* A small generator, the same on each machine. */
static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 16) % below;
}

static const char *
pick(uint32_t *seed, const char *const *texts, size_t count)
{
    return texts[draw(seed, (uint32_t) count)];
}

#define PICK(seed_, ...)                              \
    pick(seed_, (const char *const[]){ __VA_ARGS__ }, \
         sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static const char *
draw_sources(uint32_t *seed)
{
    AUTOBUFFER text = BUFFER_INIT(64 * 1024);
    const uint32_t count = draw(seed, 4);

    buffer_append_text(&text, "[");
    for (uint32_t i = 0; i < count; i++)
        buffer_printf(
            &text, "%s%s", i > 0 ? "," : "",
            PICK(seed,
                 "{\"sourceType\":\"Alert\",\"minimalSeverity\":"
                 "\"Low\"}",
                 "{\"sourceType\":\"alert\",\"minimalSeverity\":\"high\"}",
                 "{\"SourceType\":\"Alert\"}",
                 "{\"sourceType\":\"Alert\",\"minimalSeverity\":\"Dire\"}",
                 "{\"sourceType\":\"AttackPath\",\"minimalRiskLevel\":"
                 "\"Critical\"}",
                 "{\"sourceType\":\"Weather\",\"minimalWind\":7}", "{}"));
    buffer_append_text(&text, "]");
    return arena_copy(arena, buffer_text(&text));
}

static struct contact_snapshot
draw_image(uint32_t *seed, enum contact_version version)
{
    const bool newest = version == CONTACT_VERSION_2023_12_01;
    struct contact_snapshot image = image_of("{\"value\":[]}");

    if (draw(seed, 8) > 0)
        image = image_with(arena_printf(
            arena, "{%s%s%s%s%s\"future\":{\"x\":[1,null]}}",
            PICK(seed, "", "\"emails\":\"\",", "\"emails\":null,",
                 "\"Emails\":\"a@x.nl,;b@x.nl\",", "\"emails\":\"a@x.nl\","),
            PICK(seed, "", "\"phone\":\" \",", "\"PHONE\":\"+3120\","),
            PICK(seed, "",
                 "\"notificationsByRole\":{\"state\":\"On\",\"roles\":"
                 "[\"Owner\",\"Admin\"],\"more\":1},",
                 "\"NotificationsByRole\":{\"State\":\"off\",\"roles\":"
                 "[\"owner\"]},",
                 "\"notificationsByRole\":{},"),
            newest ? PICK(seed, "", "\"isEnabled\":false,",
                          "\"isenabled\":\"True\",")
                   : "",
            newest ? arena_printf(arena, "\"notificationsSources\":%s,",
                                  draw_sources(seed))
                   : PICK(seed, "",
                          "\"alertNotifications\":{\"state\":\"Off\","
                          "\"minimalSeverity\":\"\"},",
                          "\"alertNotifications\":{\"state\":\"On\",\"more\":"
                          "2},",
                          "\"alertNotifications\":{\"State\":\"on\","
                          "\"minimalSeverity\":\"Medium\"},")));
    image.version = version;
    return image;
}

static struct contact_threshold
draw_threshold(uint32_t *seed, bool risk)
{
    static const enum contact_level levels[] = { CONTACT_LEVEL_OFF,
                                                 CONTACT_LEVEL_LOW,
                                                 CONTACT_LEVEL_HIGH,
                                                 CONTACT_LEVEL_CRITICAL };
    const enum contact_level level = levels[draw(seed, risk ? 4 : 3)];

    return (struct contact_threshold){ level, contact_level_name(level) };
}

/* Some of the contact is to be something else. */
static struct contact
draw_after(uint32_t *seed, const struct contact *before,
           enum contact_version version)
{
    static const char *const emails[] = { "a@x.nl", "z@x.nl" };
    static const char *const roles[] = { "Contributor", "Owner" };
    const bool newest = version == CONTACT_VERSION_2023_12_01;
    const bool all = before == NULL;
    struct contact after = { .name = "default" };

    if (before != NULL)
        after = *before;
    after.version = version;
    if (newest && (all || draw(seed, 2) == 0))
        after.enabled = draw(seed, 2) == 0 ? CONTACT_ON : CONTACT_OFF;
    if (all || draw(seed, 2) == 0) {
        after.emails = emails;
        after.email_count = draw(seed, 3);
    }
    if (all || draw(seed, 2) == 0)
        after.phone = draw(seed, 2) == 0 ? NULL : "+31 20 123 4567";
    if (all || draw(seed, 2) == 0)
        after.alerts = draw_threshold(seed, false);
    if (newest && (all || draw(seed, 2) == 0))
        after.attack_paths = draw_threshold(seed, true);
    if (all || draw(seed, 2) == 0) {
        after.roles_notified = draw(seed, 2) == 0 ? CONTACT_ON : CONTACT_OFF;
        after.roles = roles;
        after.role_count = draw(seed, 3);
    }
    return after;
}

/* A word counts where its level is new to us; known ones have one only. */
static const char *
unknown_word(const struct contact_threshold *threshold)
{
    return threshold->level == CONTACT_LEVEL_UNRECOGNIZED ? threshold->text
                                                          : "-";
}

static void
write_contact(struct buffer *text, const struct contact *contact)
{
    buffer_printf(
        text, "%d %s %d:%s %d:%s %d", contact->enabled,
        contact->phone != NULL ? contact->phone : "-", contact->alerts.level,
        unknown_word(&contact->alerts), contact->attack_paths.level,
        unknown_word(&contact->attack_paths), contact->roles_notified);
    for (size_t i = 0; i < contact->email_count; i++)
        buffer_printf(text, " %s", contact->emails[i]);
    for (size_t i = 0; i < contact->role_count; i++)
        buffer_printf(text, " %s", contact->roles[i]);
}

static void
assert_same(const struct contact *is, const struct contact *wanted)
{
    AUTOBUFFER left = BUFFER_INIT(64 * 1024), right = BUFFER_INIT(64 * 1024);

    write_contact(&left, is);
    write_contact(&right, wanted);
    assert_string_equal(buffer_text(&left), buffer_text(&right));
}

static size_t
count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* One image, and what it is to become. */
static void
expect_revision(uint32_t seed)
{
    const enum contact_version version = draw(&seed, 2) == 0
                                             ? CONTACT_VERSION_2023_12_01
                                             : CONTACT_VERSION_2020_01_01;
    const struct contact_snapshot image = draw_image(&seed, version);
    struct contact_reading reading;

    decode(&image, &reading);
    const struct contact after = draw_after(&seed, reading.contact, version);
    const char *body = revise(&image, &after);
    struct contact_snapshot written =
        image_of(arena_printf(arena, "[{\"name\":\"default\",%s]", body + 1));
    written.version = version;
    struct contact_reading got;
    decode(&written, &got);
    assert_same(got.contact, &after);
    assert_int_equal(count_of(body, "future"),
                     count_of(image.bytes, "future"));
    assert_int_equal(count_of(body, "\"minimalWind\":7"),
                     count_of(image.bytes, "\"minimalWind\":7"));
    struct change_residue *rows;
    size_t count = 1;
    assert_int_equal(contact_snapshot_residue(body, &written, true, arena,
                                              &rows, &count, NULL),
                     0);
    assert_int_equal(count, 0);
    assert_int_equal(contact_snapshot_residue(body, &written, false, arena,
                                              &rows, &count, NULL),
                     0);
    assert_int_equal(count, 0);
    if (reading.contact == NULL)
        return;
    AUTOBUFFER back = BUFFER_INIT(64 * 1024);
    assert_int_equal(contact_snapshot_restore(&image, &back, NULL), 0);
    assert_int_equal(contact_snapshot_residue(buffer_text(&back), &image, true,
                                              arena, &rows, &count, NULL),
                     0);
    assert_int_equal(count, 0);
}

static void
what_is_written_reads_as_what_was_wanted(void **state)
{
    (void) state;
    for (uint32_t seed = 0; seed < 20000; seed++) {
        struct arena *outer = arena;
        arena = arena_new();
        assert_non_null(arena);
        expect_revision(seed * 2654435761U);
        arena_free(arena);
        arena = outer;
    }
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, open_arena, close_arena)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_as_the_reader_does),
        TEST(compares_properties_alone),
        TEST(writes_what_differs_and_keeps_the_rest),
        TEST(writes_a_contact_that_was_not_there),
        TEST(brings_back_what_was_there),
        TEST(shows_what_the_service_merged_and_defaulted),
        TEST(a_reversal_is_compared_exactly),
        TEST(what_should_not_be_there_is_residue),
        TEST(what_is_written_reads_as_what_was_wanted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
