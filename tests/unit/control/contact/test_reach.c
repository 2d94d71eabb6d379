/* SPDX-License-Identifier: Apache-2.0 */
#include "control/contact/reach.h"

#include "base/cleanup.h"
#include "unit/unit.h"

/* What a contact looks like: an address, and what is mailed to whom. */
struct shape {
    const char *email; /* NULL: none */
    enum contact_switch enabled;
    enum contact_level alerts;
    enum contact_switch roles_notified;
    const char *role; /* NULL: none */
    enum reach reach;
};

static enum reach
reach(const struct contact_reading *reading)
{
    enum reach reached;

    assert_int_equal(reach_of(reading, &reached), 0);
    return reached;
}

static const char soc[] = "soc@contoso.nl";

#define U CONTACT_UNSEEN
#define N CONTACT_OFF
#define Y CONTACT_ON

static const struct shape shapes[] = {
    { soc, Y, CONTACT_LEVEL_HIGH, Y, "Owner", REACH_CONTACT },
    { soc, Y, CONTACT_LEVEL_LOW, N, NULL, REACH_CONTACT },
    { soc, Y, CONTACT_LEVEL_MEDIUM, N, NULL, REACH_CONTACT },
    /* before 2023: counts as enabled */
    { soc, U, CONTACT_LEVEL_HIGH, N, NULL, REACH_CONTACT },
    { soc, N, CONTACT_LEVEL_HIGH, Y, "Owner", REACH_NOBODY },
    { soc, Y, CONTACT_LEVEL_OFF, Y, "Owner", REACH_NOBODY },
    /* above High */
    { soc, Y, CONTACT_LEVEL_CRITICAL, Y, "Owner", REACH_NOBODY },
    { NULL, Y, CONTACT_LEVEL_HIGH, Y, "Owner", REACH_OWNERS },
    { NULL, Y, CONTACT_LEVEL_HIGH, Y, "Contributor", REACH_OWNERS },
    { NULL, Y, CONTACT_LEVEL_HIGH, Y, NULL, REACH_NOBODY },
    { NULL, Y, CONTACT_LEVEL_HIGH, N, "Owner", REACH_NOBODY },
    { NULL, Y, CONTACT_LEVEL_HIGH, U, NULL, REACH_UNKNOWN },
    /* no mail can be sent there */
    { "n/a", Y, CONTACT_LEVEL_HIGH, Y, "Owner", REACH_OWNERS },
    { "soc@contoso", Y, CONTACT_LEVEL_HIGH, N, NULL, REACH_NOBODY },
    { soc, Y, CONTACT_LEVEL_UNRECOGNIZED, N, NULL, REACH_UNKNOWN },
    { soc, Y, CONTACT_LEVEL_UNSEEN, N, NULL, REACH_UNKNOWN },
    { NULL, Y, CONTACT_LEVEL_UNRECOGNIZED, N, NULL, REACH_NOBODY },
};

static void
follows_from_the_contact(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(shapes); i++) {
        const struct shape *shape = &shapes[i];
        const struct contact contact = {
            .name = "default",
            .enabled = shape->enabled,
            .emails = &shape->email,
            .email_count = shape->email != NULL,
            .alerts = { .level = shape->alerts },
            .roles_notified = shape->roles_notified,
            .roles = &shape->role,
            .role_count = shape->role != NULL,
        };
        const struct contact_reading reading = { .contact = &contact };
        if (reach(&reading) != shape->reach)
            fail_msg("shape %zu: expected %s, got %s", i,
                     reach_name(shape->reach), reach_name(reach(&reading)));
    }
}

static void
follows_from_its_absence(void **state)
{
    const struct contact other = { .name = "default1" };
    const struct contact *const others[] = { &other };
    const struct contact_reading none = { .kind = CONTACT_READING_DONE };
    const struct contact_reading unregistered = {
        .kind = CONTACT_READING_UNREGISTERED
    };
    const struct contact_reading failed = { .kind = CONTACT_READING_FAILED };
    const struct contact_reading only_others = { .others = others,
                                                 .other_count = 1 };

    (void) state;
    assert_int_equal(reach(&none), REACH_OWNERS);
    assert_int_equal(reach(&unregistered), REACH_OWNERS);
    assert_int_equal(reach(&failed), REACH_UNKNOWN);
    assert_int_equal(reach(&only_others), REACH_UNKNOWN);
}

static void
has_names(void **state)
{
    (void) state;
    assert_string_equal(reach_name(REACH_CONTACT), "contact");
    assert_string_equal(reach_name(REACH_OWNERS), "owners");
    assert_string_equal(reach_name(REACH_NOBODY), "nobody");
    assert_string_equal(reach_name(REACH_UNKNOWN), "unknown");
    assert_null(reach_name(REACH_NOT_APPLICABLE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_from_the_contact),
        cmocka_unit_test(follows_from_its_absence),
        cmocka_unit_test(has_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
