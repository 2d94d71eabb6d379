/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/subscription.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
knows_where_alerts_can_arise(void **state)
{
    static const struct {
        const char *state, *quota_id;
        enum subscription_state known_as;
        bool applicable;
    } cases[] = {
        { "Enabled", NULL, SUBSCRIPTION_STATE_ENABLED, true },
        { "enabled", "PayAsYouGo_2014-09-01", SUBSCRIPTION_STATE_ENABLED,
          true },
        { "Warned", NULL, SUBSCRIPTION_STATE_WARNED, true },
        { "PastDue", NULL, SUBSCRIPTION_STATE_PAST_DUE, true },
        { "Disabled", NULL, SUBSCRIPTION_STATE_DISABLED, false },
        { "DISABLED", NULL, SUBSCRIPTION_STATE_DISABLED, false },
        { "Deleted", NULL, SUBSCRIPTION_STATE_DELETED, false },
        { "Suspended", NULL, SUBSCRIPTION_STATE_OTHER, true },
        { "", NULL, SUBSCRIPTION_STATE_OTHER, true },
        { "Enabled", "AAD_2015-09-01", SUBSCRIPTION_STATE_ENABLED, false },
        { "Enabled", "aad_2014-09-01", SUBSCRIPTION_STATE_ENABLED, false },
        { "Enabled", "AADX", SUBSCRIPTION_STATE_ENABLED, true },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct subscription subscription = { .id = "",
                                                   .name = "",
                                                   .tenant_id = "",
                                                   .state = cases[i].state,
                                                   .quota_id =
                                                       cases[i].quota_id };
        assert_int_equal(subscription_state(&subscription), cases[i].known_as);
        assert_int_equal(subscription_applicable(&subscription),
                         cases[i].applicable);
    }
}

static void
orders_by_name_then_id(void **state)
{
    const struct subscription a = { .name = "Alpha", .id = "2" };
    const struct subscription a_too = { .name = "Alpha", .id = "1" };
    const struct subscription small = { .name = "alpha", .id = "0" };
    const struct subscription accent = { .name = "\xc3\x84", .id = "0" };

    (void) state;
    assert_true(subscription_compare(&a_too, &a) < 0);
    assert_true(subscription_compare(&a, &small) < 0);
    assert_true(subscription_compare(&accent, &small) > 0);
    assert_int_equal(subscription_compare(&a, &a), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_where_alerts_can_arise),
        cmocka_unit_test(orders_by_name_then_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
