/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/plan/planning.h"

#include <string.h>

#include <jansson.h>

#include "azure/contact/contact_snapshot.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define CONTACT(properties_)                                    \
    "{\"value\":[{\"name\":\"default\",\"etag\":\"\\\"1\\\"\"," \
    "\"properties\":" properties_ "}]}"
#define GOOD                                                           \
    "{\"isEnabled\":true,\"emails\":\"soc@contoso.nl\","               \
    "\"phone\":\"+31 20 123 4567\",\"futureMember\":{\"kept\":[1,2]}," \
    "\"notificationsSources\":[{\"sourceType\":\"Alert\","             \
    "\"minimalSeverity\":\"High\"}],"                                  \
    "\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]}}"
#define DISABLED                                                       \
    "{\"isEnabled\":false,\"emails\":\"soc@contoso.nl\","              \
    "\"phone\":\"+31 20 123 4567\",\"futureMember\":{\"kept\":[1,2]}," \
    "\"notificationsSources\":[{\"sourceType\":\"Alert\","             \
    "\"minimalSeverity\":\"High\"}],"                                  \
    "\"notificationsByRole\":{\"state\":\"On\",\"roles\":[\"Owner\"]}}"

static const char none[] = "{\"value\":[]}";
static const char good[] = CONTACT(GOOD);
static const char disabled[] = CONTACT(DISABLED);

static const char *const emails[] = { "soc@contoso.nl" };
static const char *const tenants[] = { TENANT };
static const struct desired_contact desired = { .emails = emails,
                                                .email_count = 1,
                                                .phone = "+31 20 123 4567" };
static const struct plan_options options = {
    .desired = &desired,
    .register_provider = true,
    .tenants = tenants,
    .tenant_count = 1,
    .now = 1795338850000,
    .unique = 0x77aa,
};

static const char first_id[] = "4b2f0c1e-0000-4000-8000-000000000001";
static const char second_id[] = "4b2f0c1e-0000-4000-8000-000000000002";
static const char third_id[] = "4b2f0c1e-0000-4000-8000-000000000003";

enum { ESTATE_CEILING = 4 };

static struct run *run;

static int
begin(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    if (run_new(&run, 1795338847000, 1, profile_default(), &err) < 0)
        return -1;
    run->complete = true;
    run->assessments = arena_allocate_array(run->arena, ESTATE_CEILING,
                                            sizeof(*run->assessments));
    return run->assessments != NULL ? 0 : -1;
}

static int
end(void **state)
{
    (void) state;
    run_free(run);
    return 0;
}

static struct contact_snapshot
image_of(const char *document)
{
    return (struct contact_snapshot){ CONTACT_VERSION_2023_12_01, document,
                                      strlen(document) };
}

static void
add_reading(const char *id, const char *state,
            const struct contact_reading *reading)
{
    const struct subscription subscription = { id, "Zorg", TENANT, state,
                                               NULL };
    AUTOERROR err = ERROR_INIT;

    if (assessment_make(&subscription, reading, run->profile, run->arena,
                        &run->assessments[run->assessment_count++], &err)
        < 0)
        fail_msg("%s", error_message(&err));
}

/* As a check that keeps images sees it. */
static void
add_in_version(const char *id, const char *document,
               enum contact_version version)
{
    struct contact_snapshot *image =
        arena_allocate(run->arena, sizeof(*image));
    struct contact_reading reading;
    AUTOERROR err = ERROR_INIT;

    *image = image_of(document);
    image->version = version;
    if (contact_snapshot_decode(image, run->arena, &reading, &err) < 0)
        fail_msg("%s", error_message(&err));
    reading.image = image;
    add_reading(id, "Enabled", &reading);
}

static void
add(const char *id, const char *document)
{
    add_in_version(id, document, CONTACT_VERSION_2023_12_01);
}

/* Whatever is planned also does what it shows. */
static struct plan *
remediate(void)
{
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    run_sort(run);
    if (planning_remediate(&plan, run, &options, &err) < 0
        || planning_verify(plan, "plan.json", &err) < 0)
        fail_msg("%s", error_message(&err));
    return plan;
}

static struct plan *
revert(const struct change *changes, size_t count)
{
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    run_sort(run);
    if (planning_revert(&plan, run, changes, count, &options, &err) < 0
        || planning_verify(plan, "plan.json", &err) < 0)
        fail_msg("%s", error_message(&err));
    return plan;
}

static json_t *
parse(const char *text)
{
    json_t *tree = text != NULL ? json_loads(text, 0, NULL) : NULL;

    if (tree == NULL)
        fail_msg("no JSON: %s", text != NULL ? text : "(null)");
    return tree;
}

static void
assert_properties(const char *body, const char *properties)
{
    json_t *actual = parse(body), *expected = parse(properties);

    if (!json_equal(json_object_get(actual, "properties"), expected))
        fail_msg("%s\nis not\n%s", body, properties);
    json_decref(actual);
    json_decref(expected);
}

static void
writes_what_is_needed_and_keeps_the_rest(void **state)
{
    (void) state;
    add(first_id, disabled);
    struct plan *plan = remediate();
    assert_int_equal(plan->change_count, 1);
    assert_int_equal(plan->changes[0].action, PLAN_UPDATE);
    assert_properties(plan->changes[0].body, GOOD);
    plan_free(plan);
}

static void
writes_a_whole_contact_where_there_is_none(void **state)
{
    const struct contact_reading unregistered = {
        .kind = CONTACT_READING_UNREGISTERED
    };

    (void) state;
    add(first_id, none);
    add_reading(second_id, "Enabled", &unregistered);
    struct plan *plan = remediate();
    assert_int_equal(plan->change_count, 2);
    assert_int_equal(plan->changes[0].action, PLAN_CREATE);
    assert_int_equal(plan->changes[1].action, PLAN_REGISTER);
    assert_null(plan->changes[1].image);
    for (size_t i = 0; i < 2; i++) {
        json_t *body = parse(plan->changes[i].body);
        const json_t *properties = json_object_get(body, "properties");
        assert_true(json_is_true(json_object_get(properties, "isEnabled")));
        assert_string_equal(
            json_string_value(json_object_get(properties, "emails")),
            "soc@contoso.nl");
        json_decref(body);
    }
    plan_free(plan);
}

/* A change as the journal has it. */
static struct change
change_of(const char *id, const struct contact_snapshot *before,
          const char *body, const struct contact_snapshot *after)
{
    return (struct change){
        .id = 17,
        .operation = "2026-11-22T09:14:10Z-77aa",
        .subscription = { id, "Zorg", TENANT, "", NULL },
        .action = body == NULL ? PLAN_DELETE : PLAN_UPDATE,
        .before = before,
        .body = body,
        .result = { .outcome = CHANGE_DONE, .after = after },
    };
}

static const char body_good[] = "{\"properties\":" GOOD "}";

static void
brings_back_what_was_there(void **state)
{
    const struct contact_snapshot was = image_of(disabled);
    const struct contact_snapshot nothing = image_of(none);
    const struct contact_snapshot left = image_of(good);
    struct change changes[] = {
        change_of(first_id, &was, body_good, &left),
        change_of(second_id, &nothing, body_good, &left),
        change_of(third_id, &was, body_good, &left),
    };

    (void) state;
    changes[1].action = PLAN_CREATE;
    /* Somebody else took it back already. */
    add(first_id, good);
    add(second_id, good);
    add(third_id, disabled);
    struct plan *plan = revert(changes, ARRAY_LENGTH(changes));
    assert_int_equal(plan->kind, PLAN_REVERSAL);
    assert_string_equal(plan->reverts, "2026-11-22T09:14:10Z-77aa");
    assert_int_equal(plan->subscriptions, 3);
    assert_int_equal(plan->compliant, 1);
    assert_int_equal(plan->obstacle_count, 0);
    assert_int_equal(plan->change_count, 2);
    assert_int_equal(plan->changes[0].action, PLAN_UPDATE);
    assert_int_equal(plan->changes[0].reverts, 17);
    assert_properties(plan->changes[0].body, DISABLED);
    assert_int_equal(plan->changes[1].action, PLAN_DELETE);
    assert_null(plan->changes[1].body);
    assert_true((plan->changes[1].cautions & PLAN_CAUTION_NO_CONTACT) != 0);
    plan_free(plan);
}

static void
makes_a_contact_that_was_taken_away_anew(void **state)
{
    const struct contact_snapshot was = image_of(disabled);
    const struct contact_snapshot nothing = image_of(none);
    const struct change deleted = change_of(first_id, &was, NULL, &nothing);

    (void) state;
    add(first_id, none);
    struct plan *plan = revert(&deleted, 1);
    assert_int_equal(plan->change_count, 1);
    assert_int_equal(plan->changes[0].action, PLAN_CREATE);
    assert_properties(plan->changes[0].body, DISABLED);
    plan_free(plan);
}

static void
assert_only_obstacle(const struct plan *plan, enum plan_obstacle_reason reason)
{
    assert_int_equal(plan->change_count, 0);
    assert_int_equal(plan->obstacle_count, 1);
    assert_int_equal(plan->obstacles[0].reason, reason);
}

static void
touches_nothing_that_others_changed(void **state)
{
    const struct contact_snapshot was = image_of(none);
    const struct contact_snapshot left = image_of(good);
    struct change change = change_of(first_id, &was, body_good, &left);

    (void) state;
    add(first_id, disabled);
    struct plan *plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_CONFLICT);
    plan_free(plan);
    /* Neither where nobody saw what became of it, and it is not there. */
    change.result = (struct change_result){ .outcome = CHANGE_UNVERIFIED };
    plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_CONFLICT);
    plan_free(plan);
}

static void
takes_back_what_nobody_saw_arrive(void **state)
{
    static const enum change_outcome outcomes[] = { CHANGE_PENDING,
                                                    CHANGE_UNVERIFIED };
    const struct contact_snapshot was = image_of(disabled);

    (void) state;
    add(first_id, good);
    for (size_t i = 0; i < ARRAY_LENGTH(outcomes); i++) {
        struct change change = change_of(first_id, &was, body_good, NULL);
        change.result.outcome = outcomes[i];
        struct plan *plan = revert(&change, 1);
        assert_int_equal(plan->change_count, 1);
        plan_free(plan);
    }
}

static void
leaves_alone_what_was_not_done(void **state)
{
    static const enum change_outcome outcomes[] = {
        CHANGE_ALREADY, CHANGE_CONFLICT, CHANGE_NOT_SENT, CHANGE_REFUSED
    };
    const struct contact_snapshot was = image_of(disabled);

    (void) state;
    add(first_id, good);
    for (size_t i = 0; i < ARRAY_LENGTH(outcomes); i++) {
        struct change change = change_of(first_id, &was, body_good, NULL);
        change.result.outcome = outcomes[i];
        struct plan *plan = revert(&change, 1);
        assert_int_equal(plan->subscriptions, 0);
        assert_int_equal(plan->change_count + plan->obstacle_count, 0);
        plan_free(plan);
    }
}

/* Registration, creation, and a later change of one subscription. */
static void
goes_back_to_the_oldest_before(void **state)
{
    const struct contact_snapshot nothing = image_of(none);
    const struct contact_snapshot between = image_of(disabled);
    const struct contact_snapshot left = image_of(good);
    struct change changes[] = {
        change_of(first_id, NULL, NULL, NULL),
        change_of(first_id, &nothing, body_good, &between),
        change_of(first_id, &between, body_good, &left),
    };

    (void) state;
    changes[0].action = PLAN_REGISTER;
    changes[1].id = 18;
    changes[2].id = 19;
    add(first_id, good);
    struct plan *plan = revert(changes, ARRAY_LENGTH(changes));
    assert_int_equal(plan->subscriptions, 1);
    assert_int_equal(plan->change_count, 1);
    assert_int_equal(plan->changes[0].action, PLAN_DELETE);
    assert_int_equal(plan->changes[0].reverts, 18);
    assert_int_equal(plan->obstacle_count, 1);
    assert_int_equal(plan->obstacles[0].reason, PLAN_OBSTACLE_NOT_UNDONE);
    plan_free(plan);
}

static void
says_what_stands_in_the_way(void **state)
{
    const struct contact_snapshot was = image_of(disabled);
    const struct contact_snapshot left = image_of(good);
    const struct contact_error refused = { 403, "AuthorizationFailed", "",
                                           NULL };
    const struct contact_reading failed = { .kind = CONTACT_READING_FAILED,
                                            .error = &refused };
    const struct contact_reading unregistered = {
        .kind = CONTACT_READING_UNREGISTERED
    };
    const struct change change = change_of(first_id, &was, body_good, &left);

    (void) state;
    struct plan *plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_GONE);
    plan_free(plan);

    add_reading(first_id, "Enabled", &failed);
    plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_UNREADABLE);
    assert_ptr_equal(plan->obstacles[0].error, &refused);
    plan_free(plan);

    run->assessment_count = 0;
    add_reading(first_id, "Disabled", &failed);
    plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_READ_ONLY);
    plan_free(plan);

    run->assessment_count = 0;
    add_reading(first_id, "Enabled", &unregistered);
    plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_UNREGISTERED);
    plan_free(plan);

    run->assessment_count = 0;
    add_in_version(first_id,
                   "[{\"name\":\"default\",\"properties\":"
                   "{\"emails\":\"soc@contoso.nl\"}}]",
                   CONTACT_VERSION_2020_01_01);
    plan = revert(&change, 1);
    assert_only_obstacle(plan, PLAN_OBSTACLE_VERSION);
    plan_free(plan);
}

/* ARM lets a DELETE through where a subscription is Warned, and no PUT. */
static void
only_removes_where_nothing_may_be_put(void **state)
{
    const struct contact_snapshot was = image_of(disabled);
    const struct contact_snapshot nothing = image_of(none);
    const struct contact_snapshot left = image_of(good);
    struct change changes[] = {
        change_of(first_id, &was, body_good, &left),
        change_of(second_id, &nothing, body_good, &left),
    };

    (void) state;
    add(first_id, good);
    add(second_id, good);
    for (size_t i = 0; i < run->assessment_count; i++)
        run->assessments[i].subscription.state = "Warned";
    struct plan *plan = revert(changes, ARRAY_LENGTH(changes));
    assert_int_equal(plan->obstacle_count, 1);
    assert_int_equal(plan->obstacles[0].reason, PLAN_OBSTACLE_READ_ONLY);
    assert_string_equal(plan->obstacles[0].argument, "Warned");
    assert_int_equal(plan->change_count, 1);
    assert_int_equal(plan->changes[0].action, PLAN_DELETE);
    plan_free(plan);
}

static void
writes_to_no_tenant_that_nobody_named(void **state)
{
    const struct plan_options unnamed = { .desired = &desired };
    const struct contact_snapshot was = image_of(disabled);
    const struct contact_snapshot left = image_of(good);
    const struct change change = change_of(first_id, &was, body_good, &left);
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    (void) state;
    add(first_id, good);
    assert_int_equal(planning_revert(&plan, run, &change, 1, &unnamed, &err),
                     0);
    assert_only_obstacle(plan, PLAN_OBSTACLE_TENANT);
    plan_free(plan);
}

int
main(void)
{
#define TEST(name_) cmocka_unit_test_setup_teardown(name_, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(writes_what_is_needed_and_keeps_the_rest),
        TEST(writes_a_whole_contact_where_there_is_none),
        TEST(brings_back_what_was_there),
        TEST(makes_a_contact_that_was_taken_away_anew),
        TEST(touches_nothing_that_others_changed),
        TEST(takes_back_what_nobody_saw_arrive),
        TEST(leaves_alone_what_was_not_done),
        TEST(goes_back_to_the_oldest_before),
        TEST(says_what_stands_in_the_way),
        TEST(only_removes_where_nothing_may_be_put),
        TEST(writes_to_no_tenant_that_nobody_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
