/* SPDX-License-Identifier: Apache-2.0 */
/* A test of whether alerts reach somebody. */
#include "control/past/test_alert.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/value/email.h"

/* The addresses that get mail: what is no address gets none, by the rule of
 * reach. */
static int
find_addresses(const struct contact *contact, struct arena *arena,
               struct plan_texts *ret_addresses, struct error *err)
{
    const char **items =
        arena_allocate_array(arena, contact->email_count + 1, sizeof(*items));
    size_t count = 0;

    if (items == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid = false;
        if (email_valid(contact->emails[i], &valid) < 0)
            return error_set_memory(err);
        if (valid)
            items[count++] = contact->emails[i];
    }
    *ret_addresses = (struct plan_texts){ items, count };
    return 0;
}

/* Who is mailed about an alert of High severity, by the rules of reach. */
static int
find_mailed(const struct assessment *assessment, struct arena *arena,
            struct test_alert_target *target, struct error *err)
{
    const struct contact *contact = assessment->reading.contact;

    target->reach = assessment->reach;
    target->roles = assessment->reach == REACH_OWNERS;
    if (assessment->reach != REACH_CONTACT || contact == NULL)
        return 0;
    target->roles =
        contact->roles_notified == CONTACT_ON && contact->role_count > 0;
    return find_addresses(contact, arena, &target->addresses, err);
}

int
test_alert_plan(const struct run *run, struct arena *arena,
                struct test_alert *ret_test, struct error *err)
{
    struct test_alert test = { .cloud = run->cloud };

    test.targets = arena_allocate_array(arena, run->assessment_count + 1,
                                        sizeof(*test.targets));
    if (test.targets == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        if (!subscription_applicable(&assessment->subscription))
            continue;
        struct test_alert_target *target = &test.targets[test.target_count++];
        target->alert.subscription = assessment->subscription;
        target->alert.outcome = TEST_ALERT_SAMPLE_UNCERTAIN;
        if (find_mailed(assessment, arena, target, err) < 0)
            return -1;
    }
    *ret_test = test;
    return 0;
}

static bool
may_be_raised(const struct test_alert_target *target)
{
    return target->alert.outcome == TEST_ALERT_SAMPLE_RAISED
           || target->alert.outcome == TEST_ALERT_SAMPLE_UNCERTAIN;
}

/* An address in one contact, or in a confirmation. */
struct mention {
    const char *address;
    size_t target;        /* its number; SIZE_MAX: of a confirmation */
    int64_t confirmed_at; /* 0 where a contact names it */
};

static int
mention_compare(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    const int order = text_compare_ignoring_case(a->address, b->address);

    if (order != 0)
        return order;
    return (a->target > b->target) - (a->target < b->target);
}

static size_t
count_mentions(const struct test_alert *test)
{
    size_t count = test->confirmation_count;

    for (size_t i = 0; i < test->target_count; i++)
        if (may_be_raised(&test->targets[i]))
            count += test->targets[i].addresses.count;
    return count;
}

static void
take_mentions(const struct test_alert *test, struct mention *mentions)
{
    for (size_t i = 0; i < test->target_count; i++) {
        const struct plan_texts *addresses = &test->targets[i].addresses;
        for (size_t j = 0;
             may_be_raised(&test->targets[i]) && j < addresses->count; j++)
            *mentions++ = (struct mention){ addresses->items[j], i, 0 };
    }
    for (size_t i = 0; i < test->confirmation_count; i++)
        *mentions++ =
            (struct mention){ test->confirmations[i].address, SIZE_MAX,
                              test->confirmations[i].confirmed_at };
}

static bool
roles_may_be_mailed(const struct test_alert *test)
{
    for (size_t i = 0; i < test->target_count; i++)
        if (may_be_raised(&test->targets[i]) && test->targets[i].roles)
            return true;
    return false;
}

/* Makes an address of each run of sorted mentions that are the same. Returns
 * how many there are. */
static size_t
gather(const struct mention *mentions, size_t count,
       struct test_alert_address *addresses)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        const bool same = i > 0
                          && text_compare_ignoring_case(
                                 mentions[i - 1].address, mentions[i].address)
                                 == 0;
        if (!same)
            addresses[kept++] = (struct test_alert_address){
                .address = mentions[i].address,
            };
        struct test_alert_address *address = &addresses[kept - 1];
        /* A contact may name an address twice. */
        if (mentions[i].confirmed_at != 0)
            address->confirmed_at = mentions[i].confirmed_at;
        else if (!same || mentions[i - 1].target != mentions[i].target)
            address->raised++;
    }
    return kept;
}

int
test_alert_addresses(const struct test_alert *test, struct arena *arena,
                     struct test_alert_address **ret_addresses,
                     size_t *ret_count, struct error *err)
{
    const size_t mentioned = count_mentions(test);
    const bool roles = roles_may_be_mailed(test);
    AUTOFREE struct mention *mentions =
        calloc(mentioned + 1, sizeof(*mentions));
    struct test_alert_address *addresses =
        arena_allocate_array(arena, mentioned + 1, sizeof(*addresses));

    if (mentions == NULL || addresses == NULL)
        return error_set_memory(err);
    take_mentions(test, mentions);
    qsort(mentions, mentioned, sizeof(*mentions), mention_compare);
    const size_t count = gather(mentions, mentioned, addresses);
    for (size_t i = 0; i < count; i++)
        addresses[i].by_role = roles && addresses[i].raised == 0;
    *ret_addresses = addresses;
    *ret_count = count;
    return 0;
}

bool
test_alert_may_reach(const struct test_alert *test, const char *address)
{
    for (size_t i = 0; i < test->target_count; i++) {
        const struct test_alert_target *target = &test->targets[i];
        if (!may_be_raised(target))
            continue;
        if (target->roles || target->reach == REACH_UNKNOWN)
            return true;
        for (size_t j = 0; j < target->addresses.count; j++)
            if (text_equal_ignoring_case(target->addresses.items[j], address))
                return true;
    }
    return false;
}
