/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for every plan, whatever the contact, the profile, its
 * thresholds, the mutes and what is desired: thousands of them at random, the
 * same ones each time. */
#include "control/plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

enum { ROUNDS = 20000, EMAILS_MOST = 4 };

static const char tenant[] = "7c0ffee0-0000-4000-8000-00000000abcd";
static const char *const tenants[] = { tenant };

static const char *const email_pool[] = {
    "soc@contoso.nl",
    "piket@contoso.nl",
    "SOC@Contoso.NL",
    "soc contoso.nl",
    "a@b",
    "jan@mailbox.example",
    "old@supplier.example",
    "x@m\xc3\xbcnchen.example",
};
static const char *const desired_pool[] = {
    "soc@contoso.nl",
    "alarm@contoso.nl",
    "piket@hq.contoso.nl",
    "noc@elsewhere.example",
};
static const char *const phone_pool[] = { NULL, "112", "+31 20 123 4567",
                                          "+31201234567" };
static const char *const role_pool[] = { "Owner", "Contributor", "Admin" };
static const char *const domain_pool[] = { "contoso.nl", "*.contoso.nl" };
static const char *const removal_pool[] = { "*@supplier.example", "*" };

/* xorshift: the same numbers on every machine. */
static uint64_t state_of_random = 0x9e3779b97f4a7c15;

static size_t
below(size_t bound)
{
    state_of_random ^= state_of_random << 13;
    state_of_random ^= state_of_random >> 7;
    state_of_random ^= state_of_random << 17;
    return (size_t) (state_of_random % bound);
}

/* One case: all that a plan depends on. */
struct trial {
    struct arena *arena;
    struct profile profile;
    struct desired_contact desired;
    struct subscription subscription;
    struct contact_reading reading;
    struct contact contact, other;
    const struct contact *others[1];
    struct contact_snapshot image;
    struct contact_error error;
    bool muted[PROFILE_REQUIREMENTS_CEILING];
};

static const char *const *
pick_texts(struct arena *arena, const char *const *pool, size_t pool_count,
           size_t count)
{
    const char **texts =
        arena_allocate_array(arena, count + 1, sizeof(*texts));

    assert_non_null(texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = pool[below(pool_count)];
    return texts;
}

static struct contact_threshold
pick_level(enum contact_level most)
{
    struct contact_threshold threshold;

    if (below(20) == 0)
        return (struct contact_threshold){ CONTACT_LEVEL_UNRECOGNIZED, "New" };
    threshold.level = (enum contact_level)(
        CONTACT_LEVEL_OFF + below(most - CONTACT_LEVEL_OFF + 1));
    threshold.text = contact_level_name(threshold.level);
    return threshold;
}

static void
pick_contact(struct trial *trial)
{
    static const enum contact_version versions[] = {
        CONTACT_VERSION_2023_12_01, CONTACT_VERSION_2023_12_01,
        CONTACT_VERSION_2020_01_01
    };
    struct contact *contact = &trial->contact;

    *contact = (struct contact){
        .name = "default",
        .version = versions[below(3)],
        .enabled = below(4) == 0 ? CONTACT_OFF : CONTACT_ON,
        .email_count = below(EMAILS_MOST + 1),
        .phone = phone_pool[below(ARRAY_LENGTH(phone_pool))],
        .alerts = pick_level(CONTACT_LEVEL_HIGH),
        .attack_paths = pick_level(CONTACT_LEVEL_CRITICAL),
        .roles_notified = below(2) == 0 ? CONTACT_OFF : CONTACT_ON,
        .role_count = below(3),
    };
    contact->emails =
        pick_texts(trial->arena, email_pool, ARRAY_LENGTH(email_pool),
                   contact->email_count);
    contact->roles = pick_texts(trial->arena, role_pool,
                                ARRAY_LENGTH(role_pool), contact->role_count);
    if (contact->version == CONTACT_VERSION_2020_01_01) {
        contact->enabled = CONTACT_UNSEEN;
        contact->attack_paths =
            (struct contact_threshold){ CONTACT_LEVEL_UNSEEN, NULL };
    }
}

static void
pick_reading(struct trial *trial)
{
    const size_t kind = below(20);
    struct contact_reading *reading = &trial->reading;

    pick_contact(trial);
    trial->other = (struct contact){ .name = "default1" };
    trial->others[0] = &trial->other;
    trial->error =
        (struct contact_error){ 403, "AuthorizationFailed", "", NULL };
    trial->image =
        (struct contact_snapshot){ trial->contact.version, "{}", 2 };
    *reading = (struct contact_reading){
        .kind = CONTACT_READING_DONE,
        .version = trial->contact.version,
        .contact = &trial->contact,
        .image = &trial->image,
    };
    if (kind < 4)
        reading->contact = NULL;
    if (kind == 0) {
        reading->others = trial->others;
        reading->other_count = 1;
    }
    if (kind == 1) {
        reading->kind = CONTACT_READING_UNREGISTERED;
        reading->image = NULL;
    }
    if (kind == 5) {
        reading->kind = CONTACT_READING_FAILED;
        reading->contact = NULL;
        reading->error = &trial->error;
    }
}

static void
pick_profile(struct trial *trial)
{
    struct profile *profile = &trial->profile;
    struct thresholds *thresholds = &profile->thresholds;
    size_t count = 0;

    *profile = (struct profile){ .name = "trial", .title = "" };
    while (count == 0)
        for (size_t i = 0; i < requirement_table_length; i++)
            if (below(2) == 0)
                profile->requirements[count++] = requirement_table[i].id;
    thresholds->alerts_of = (enum contact_level)(CONTACT_LEVEL_LOW + below(3));
    thresholds->alerts_exact = below(3) == 0;
    thresholds->attack_paths_of =
        (enum contact_level)(CONTACT_LEVEL_LOW + below(4));
    thresholds->min_emails = (unsigned) below(4);
    thresholds->allowed_domains = domain_pool;
    thresholds->allowed_domain_count = below(3);
}

/* As the command does it: the profile's desired contact is the one given. */
static void
pick_desired(struct trial *trial, bool sufficient)
{
    struct desired_contact *desired = &trial->desired;
    struct thresholds *thresholds = &trial->profile.thresholds;

    *desired = (struct desired_contact){
        .emails = desired_pool,
        .email_count = sufficient ? 3 : below(5),
        .phone = sufficient ? "+31 20 765 4321"
                            : phone_pool[below(ARRAY_LENGTH(phone_pool))],
        .removals = &removal_pool[below(2)],
        .removal_count = below(6) == 0,
        .replace_emails = below(6) == 0,
    };
    if (!sufficient && below(3) == 0)
        desired->minimal_severity =
            (enum contact_level)(CONTACT_LEVEL_LOW + below(3));
    if (!sufficient && below(3) == 0)
        desired->minimal_risk_level =
            (enum contact_level)(CONTACT_LEVEL_OFF + below(5));
    desired->role_count = below(2);
    desired->roles = &role_pool[below(2)];
    if (sufficient) {
        thresholds->allowed_domains = domain_pool;
        thresholds->allowed_domain_count = 2;
    }
    thresholds->desired_emails = desired->emails;
    thresholds->desired_email_count = desired->email_count;
    thresholds->desired_phone = desired->phone;
}

static void
pick_trial(struct trial *trial, bool sufficient)
{
    trial->arena = arena_new();
    assert_non_null(trial->arena);
    trial->subscription = (struct subscription){
        .id = "4b2f0c1e-0000-4000-8000-000000000001",
        .name = "Zorg-Prod-01",
        .tenant_id = tenant,
        .state = "Enabled",
    };
    pick_profile(trial);
    pick_desired(trial, sufficient);
    pick_reading(trial);
    for (size_t i = 0; i < PROFILE_REQUIREMENTS_CEILING; i++)
        trial->muted[i] = below(12) == 0;
}

/* Judged as check does, with the trial's mutes. */
static struct assessment
assess(const struct trial *trial, const struct contact_reading *reading)
{
    struct assessment assessment;
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(&trial->subscription, reading, &trial->profile,
                        trial->arena, &assessment, &err)
        < 0)
        fail_msg("%s", error_message(&err));
    for (size_t i = 0; i < assessment.finding_count; i++)
        if (trial->muted[i] && assessment.findings[i].status == FINDING_FAIL)
            assessment.findings[i].status = FINDING_MUTED;
    assessment_conclude(&assessment);
    return assessment;
}

static struct assessment
assess_contact(const struct trial *trial, const struct contact *contact)
{
    const struct contact_reading reading = {
        .kind = CONTACT_READING_DONE,
        .version = contact->version,
        .contact = contact,
    };

    return assess(trial, &reading);
}

static struct plan *
plan_for(const struct trial *trial, struct assessment *assessment)
{
    const struct plan_options options = {
        .desired = &trial->desired,
        .register_provider = true,
        .tenants = tenants,
        .tenant_count = 1,
    };
    const struct run run = {
        .profile = &trial->profile,
        .complete = true,
        .assessments = assessment,
        .assessment_count = 1,
    };
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    if (plan_make(&plan, &run, &options, &err) < 0)
        fail_msg("%s", error_message(&err));
    return plan;
}

static bool
settled(enum assessment_status status)
{
    return status == ASSESSMENT_COMPLIANT || status == ASSESSMENT_MUTED
           || status == ASSESSMENT_NOT_APPLICABLE;
}

static void
complies_and_takes_nothing_back(const struct trial *trial,
                                const struct assessment *before,
                                const struct plan_change *change)
{
    const struct assessment after = assess_contact(trial, change->after);

    assert_true(settled(after.status));
    for (size_t i = 0; i < after.finding_count; i++)
        if (before->findings[i].status == FINDING_PASS)
            assert_int_not_equal(after.findings[i].status, FINDING_FAIL);
}

static void
is_not_planned_again(const struct trial *trial,
                     const struct plan_change *change)
{
    struct assessment after = assess_contact(trial, change->after);
    struct plan *again = plan_for(trial, &after);

    assert_int_equal(again->change_count, 0);
    assert_int_equal(again->obstacle_count, 0);
    assert_int_equal(again->compliant, 1);
    plan_free(again);
}

static void
take_back(struct contact *contact, const struct contact *before,
          enum contact_field field)
{
    switch (field) {
    case CONTACT_FIELD_ENABLED:
        contact->enabled = before->enabled;
        return;
    case CONTACT_FIELD_EMAILS:
        contact->emails = before->emails;
        contact->email_count = before->email_count;
        return;
    case CONTACT_FIELD_PHONE:
        contact->phone = before->phone;
        return;
    case CONTACT_FIELD_ALERTS:
        contact->alerts = before->alerts;
        return;
    case CONTACT_FIELD_ATTACK_PATHS:
        contact->attack_paths = before->attack_paths;
        return;
    case CONTACT_FIELD_ROLES:
        contact->roles_notified = before->roles_notified;
        contact->roles = before->roles;
        contact->role_count = before->role_count;
        return;
    case CONTACT_FIELD_COUNT:
        break;
    }
    fail();
}

/* Without any one of the differences something would still fail. What the
 * user wants out by name goes for that reason alone. */
static void
needs_each_difference(const struct trial *trial,
                      const struct plan_change *change)
{
    const bool removes =
        trial->desired.removal_count > 0 || trial->desired.replace_emails;

    if (change->before == NULL)
        return;
    assert_true(change->difference_count > 0);
    for (size_t i = 0; i < change->difference_count; i++) {
        struct contact less = *change->after;
        if (removes && change->differences[i].field == CONTACT_FIELD_EMAILS)
            continue;
        take_back(&less, change->before, change->differences[i].field);
        assert_int_equal(assess_contact(trial, &less).status,
                         ASSESSMENT_NON_COMPLIANT);
    }
}

static bool
has_text(const char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(texts[i], text))
            return true;
    return false;
}

static bool
is_dropped(const struct plan_change *change, const char *email)
{
    for (size_t i = 0; i < change->drop_count; i++)
        if (strcmp(change->drops[i].email, email) == 0)
            return true;
    return false;
}

/* Nothing disappears without a word; what stays keeps its order, and comes
 * before what is added. */
static void
keeps_what_was_there(const struct plan_change *change)
{
    const struct contact *before = change->before, *after = change->after;
    size_t place = 0;

    if (before == NULL)
        return;
    for (size_t i = 0; i < before->email_count; i++) {
        if (place < after->email_count
            && strcmp(after->emails[place], before->emails[i]) == 0)
            place++;
        else
            assert_true(is_dropped(change, before->emails[i]));
    }
    for (size_t i = 0; i < before->role_count; i++)
        assert_true(
            has_text(after->roles, after->role_count, before->roles[i]));
    if (before->version == CONTACT_VERSION_2020_01_01) {
        assert_int_equal(after->enabled, CONTACT_UNSEEN);
        assert_int_equal(after->attack_paths.level, CONTACT_LEVEL_UNSEEN);
    }
}

/* Who starts and who stops, by the verdict on reach. */
static void
agrees_with_reach(const struct plan_change *change)
{
    const struct contact_reading reading = {
        .kind = CONTACT_READING_DONE,
        .version = change->after->version,
        .contact = change->after,
    };
    enum reach reach;

    assert_int_equal(reach_of(&reading, &reach), 0);
    if (reach == REACH_NOBODY || reach == REACH_OWNERS)
        for (size_t i = 0; i < change->starts.count; i++)
            assert_null(strchr(change->starts.items[i], '@'));
    if (reach == REACH_NOBODY)
        assert_int_equal(change->starts.count, 0);
    for (size_t i = 0; i < change->starts.count; i++)
        assert_false(has_text(change->stops.items, change->stops.count,
                              change->starts.items[i]));
}

/* Returns whether a change was planned. */
static bool
try_once(const struct trial *trial)
{
    struct assessment before = assess(trial, &trial->reading);
    struct plan *plan = plan_for(trial, &before);
    const bool changed = plan->change_count > 0;

    assert_int_equal(plan->subscriptions, 1);
    assert_int_equal(
        plan->change_count + plan->obstacle_count + plan->compliant, 1);
    assert_int_equal(plan->compliant, settled(before.status));
    if (changed) {
        const struct plan_change *change = &plan->changes[0];
        assert_int_equal(before.status, ASSESSMENT_NON_COMPLIANT);
        complies_and_takes_nothing_back(trial, &before, change);
        is_not_planned_again(trial, change);
        needs_each_difference(trial, change);
        keeps_what_was_there(change);
        agrees_with_reach(change);
    }
    plan_free(plan);
    return changed;
}

static void
holds_for_every_plan(void **state)
{
    size_t changes = 0;

    (void) state;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct trial trial;
        pick_trial(&trial, false);
        changes += try_once(&trial);
        arena_free(trial.arena);
    }
    /* The pools above are not such that hardly anything is planned. */
    assert_true(changes > ROUNDS / 4);
}

/* With addresses, a phone and levels that meet every requirement, only what
 * cannot be read or judged is left undone. */
static void
finds_a_way_where_there_is_one(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct trial trial;
        pick_trial(&trial, true);
        struct assessment before = assess(&trial, &trial.reading);
        struct plan *plan = plan_for(&trial, &before);
        for (size_t j = 0; j < plan->obstacle_count; j++) {
            const enum plan_obstacle_reason reason = plan->obstacles[j].reason;
            assert_true(reason == PLAN_OBSTACLE_UNREADABLE
                        || reason == PLAN_OBSTACLE_UNKNOWN);
        }
        plan_free(plan);
        arena_free(trial.arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_every_plan),
        cmocka_unit_test(finds_a_way_where_there_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
