/* SPDX-License-Identifier: Apache-2.0 */
#include "control/plan/plan.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/control/sample_plan.h"
#include "unit/unit.h"

static void
has_the_names_that_programs_rely_on(void **state)
{
    static const char *const reasons[] = {
        "unreadable",   "unknown",  "no-email",      "email-few",
        "email-domain", "no-phone", "unregistered",  "read-only",
        "version",      "tenant",   "contradiction", "conflict",
        "not-undone",   "gone"
    };

    (void) state;
    assert_string_equal(plan_kind_name(PLAN_REMEDIATION), "remediation");
    assert_string_equal(plan_kind_name(PLAN_REVERSAL), "reversal");
    assert_string_equal(plan_action_name(PLAN_CREATE), "create");
    assert_string_equal(plan_action_name(PLAN_UPDATE), "update");
    assert_string_equal(plan_action_name(PLAN_DELETE), "delete");
    assert_string_equal(plan_action_name(PLAN_REGISTER), "register");
    assert_string_equal(plan_drop_reason_name(PLAN_DROP_INVALID), "invalid");
    assert_string_equal(plan_drop_reason_name(PLAN_DROP_REPLACED), "replaced");
    assert_int_equal(PLAN_OBSTACLE_COUNT, ARRAY_LENGTH(reasons));
    for (enum plan_obstacle_reason reason = 0; reason < PLAN_OBSTACLE_COUNT;
         reason++)
        assert_string_equal(plan_obstacle_reason_name(reason),
                            reasons[reason]);
}

static void
orders_changes_and_obstacles_as_reports_do(void **state)
{
    struct run *run = sample_plan_run();
    struct plan *plan = sample_plan(run);

    (void) state;
    assert_string_equal(plan->id, "2026-11-22T09:14:10Z-77aa");
    assert_true(plan->change_count > 20 && plan->obstacle_count > 3);
    for (size_t i = 1; i < plan->change_count; i++)
        assert_true(subscription_compare(&plan->changes[i - 1].subscription,
                                         &plan->changes[i].subscription)
                    < 0);
    for (size_t i = 1; i < plan->obstacle_count; i++)
        assert_true(subscription_compare(&plan->obstacles[i - 1].subscription,
                                         &plan->obstacles[i].subscription)
                    < 0);
    assert_int_equal(plan->change_count + plan->obstacle_count
                         + plan->compliant,
                     plan->subscriptions);
    plan_free(plan);
    run_free(run);
}

static void
works_out_a_reversal(void **state)
{
    struct run *run = sample_plan_run();
    struct plan *plan = sample_plan_reversal(run);
    const struct plan_change *removed = &plan->changes[0];
    const struct plan_change *cleared = &plan->changes[1];
    const struct plan_change *disabled = &plan->changes[2];

    (void) state;
    assert_string_equal(removed->subscription.name, "Data-Lab-01");
    assert_int_equal(removed->action, PLAN_DELETE);
    assert_int_equal(removed->cautions, PLAN_CAUTION_NO_CONTACT);
    assert_int_equal(removed->stops.count, 2); /* Owner is mailed anyway */
    assert_int_equal(cleared->action, PLAN_UPDATE);
    assert_int_equal(cleared->cautions, PLAN_CAUTION_PHONE);
    assert_null(cleared->differences[0].after);
    assert_int_equal(disabled->difference_count, 1);
    assert_int_equal(disabled->stops.count, 3);
    assert_int_equal(disabled->reverts, 17);
    plan_free(plan);
    run_free(run);
}

static void
knows_the_tenants_that_may_be_written_to(void **state)
{
    const struct plan_options options = { .tenants = sample_plan_tenants,
                                          .tenant_count = 1 };

    (void) state;
    assert_true(
        plan_may_write(&options, "7C0FFEE0-0000-4000-8000-00000000ABCD"));
    assert_false(plan_may_write(&options, ""));
    assert_false(
        plan_may_write(&(struct plan_options){ 0 }, sample_plan_tenants[0]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_names_that_programs_rely_on),
        cmocka_unit_test(orders_changes_and_obstacles_as_reports_do),
        cmocka_unit_test(works_out_a_reversal),
        cmocka_unit_test(knows_the_tenants_that_may_be_written_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
