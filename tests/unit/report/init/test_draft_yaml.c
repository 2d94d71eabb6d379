/* SPDX-License-Identifier: Apache-2.0 */
#include "report/init/draft_yaml.h"

#include <stdio.h>
#include <string.h>

#include "control/config/config_parse.h"
#include "unit/control/draft_run.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/config/config.h"
#include "control/config/config_profile.h"
#include "control/config/config_tree.h"
#include "unit/report/golden.h"
#include "report/init/draft_text.h"
#include "unit/unit.h"

#define HIGH                       \
    {                              \
        CONTACT_LEVEL_HIGH, "High" \
    }
#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)

static const char *const owner[] = { "Owner" };
static const char *const soc[] = { "soc@contoso.nl" };
static const char *const both[] = { "soc@contoso.nl", "jan@example.com" };
static const char *const odd[] = { "\"a: b # c\"@contoso.nl", "x(at)y" };
static const struct scope everything;

/* What the file says, as piket check would read it. */
static struct config
read_back(const struct config_draft *draft, const struct language *language,
          struct buffer *file, struct arena *arena)
{
    struct config config = CONFIG_INIT;
    const struct profile *profile;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(draft_yaml_write(draft, language, file, &err), 0);
    if (config_parse(buffer_text(file), file->length, "piket.yaml", arena,
                     &config, &err)
            < 0
        || config_profile_make(&config, profile_by_name(config.profile), arena,
                               &profile, &err)
               < 0)
        fail_msg("%s\n%s", error_message(&err), buffer_text(file));
    assert_null(strchr(buffer_text(file), '\033'));
    return config;
}

static struct run *
sample(void)
{
    const struct contact contacts[] = {
        { EMAILS(soc), .phone = "+31 20 123 4567", .alerts = HIGH,
          .attack_paths = HIGH, .roles_notified = CONTACT_ON, ROLES(owner) },
        { EMAILS(both), .phone = "+31201234567", .alerts = HIGH,
          .attack_paths = { CONTACT_LEVEL_CRITICAL, "Critical" },
          .roles_notified = CONTACT_ON, ROLES(owner) },
        { EMAILS(odd), .phone = "none", .alerts = { CONTACT_LEVEL_LOW, "Low" },
          .attack_paths = HIGH },
    };
    static const struct contact_error refused = { 403, "AuthorizationFailed",
                                                  "no", NULL };
    static const struct contact_reading failed = { .kind =
                                                       CONTACT_READING_FAILED,
                                                   .error = &refused };
    static const struct contact_reading none = { .kind =
                                                     CONTACT_READING_DONE };
    struct run *run = draft_run_new(profile_by_name("baseline-nl"), 8);

    for (size_t i = 0; i < ARRAY_LENGTH(contacts); i++)
        draft_run_add_contact(run, &contacts[i]);
    draft_run_add(run, "Enabled", &failed);
    draft_run_add(run, "Enabled", &none);
    draft_run_add(run, "Disabled", &none);
    return run;
}

/* Both documents in each language; the English ones are in golden/draft. */
static void
compare_documents(const struct config_draft *draft, const char *name,
                  const struct draft_view *view)
{
    static const struct {
        const char *language, *folder;
    } cases[] = { { "en", "draft" }, { "nl", "nl/draft" } };

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct draft_view shown = *view;
        char path[64];
        AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);
        AUTOBUFFER text = BUFFER_INIT(CONFIG_BYTES_CEILING);
        shown.draft = draft;
        shown.language = language_by_name(cases[i].language);
        assert_int_equal(draft_yaml_write(draft, shown.language, &file, NULL),
                         0);
        (void) snprintf(path, sizeof(path), "%s/%s.yaml", cases[i].folder,
                        name);
        golden_compare(path, &file);
        assert_int_equal(draft_text_write(&shown, &text, NULL), 0);
        (void) snprintf(path, sizeof(path), "%s/%s.txt", cases[i].folder,
                        name);
        golden_compare(path, &text);
    }
}

static void
writes_what_is_proposed(void **state)
{
    struct run *run = sample();
    struct config_draft draft;

    (void) state;
    assert_int_equal(config_draft_make(run, &everything, &draft, NULL), 0);
    draft.groups = (struct config_draft_groups){
        .items = { { "mg-production", "Productie" },
                   { "123", "evil\nexclude: [\"*\"]\xe2\x80\xae #" } },
        .count = 2,
        .more = 40,
    };
    /* The language is that of the comments; the values are the same. */
    for (size_t i = 0; i < language_table_length; i++) {
        AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);
        const struct config config =
            read_back(&draft, &language_table[i], &file, run->arena);
        assert_int_equal(config.contact.emails.count, 1);
        assert_string_equal(config.contact.emails.items[0], "soc@contoso.nl");
        assert_string_equal(config.contact.phone, "+31 20 123 4567");
        assert_int_equal(config.contact.minimal_severity, CONTACT_LEVEL_HIGH);
        assert_int_equal(config.thresholds.allowed_domains.count, 1);
        assert_int_equal(config.scope.line, 0);
    }
    const struct draft_view view = { .path = "other.yaml" };
    compare_documents(&draft, "full", &view);
    run_free(run);
}

static void
writes_a_template_where_there_is_nothing(void **state)
{
    struct run *run = draft_run_new(profile_by_name("baseline-nl"), 0);
    struct config_draft draft;
    AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);

    (void) state;
    run->tenant_count = 0;
    run->complete = false;
    assert_int_equal(config_draft_make(run, &everything, &draft, NULL), 0);
    draft.groups.error = "HTTP 403 AuthorizationFailed";
    const struct config config = read_back(&draft, NULL, &file, run->arena);
    assert_null(config.tenant);
    assert_int_equal(config.contact.line, 0);
    assert_int_equal(config.thresholds.line, 0);
    const struct draft_view view = { .path = "piket.yaml", .found = true };
    compare_documents(&draft, "empty", &view);
    run_free(run);
}

/* Deletes the # of every setting that is not in use. */
static void
use_settings(const struct buffer *file, struct buffer *target)
{
    const char *line = buffer_text(file);

    while (*line != '\0') {
        const size_t length = strcspn(line, "\n") + 1;
        const bool setting =
            line[0] == '#' && (line[1] != ' ' || line[2] == ' ');
        buffer_append(target, line + (setting ? 1 : 0),
                      length - (setting ? 1 : 0));
        line += length;
    }
}

static void
writes_templates_that_can_be_used(void **state)
{
    (void) state;
    for (size_t i = 0; i < profile_table_length * language_table_length; i++) {
        struct run *run =
            draft_run_new(&profile_table[i % profile_table_length], 0);
        struct config config = CONFIG_INIT;
        const struct profile *profile;
        struct config_draft draft;
        AUTOERROR err = ERROR_INIT;
        AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);
        AUTOBUFFER used = BUFFER_INIT(CONFIG_BYTES_CEILING);
        assert_int_equal(config_draft_make(run, &everything, &draft, NULL), 0);
        (void) read_back(&draft, &language_table[i / profile_table_length],
                         &file, run->arena);
        use_settings(&file, &used);
        if (config_parse(buffer_text(&used), used.length, "used.yaml",
                         run->arena, &config, &err)
                < 0
            || config_profile_make(&config, profile_by_name(config.profile),
                                   run->arena, &profile, &err)
                   < 0)
            fail_msg("%s\n%s", error_message(&err), buffer_text(&used));
        assert_int_equal(config.contact.emails.count, 2);
        assert_int_equal(config.mutes.count, 1);
        assert_int_equal(config.scope.exclude.count, 1);
        run_free(run);
    }
}

/* Of each kind of byte that could end a quoted text, a line or a comment, or
 * hide something. */
static const char *const nasty[] = {
    "\"",
    "\\",
    "'",
    "\n",
    "\r",
    "\t",
    "#",
    " #",
    ": ",
    "- ",
    "a",
    "Z",
    "9",
    "@",
    ".",
    "\033[2J",
    "\xc2\x85",
    "\x7f",
    "\xff",
    "\xef\xbf\xbe",
    "\xef\xbf\xbf",
    "&a",
    "*",
    "!",
    "%",
    "\xe2\x80\xae",
    "|",
    ">",
    "{",
    "]",
    "\xe2\x80\xa8",
    "\xc3\xa9",
    "\x01",
    "?",
    "---\n",
    "\xef\xbb\xbf",
    "---",
    "\n...\n",
    "\xed\xa0\x80",
    "\xf0\x9f\x9a\xa8",
    "\xf3\xa0\x80\x81",
};

static uint64_t
next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static const char *
make_nasty(struct arena *arena, uint64_t *seed)
{
    AUTOBUFFER text = BUFFER_INIT(4096);

    for (uint64_t length = next(seed) % 100; length > 0; length--)
        buffer_append_text(&text, nasty[next(seed) % ARRAY_LENGTH(nasty)]);
    return arena_copy(arena, buffer_text(&text));
}

static void
is_readable_whatever_the_texts_are(void **state)
{
    uint64_t seed = 1;

    (void) state;
    for (unsigned round = 0; round < 300; round++) {
        struct run *run =
            draft_run_new(&profile_table[round % profile_table_length], 20);
        struct scope_rule rule = { "x", "--exclude" };
        const struct scope scope = { .exclusions = { &rule, 1 } };
        struct config_draft draft;
        AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);
        AUTOBUFFER expected = BUFFER_INIT(4096);
        for (unsigned i = 0; i < 10; i++) {
            AUTOBUFFER email = BUFFER_INIT(4096);
            /* Half of them are nearly valid. */
            buffer_printf(&email, "%s%s%s", i % 2 == 0 ? "\"" : "",
                          make_nasty(run->arena, &seed),
                          i % 2 == 0 ? "\"@contoso.nl" : "");
            draft_run_add_email(run, buffer_text(&email));
        }
        const struct contact contact = {
            .phone = make_nasty(run->arena, &seed),
            .roles_notified = CONTACT_ON,
            .roles = nasty,
            .role_count = ARRAY_LENGTH(nasty),
        };
        draft_run_add_contact(run, &contact);
        rule.text =
            arena_printf(run->arena, "x%s", make_nasty(run->arena, &seed));
        assert_non_null(rule.text);
        (void) text_repair_utf8(&expected, rule.text, strlen(rule.text));
        assert_int_equal(config_draft_make(run, &scope, &draft, NULL), 0);
        draft.groups.items[0].id = "mg";
        draft.groups.items[0].name = make_nasty(run->arena, &seed);
        draft.groups.count = 1;
        draft.groups.error = make_nasty(run->arena, &seed);
        const struct config config =
            read_back(&draft, &language_table[round % language_table_length],
                      &file, run->arena);
        assert_int_equal(config.scope.exclude.count, 1);
        assert_string_equal(config.scope.exclude.items[0],
                            buffer_text(&expected));
        run_free(run);
    }
}

static void
stays_short_and_the_same(void **state)
{
    struct run *run = draft_run_new(profile_by_name("baseline-nl"), 2000);
    struct config_draft draft;
    AUTOBUFFER file = BUFFER_INIT(8 * 1024);
    AUTOBUFFER again = BUFFER_INIT(8 * 1024);

    (void) state;
    for (unsigned i = 0; i < 2000; i++) {
        char email[64];
        (void) snprintf(email, sizeof(email), "a%u@d%u.nl", i % 500,
                        i % 500 % 90);
        draft_run_add_email(run, email);
    }
    assert_int_equal(config_draft_make(run, &everything, &draft, NULL), 0);
    (void) read_back(&draft, NULL, &file, run->arena);
    assert_non_null(strstr(buffer_text(&file), "# And 480 more.\n"));
    /* The same contacts in another order. */
    for (size_t i = 0; i < 1000; i++) {
        const struct assessment first = run->assessments[i];
        run->assessments[i] = run->assessments[1999 - i];
        run->assessments[1999 - i] = first;
    }
    assert_int_equal(config_draft_make(run, &everything, &draft, NULL), 0);
    (void) read_back(&draft, NULL, &again, run->arena);
    assert_string_equal(buffer_text(&file), buffer_text(&again));
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_is_proposed),
        cmocka_unit_test(writes_a_template_where_there_is_nothing),
        cmocka_unit_test(writes_templates_that_can_be_used),
        cmocka_unit_test(is_readable_whatever_the_texts_are),
        cmocka_unit_test(stays_short_and_the_same),
    };

    return cmocka_run_group_tests_name("draft_yaml", tests, NULL, NULL);
}
