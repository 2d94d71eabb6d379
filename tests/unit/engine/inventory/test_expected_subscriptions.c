/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inventory/expected_subscriptions.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define ONE "00000000-0000-4000-8000-000000000001"
#define TWO "00000000-0000-4000-8000-000000000002"
#define THREE "00000000-0000-4000-8000-000000000003"
#define NEXT                                                   \
    "/providers/Microsoft.Management/managementGroups/" TENANT \
    "/descendants?p=2"
#define MEMBER(id_, name_)                                \
    "{\"id\":\"/subscriptions/" id_ "\",\"properties\":{" \
    "\"displayName\":\"" name_ "\"}}"

static struct arena *arena;
static struct expected_subscriptions *expected_subscriptions;
static struct buffer told = BUFFER_INIT(4096);
static unsigned changes;

static void
changed(struct error *err, void *data)
{
    (void) data;
    changes++;
    if (err != NULL)
        buffer_append_text(&told, error_message(err));
}

static int
open_fixture(void **state)
{
    arena = arena_new();
    changes = 0;
    buffer_clear(&told);
    if (arena == NULL
        || expected_subscriptions_new(&expected_subscriptions, arena, changed,
                                      NULL, NULL)
               < 0)
        return -1;
    return arm_fixture_open(state);
}

static int
close_fixture(void **state)
{
    expected_subscriptions_free(expected_subscriptions);
    arena_free(arena);
    buffer_done(&told);
    return arm_fixture_close(state);
}

static void
ask_root(const char *const *answers, size_t count)
{
    arm_fixture_script(answers, count);
    assert_int_equal(expected_subscriptions_set_tenant(expected_subscriptions,
                                                       TENANT, NULL),
                     0);
    assert_int_equal(expected_subscriptions_ask_root(expected_subscriptions,
                                                     arm_fixture_arm(), NULL),
                     0);
    assert_true(expected_subscriptions_pending(expected_subscriptions));
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    assert_false(expected_subscriptions_pending(expected_subscriptions));
    assert_int_equal(changes, 1);
    assert_int_equal(told.length, 0);
    expected_subscriptions_sort(expected_subscriptions);
}

static void
add_list(const char *id, const char *name)
{
    const struct subscription_entry entry = { .id = id, .name = name };
    AUTOSUBSCRIPTION_SET list = SUBSCRIPTION_SET_INIT(arena);

    assert_int_equal(subscription_set_add(&list, &entry, NULL), 0);
    assert_int_equal(expected_subscriptions_add_list(expected_subscriptions,
                                                     &list, "list", NULL),
                     0);
}

static void
see(const char *id)
{
    const struct subscription listed = { .id = id, .tenant_id = TENANT };

    expected_subscriptions_see(expected_subscriptions, &listed);
}

/* All that is missing as "3=Name@7c0ffee0: message;". */
static const char *
missing(void)
{
    struct expected_subscriptions_missing one;
    size_t index = 0;

    buffer_clear(&told);
    while (expected_subscriptions_next_missing(expected_subscriptions, &index,
                                               &one))
        buffer_printf(&told, "%s=%s@%.8s: %s %.*s;", one.subscription.id + 35,
                      one.subscription.name, one.subscription.tenant_id,
                      one.error->code, (int) strcspn(one.error->message, ","),
                      one.error->message);
    return buffer_text(&told);
}

static void
tells_what_is_below_the_root_and_not_listed(void **state)
{
    static const char *const answers[] = {
        "{\"value\":[" MEMBER(TWO, "Two") "," MEMBER(
            ONE, "One") "],"
                        "\"nextLink\":\"%s" NEXT "\"}",
        "{\"value\":[" MEMBER(ONE, "Again") "," MEMBER(THREE, "Three") "]}",
    };

    (void) state;
    ask_root(answers, ARRAY_LENGTH(answers));
    see(TWO);
    see("99999999-0000-4000-8000-000000000009");
    assert_string_equal(
        missing(), "1=One@7c0ffee0: NotVisible it is below the root "
                   "management group;3=Three@7c0ffee0: NotVisible it is below "
                   "the root management group;");
    expected_subscriptions_include(expected_subscriptions, TWO);
    expected_subscriptions_include(expected_subscriptions, THREE);
    expected_subscriptions_include(expected_subscriptions,
                                   "99999999-0000-4000-8000-000000000009");
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_true(coverage.known);
    assert_int_equal(coverage.sources, COVERAGE_SOURCE_ROOT);
    assert_int_equal(coverage.expected, 2);
    assert_int_equal(coverage.not_visible, 1);
    assert_false(
        expected_subscriptions_in_groups(expected_subscriptions, TWO));
}

static void
does_not_know_what_it_may_not_read(void **state)
{
    static const char *const refusals[] = {
        "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"x\"}}"
    };

    (void) state;
    ask_root(refusals, 1);
    assert_int_equal(arm_fixture_asked_count(), 1);
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_false(coverage.known);
    assert_int_equal(coverage.reason, COVERAGE_REASON_ROOT_REFUSED);
    assert_string_equal(coverage.detail, "403 AuthorizationFailed");
    assert_string_equal(missing(), "");
}

static void
a_list_makes_known_what_the_root_does_not(void **state)
{
    static const char *const refusals[] = {
        "404{\"error\":{\"code\":\"NotFound\",\"message\":\"x\"}}"
    };

    (void) state;
    add_list(THREE, "Listed");
    ask_root(refusals, 1);
    assert_string_equal(missing(), "3=Listed@: NotVisible list names it;");
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_true(coverage.known);
    assert_int_equal(coverage.sources, COVERAGE_SOURCE_FILE);
    assert_int_equal(coverage.reason, COVERAGE_REASON_NONE);
    assert_null(coverage.detail);
}

/* The file names it first, the root group knows whose it is. */
static void
two_sources_are_one(void **state)
{
    static const char *const answers[] = { "{\"value\":[" MEMBER(
        TWO, "Two") "," MEMBER(THREE, "Three") "]}" };

    (void) state;
    add_list(THREE, "");
    ask_root(answers, 1);
    see(TWO);
    assert_string_equal(missing(),
                        "3=Three@7c0ffee0: NotVisible list names it;");
    assert_int_equal(
        expected_subscriptions_coverage(expected_subscriptions).sources,
        COVERAGE_SOURCE_ROOT | COVERAGE_SOURCE_FILE);
}

static void
half_a_root_group_counts_and_is_not_all(void **state)
{
    static const char *const answers[] = {
        "{\"value\":[" MEMBER(ONE, "One") "],\"nextLink\":\"%s" NEXT "\"}",
        "{\"value\":[{}]}",
    };

    (void) state;
    ask_root(answers, ARRAY_LENGTH(answers));
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_false(coverage.known);
    assert_int_equal(coverage.reason, COVERAGE_REASON_ROOT_FAILED);
    assert_string_equal(coverage.detail, "one of its descendants has no id");
    assert_string_equal(missing(), "1=One@7c0ffee0: NotVisible it is below "
                                   "the root management group;");
}

static void
a_root_group_without_what_is_listed_is_not_believed(void **state)
{
    static const char *const answers[] = { "{\"value\":[" MEMBER(ONE,
                                                                 "One") "]}" };
    const struct subscription delegated = { .id = TWO, .tenant_id = ONE };

    (void) state;
    ask_root(answers, 1);
    /* One of another tenant's need not be there. */
    expected_subscriptions_see(expected_subscriptions, &delegated);
    assert_true(expected_subscriptions_coverage(expected_subscriptions).known);
    see(TWO);
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_false(coverage.known);
    assert_int_equal(coverage.sources, 0);
    assert_int_equal(coverage.reason, COVERAGE_REASON_ROOT_FAILED);
    assert_string_equal(coverage.detail,
                        "it names none of the visible subscriptions");
    /* A new one may not be there yet. */
    see(ONE);
    assert_true(expected_subscriptions_coverage(expected_subscriptions).known);
}

static void
a_list_is_believed_without_the_root_group(void **state)
{
    static const char *const answers[] = { "{\"value\":[]}" };

    (void) state;
    add_list(THREE, "Listed");
    ask_root(answers, 1);
    see(TWO);
    const struct coverage coverage =
        expected_subscriptions_coverage(expected_subscriptions);
    assert_true(coverage.known);
    assert_int_equal(coverage.sources, COVERAGE_SOURCE_FILE);
    assert_int_equal(coverage.reason, COVERAGE_REASON_NONE);
    assert_null(coverage.detail);
}

static void
without_a_tenant_nothing_is_asked(void **state)
{
    (void) state;
    arm_fixture_script(NULL, 0);
    assert_int_equal(expected_subscriptions_set_tenant(expected_subscriptions,
                                                       "../x", NULL),
                     0);
    assert_int_equal(
        expected_subscriptions_set_tenant(expected_subscriptions, NULL, NULL),
        0);
    assert_int_equal(expected_subscriptions_ask_root(expected_subscriptions,
                                                     arm_fixture_arm(), NULL),
                     0);
    assert_false(expected_subscriptions_pending(expected_subscriptions));
    assert_int_equal(
        expected_subscriptions_coverage(expected_subscriptions).reason,
        COVERAGE_REASON_NO_TENANT);
    assert_int_equal(arm_fixture_asked_count(), 0);
}

static void
a_group_of_the_scope_must_be_readable(void **state)
{
    static const char *const answers[] = {
        "{\"value\":[" MEMBER(ONE, "One") "]}",
        "{\"value\":[]}",
        "403{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}",
    };
    struct scope_rule rules[] = { { "mg-1", "--management-group" },
                                  { "mg-2", "--management-group" },
                                  { "mg-3", "--management-group" } };
    const struct scope_rules groups = { rules, ARRAY_LENGTH(rules) };

    (void) state;
    arm_fixture_script(answers, ARRAY_LENGTH(answers));
    assert_int_equal(expected_subscriptions_ask_groups(expected_subscriptions,
                                                       arm_fixture_arm(),
                                                       &groups, NULL),
                     0);
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    assert_int_equal(changes, 3);
    assert_string_equal(buffer_text(&told),
                        "--management-group: management group 'mg-3': HTTP "
                        "403 AuthorizationFailed: no (request r)");
    expected_subscriptions_sort(expected_subscriptions);
    assert_true(expected_subscriptions_in_groups(expected_subscriptions, ONE));
    assert_false(
        expected_subscriptions_in_groups(expected_subscriptions, TWO));
    assert_ptr_equal(
        expected_subscriptions_empty_group(expected_subscriptions, 0),
        &rules[1]);
    assert_null(expected_subscriptions_empty_group(expected_subscriptions, 1));
    assert_true(expected_subscriptions_coverage(expected_subscriptions).known);
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, open_fixture, close_fixture)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tells_what_is_below_the_root_and_not_listed),
        TEST(does_not_know_what_it_may_not_read),
        TEST(a_list_makes_known_what_the_root_does_not),
        TEST(two_sources_are_one),
        TEST(half_a_root_group_counts_and_is_not_all),
        TEST(a_root_group_without_what_is_listed_is_not_believed),
        TEST(a_list_is_believed_without_the_root_group),
        TEST(without_a_tenant_nothing_is_asked),
        TEST(a_group_of_the_scope_must_be_readable),
    };

    return cmocka_run_group_tests_name("expectation", tests, arm_fixture_start,
                                       arm_fixture_stop);
}
