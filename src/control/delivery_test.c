/* SPDX-License-Identifier: Apache-2.0 */
/* A test of whether alerts reach somebody. */
#include "control/delivery_test.h"

#include <stdlib.h>

#include "base/text.h"

/* Who is mailed about an alert of High severity, by the rules of reach. */
static void
find_mailed(const struct assessment *assessment,
            struct delivery_target *target)
{
    const struct contact *contact = assessment->reading.contact;

    target->roles = assessment->reach == REACH_OWNERS;
    if (assessment->reach != REACH_CONTACT || contact == NULL)
        return;
    target->addresses =
        (struct plan_texts){ contact->emails, contact->email_count };
    target->roles =
        contact->roles_notified == CONTACT_ON && contact->role_count > 0;
}

int
delivery_test_plan(const struct run *run, struct arena *arena,
                   struct delivery_test *ret_test, struct error *err)
{
    struct delivery_test test = { .cloud = run->cloud };

    test.targets = arena_allocate_array(arena, run->assessment_count + 1,
                                        sizeof(*test.targets));
    if (test.targets == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        if (!subscription_applicable(&assessment->subscription))
            continue;
        struct delivery_target *target = &test.targets[test.target_count++];
        target->alert.subscription = assessment->subscription;
        target->alert.outcome = SAMPLE_ALERT_UNCERTAIN;
        find_mailed(assessment, target);
    }
    *ret_test = test;
    return 0;
}

static bool
may_be_raised(const struct delivery_target *target)
{
    return target->alert.outcome == SAMPLE_ALERT_RAISED
           || target->alert.outcome == SAMPLE_ALERT_UNCERTAIN;
}

static int
compare(const void *left, const void *right)
{
    const struct delivery_address *a = left, *b = right;

    return text_compare_ignoring_case(a->address, b->address);
}

/* Makes one of those that are the same. Returns how many are left. */
static size_t
unite(struct delivery_address *addresses, size_t count)
{
    size_t kept = 0;

    qsort(addresses, count, sizeof(*addresses), compare);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare(&addresses[kept - 1], &addresses[i]) != 0) {
            addresses[kept++] = addresses[i];
            continue;
        }
        addresses[kept - 1].raised += addresses[i].raised;
        if (addresses[i].confirmed_at != 0)
            addresses[kept - 1].confirmed_at = addresses[i].confirmed_at;
    }
    return kept;
}

int
delivery_test_addresses(const struct delivery_test *test, struct arena *arena,
                        struct delivery_address **ret_addresses,
                        size_t *ret_count, struct error *err)
{
    size_t room = test->confirmation_count + 1, count = 0;
    struct delivery_address *addresses;

    for (size_t i = 0; i < test->target_count; i++)
        room += test->targets[i].addresses.count;
    addresses = arena_allocate_array(arena, room, sizeof(*addresses));
    if (addresses == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < test->target_count; i++)
        for (size_t j = 0; may_be_raised(&test->targets[i])
                           && j < test->targets[i].addresses.count;
             j++)
            addresses[count++] =
                (struct delivery_address){ test->targets[i].addresses.items[j],
                                           1, 0 };
    for (size_t i = 0; i < test->confirmation_count; i++)
        addresses[count++] =
            (struct delivery_address){ test->confirmations[i].address, 0,
                                       test->confirmations[i].confirmed_at };
    *ret_count = unite(addresses, count);
    *ret_addresses = addresses;
    return 0;
}

bool
delivery_test_may_reach(const struct delivery_test *test, const char *address)
{
    for (size_t i = 0; i < test->target_count; i++) {
        const struct delivery_target *target = &test->targets[i];
        if (!may_be_raised(target))
            continue;
        if (target->roles)
            return true;
        for (size_t j = 0; j < target->addresses.count; j++)
            if (text_equal_ignoring_case(target->addresses.items[j], address))
                return true;
    }
    return false;
}
