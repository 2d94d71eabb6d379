/* SPDX-License-Identifier: Apache-2.0 */
#include "control/past/drift.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

enum { ROWS_CEILING = 16 };

static const char *const owner[] = { "Owner" };
static const char *const soc[] = { "soc@contoso.nl" };
static const char *const both[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const swapped[] = { "PIKET@contoso.nl", "soc@contoso.nl" };

#define CONTACT                                                             \
    .name = "default", .enabled = CONTACT_ON, .roles_notified = CONTACT_ON, \
    .roles = owner, .role_count = 1, .phone = "+31 20 123 4567",            \
    .alerts = { CONTACT_LEVEL_HIGH, "High" },                               \
    .attack_paths = { CONTACT_LEVEL_OFF, NULL }

static const struct contact good = { CONTACT, .emails = both,
                                     .email_count = 2 };
static const struct contact reordered = { CONTACT, .emails = swapped,
                                          .email_count = 2 };
static const struct contact shorter = { CONTACT, .emails = soc,
                                        .email_count = 1 };
static const struct contact older = { .name = "default",
                                      .version = CONTACT_VERSION_2020_01_01,
                                      .emails = both,
                                      .email_count = 2,
                                      .phone = "+31 20 123 4567",
                                      .alerts = { CONTACT_LEVEL_HIGH, "High" },
                                      .roles_notified = CONTACT_ON,
                                      .roles = owner,
                                      .role_count = 1 };
static const struct contact off = {
    .name = "default",
    .enabled = CONTACT_OFF,
    .emails = both,
    .email_count = 2,
    .alerts = { CONTACT_LEVEL_UNRECOGNIZED, "Dire" },
    .attack_paths = { CONTACT_LEVEL_LOW, "Low" },
    .roles_notified = CONTACT_OFF
};
static const struct contact other = { .name = "default1" };
static const struct contact *const others[] = { &other };
static const struct contact_error refused = { 403, "AuthorizationFailed", "no",
                                              NULL };

static const struct contact_reading read_good = { .contact = &good };
static const struct contact_reading read_none = { 0 };
static const struct contact_reading unread = { .kind = CONTACT_READING_FAILED,
                                               .error = &refused };

static struct run *before, *after;
static struct drift drift;

static struct run *
begin_run(void)
{
    struct run *run = NULL;

    assert_int_equal(run_new(&run, 0, 0, profile_default(), NULL), 0);
    run->complete = true;
    run->assessments = arena_allocate_array(run->arena, ROWS_CEILING,
                                            sizeof(*run->assessments));
    assert_non_null(run->assessments);
    return run;
}

static int
begin(void **state)
{
    (void) state;
    before = begin_run();
    after = begin_run();
    drift = (struct drift){ 0 };
    return 0;
}

static int
end(void **state)
{
    (void) state;
    run_free(before);
    run_free(after);
    return 0;
}

static struct assessment *
add_in_state(struct run *run, const char *id, const char *state,
             const struct contact_reading *reading)
{
    const struct subscription subscription = {
        .id = id, .name = id, .tenant_id = "", .state = state
    };
    struct assessment *assessment = &run->assessments[run->assessment_count++];

    assert_true(run->assessment_count <= ROWS_CEILING);
    assert_int_equal(assessment_make(&subscription, reading, run->profile,
                                     run->arena, assessment, NULL),
                     0);
    return assessment;
}

static struct assessment *
add(struct run *run, const char *id, const struct contact_reading *reading)
{
    return add_in_state(run, id, "Enabled", reading);
}

static void
add_contact(struct run *run, const char *id, const struct contact *contact)
{
    const struct contact_reading reading = { .contact = contact };

    add(run, id, &reading);
}

static void
make(void)
{
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(drift_make(before, after, after->arena, &drift, &err), 0);
}

/* The entry of a subscription, NULL where it does not differ. */
static const struct drift_entry *
entry_of(const char *id)
{
    for (size_t i = 0; i < drift.entry_count; i++)
        if (strcmp(drift_subscription(&drift.entries[i])->id, id) == 0)
            return &drift.entries[i];
    return NULL;
}

static void
assert_kind(const char *id, enum drift_kind kind)
{
    const struct drift_entry *entry = entry_of(id);

    assert_non_null(entry);
    assert_string_equal(drift_kind_name(entry->kind), drift_kind_name(kind));
}

/* The only field of a pair of contacts that differs. */
static void
assert_field(const struct drift_entry *entry, enum drift_field_kind kind,
             const char *left, const char *right)
{
    for (size_t i = 0; i < entry->field_count; i++) {
        const struct drift_field *field = &entry->fields[i];
        if (field->kind != kind)
            continue;
        if (left == NULL)
            assert_null(field->before);
        else
            assert_string_equal(field->before, left);
        if (right == NULL)
            assert_null(field->after);
        else
            assert_string_equal(field->after, right);
        return;
    }
    fail_msg("%s does not differ", drift_field_name(kind));
}

static void
finds_nothing_between_equals(void **state)
{
    (void) state;
    add(before, "a", &read_good);
    add(before, "b", &read_none);
    add(before, "c", &unread);
    add(after, "c", &unread);
    add(after, "b", &read_none);
    add(after, "a", &read_good);
    make();
    assert_int_equal(drift.entry_count, 0);
    assert_int_equal(drift.same, 3);
    assert_false(drift.other_profile);
    assert_int_equal(drift_make(before, before, after->arena, &drift, NULL),
                     0);
    assert_int_equal(drift.same, 3);
}

static void
tells_the_kinds_apart(void **state)
{
    static const char *const order[] = { "broken",  "unread",   "gone", "new",
                                         "changed", "readable", "fixed" };

    (void) state;
    add(before, "fixed", &read_none);
    add(after, "fixed", &read_good);
    add(before, "broken", &read_good);
    add(after, "broken", &read_none);
    add(before, "gone", &read_none);
    add(after, "new", &read_good);
    add(before, "unread", &read_none);
    add(after, "unread", &unread);
    add(before, "readable", &unread);
    add(after, "readable", &read_good);
    add_contact(before, "changed", &good);
    add_contact(after, "changed", &shorter);
    add(before, "same", &read_good);
    add(after, "same", &read_good);
    make();
    assert_int_equal(drift.entry_count, ARRAY_LENGTH(order));
    assert_int_equal(drift.same, 1);
    for (size_t i = 0; i < ARRAY_LENGTH(order); i++) {
        assert_string_equal(drift_subscription(&drift.entries[i])->id,
                            order[i]);
        assert_int_equal(drift.entries[i].kind, i);
        assert_int_equal(drift.counts[i], 1);
    }
    assert_null(entry_of("gone")->after);
    assert_null(entry_of("new")->before);
}

static void
unknown_is_neither_fixed_nor_broken(void **state)
{
    (void) state;
    add(before, "was bad", &read_none);
    add(after, "was bad", &unread);
    add(before, "was good", &read_good);
    add(after, "was good", &unread);
    add(before, "is bad", &unread);
    add(after, "is bad", &read_none);
    add(before, "is good", &unread);
    add(after, "is good", &read_good);
    make();
    assert_kind("was bad", DRIFT_UNREADABLE);
    assert_kind("was good", DRIFT_UNREADABLE);
    assert_kind("is bad", DRIFT_READABLE);
    assert_kind("is good", DRIFT_READABLE);
    assert_int_equal(drift.counts[DRIFT_FIXED] + drift.counts[DRIFT_BROKEN],
                     0);
    /* What was not read differs in nothing that could be told. */
    for (size_t i = 0; i < drift.entry_count; i++) {
        assert_int_equal(drift.entries[i].field_count, 0);
        assert_int_equal(drift.entries[i].finding_count, 0);
    }
}

static void
a_mute_fixes_and_its_end_breaks(void **state)
{
    (void) state;
    add(before, "muted", &read_none);
    add(after, "muted", &read_none)->status = ASSESSMENT_MUTED;
    add(before, "ended", &read_none)->status = ASSESSMENT_MUTED;
    add(after, "ended", &read_none);
    add(before, "agreed", &read_good);
    add(after, "agreed", &read_good)->status = ASSESSMENT_MUTED;
    make();
    assert_kind("muted", DRIFT_FIXED);
    assert_kind("ended", DRIFT_BROKEN);
    assert_kind("agreed", DRIFT_CHANGED);
}

static void
a_disabled_subscription_is_not_fixed(void **state)
{
    (void) state;
    add(before, "closed", &read_none);
    add_in_state(after, "closed", "Disabled", &read_none);
    add_in_state(before, "opened", "Disabled", &read_none);
    add(after, "opened", &read_none);
    make();
    assert_kind("closed", DRIFT_CHANGED);
    assert_kind("opened", DRIFT_CHANGED);
    assert_int_equal(entry_of("closed")->field_count, 1);
    assert_field(entry_of("closed"), DRIFT_FIELD_STATE, "Enabled", "Disabled");
    assert_int_equal(entry_of("closed")->finding_count, 0);
}

static void
a_name_makes_no_other_subscription(void **state)
{
    (void) state;
    add(before, "id", &read_good)->subscription.name = "Old";
    add(after, "id", &read_good)->subscription.name = "New";
    make();
    assert_kind("id", DRIFT_CHANGED);
    assert_int_equal(entry_of("id")->field_count, 1);
    assert_field(entry_of("id"), DRIFT_FIELD_NAME, "Old", "New");
}

static void
lists_what_differs(void **state)
{
    const struct drift_entry *entry;

    (void) state;
    add_contact(before, "id", &good);
    add_contact(after, "id", &off);
    make();
    entry = entry_of("id");
    assert_non_null(entry);
    assert_int_equal(entry->kind, DRIFT_BROKEN);
    assert_int_equal(entry->field_count, 6);
    assert_field(entry, DRIFT_FIELD_ENABLED, "true", "false");
    assert_field(entry, DRIFT_FIELD_PHONE, "+31 20 123 4567", NULL);
    assert_field(entry, DRIFT_FIELD_ALERTS, "High", "Dire");
    assert_field(entry, DRIFT_FIELD_ATTACK_PATHS, "Off", "Low");
    assert_field(entry, DRIFT_FIELD_ROLES_NOTIFIED, "true", "false");
    assert_field(entry, DRIFT_FIELD_ROLES, "Owner", NULL);
    assert_int_equal(entry->finding_count, 4);
    assert_string_equal(entry->findings[0].requirement->id, "contact-enabled");
    assert_int_equal(entry->findings[0].before->status, FINDING_PASS);
    assert_int_equal(entry->findings[0].after->status, FINDING_FAIL);
    assert_string_equal(entry->findings[3].requirement->id, "owner-notified");
}

static void
a_contact_that_comes_brings_its_values(void **state)
{
    const struct contact_reading named_otherwise = { .others = others,
                                                     .other_count = 1 };

    (void) state;
    add(before, "id", &named_otherwise);
    add_contact(after, "id", &good);
    make();
    assert_field(entry_of("id"), DRIFT_FIELD_CONTACT, NULL, "default");
    assert_field(entry_of("id"), DRIFT_FIELD_EMAILS, NULL,
                 "soc@contoso.nl, piket@contoso.nl");
    assert_field(entry_of("id"), DRIFT_FIELD_ALERTS, NULL, "High");
    assert_field(entry_of("id"), DRIFT_FIELD_OTHER_CONTACTS, "default1", NULL);
}

static void
order_and_case_of_addresses_are_no_difference(void **state)
{
    (void) state;
    add_contact(before, "id", &good);
    add_contact(after, "id", &reordered);
    make();
    assert_int_equal(drift.entry_count, 0);
}

static void
an_older_version_hides_and_changes_nothing(void **state)
{
    (void) state;
    add_contact(before, "id", &good);
    add_contact(after, "id", &older);
    make();
    /* The requirement that can no longer be judged is told. */
    assert_kind("id", DRIFT_CHANGED);
    assert_int_equal(entry_of("id")->field_count, 0);
    assert_int_equal(entry_of("id")->finding_count, 1);
    assert_int_equal(entry_of("id")->findings[0].after->reason,
                     FINDING_REASON_UNSEEN);
}

static void
a_broken_list_tells_neither_gone_nor_new(void **state)
{
    struct run_tenant failed = { .id = "t", .error = "no token" };

    (void) state;
    add(before, "a", &read_good);
    add(after, "b", &read_good);
    after->complete = false;
    make();
    assert_kind("a", DRIFT_UNREADABLE);
    assert_kind("b", DRIFT_NEW);
    after->complete = true;
    after->interrupted = true;
    make();
    assert_kind("a", DRIFT_UNREADABLE);
    after->interrupted = false;
    before->tenants = &failed;
    before->tenant_count = 1;
    make();
    assert_kind("a", DRIFT_GONE);
    assert_kind("b", DRIFT_READABLE);
}

static void
another_profile_is_told(void **state)
{
    (void) state;
    add(before, "id", &read_good);
    after->profile = profile_by_name("cis-5.0");
    add(after, "id", &read_good);
    make();
    assert_true(drift.other_profile);
    assert_kind("id", DRIFT_BROKEN);
    assert_int_equal(entry_of("id")->field_count, 0);
    /* phone-configured is no longer judged, attack-paths-notified is. */
    for (size_t i = 0; i < entry_of("id")->finding_count; i++) {
        const struct drift_finding *finding = &entry_of("id")->findings[i];
        if (strcmp(finding->requirement->id, "phone-configured") == 0)
            assert_null(finding->after);
        if (strcmp(finding->requirement->id, "attack-paths-notified") == 0)
            assert_null(finding->before);
    }
}

static void
has_names_for_all(void **state)
{
    (void) state;
    for (size_t i = 0; i < DRIFT_KIND_COUNT; i++)
        assert_non_null(drift_kind_name(i));
    for (size_t i = 0; i < DRIFT_FIELD_COUNT; i++)
        assert_non_null(drift_field_name(i));
}

#define TEST(function_) cmocka_unit_test_setup_teardown(function_, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_nothing_between_equals),
        TEST(tells_the_kinds_apart),
        TEST(unknown_is_neither_fixed_nor_broken),
        TEST(a_mute_fixes_and_its_end_breaks),
        TEST(a_disabled_subscription_is_not_fixed),
        TEST(a_name_makes_no_other_subscription),
        TEST(lists_what_differs),
        TEST(a_contact_that_comes_brings_its_values),
        TEST(order_and_case_of_addresses_are_no_difference),
        TEST(an_older_version_hides_and_changes_nothing),
        TEST(a_broken_list_tells_neither_gone_nor_new),
        TEST(another_profile_is_told),
        TEST(has_names_for_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
