/* SPDX-License-Identifier: Apache-2.0 */
/* That no report shows what is masked is tested beside the writers. */
#include "control/mask/mask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/report/hostile_run.h"
#include "control/run/mute.h"
#include "unit/unit.h"

struct runs {
    struct run *run, *masked;
};

static int
set_up(void **state)
{
    struct runs *runs = calloc(1, sizeof(*runs));
    struct run *previous;

    if (runs == NULL)
        return -1;
    *state = runs;
    runs->run = hostile_run_new();
    return mask_run(runs->run, NULL, &runs->masked, &previous, NULL);
}

static int
tear_down(void **state)
{
    struct runs *runs = *state;

    run_free(runs->masked);
    run_free(runs->run);
    free(runs);
    return 0;
}

static const struct assessment *
assessment_named(const struct run *run, const char *name)
{
    for (size_t i = 0; i < run->assessment_count; i++)
        if (strcmp(run->assessments[i].subscription.name, name) == 0)
            return &run->assessments[i];
    fail_msg("no subscription is named %s", name);
    return NULL;
}

static void
numbers_subscriptions_in_the_order_of_the_run(void **state)
{
    const struct runs *runs = *state;

    for (size_t i = 0; i < runs->masked->assessment_count; i++) {
        char expected[64];
        (void) snprintf(expected, sizeof(expected),
                        "%08zu-0000-0000-0000-000000000000", i + 1);
        assert_string_equal(runs->masked->assessments[i].subscription.id,
                            expected);
    }
}

static void
leaves_the_verdict_as_it_was(void **state)
{
    const struct runs *runs = *state;
    const struct run_summary before = run_summarize(runs->run);
    const struct run_summary after = run_summarize(runs->masked);

    assert_int_equal(before.status, after.status);
    assert_int_equal(before.non_compliant, after.non_compliant);
    assert_int_equal(before.reach_nobody, after.reach_nobody);
    assert_int_equal(before.excluded, after.excluded);
    assert_string_equal(runs->masked->id, runs->run->id);
    assert_string_equal(runs->masked->config, runs->run->config);
    assert_int_equal(runs->masked->finished_at, runs->run->finished_at);
    assert_int_equal(runs->masked->requests, runs->run->requests);
    for (size_t i = 0; i < runs->run->assessment_count; i++) {
        const struct assessment *left = &runs->run->assessments[i];
        const struct assessment *right = &runs->masked->assessments[i];
        assert_int_equal(left->status, right->status);
        assert_int_equal(left->reach, right->reach);
        assert_int_equal(left->finding_count, right->finding_count);
        for (size_t j = 0; j < left->finding_count; j++) {
            assert_ptr_equal(left->findings[j].requirement,
                             right->findings[j].requirement);
            assert_int_equal(left->findings[j].status,
                             right->findings[j].status);
            assert_int_equal(left->findings[j].reason,
                             right->findings[j].reason);
        }
    }
}

/* An address in a contact, in a finding about it, and in another one. */
static void
a_value_has_one_pseudonym(void **state)
{
    const struct runs *runs = *state;
    const struct assessment *kennisnet =
        assessment_named(runs->masked, "Kennisnet");
    const struct assessment *agreed = assessment_named(runs->masked, "Agreed");

    assert_string_equal(kennisnet->reading.contact->emails[0],
                        agreed->reading.contact->emails[0]);
    for (size_t i = 0; i < kennisnet->finding_count; i++)
        if (kennisnet->findings[i].reason == FINDING_REASON_EMAIL_DOMAIN)
            assert_string_equal(kennisnet->findings[i].actual,
                                kennisnet->reading.contact->emails[1]);
    for (size_t i = 0; i < agreed->finding_count; i++)
        if (agreed->findings[i].reason == FINDING_REASON_EMAIL_FEW) {
            assert_string_equal(agreed->findings[i].actual, "1");
            assert_string_equal(agreed->findings[i].expected, "2");
        }
}

static void
masks_the_reasons_of_mutes(void **state)
{
    const struct runs *runs = *state;
    size_t count = 0;

    for (size_t i = 0; i < runs->masked->assessment_count; i++) {
        const struct assessment *assessment = &runs->masked->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct mute *mute = assessment->findings[j].mute;
            if (mute == NULL || mute->line != 9)
                continue;
            assert_non_null(strstr(mute->reason, "@masked.invalid (phone-"));
            assert_string_equal(mute->subscription,
                                assessment->subscription.id);
            count++;
        }
    }
    assert_true(count > 0);
}

/* Only Microsoft can look it up, and is asked by it. */
static void
keeps_what_support_asks_for(void **state)
{
    const struct runs *runs = *state;
    const struct assessment *assessment =
        assessment_named(runs->masked, "Infra-Hub");

    assert_string_equal(assessment->reading.error->request_id,
                        "0f1e2d3c-0000-4000-8000-000000000403");
    assert_string_equal(assessment->reading.error->code,
                        "AuthorizationFailed");
}

static void
leaves_the_run_itself_alone(void **state)
{
    const struct runs *runs = *state;

    for (size_t i = 0; i < runs->run->assessment_count; i++)
        assert_string_not_equal(runs->run->assessments[i].subscription.id,
                                runs->masked->assessments[i].subscription.id);
    assert_string_equal(runs->run->tenants[0].display_name, "contoso.nl");
    assert_string_equal(runs->masked->tenants[0].display_name, "tenant-1");
    assert_string_equal(runs->run->profile->thresholds.allowed_domains[0],
                        "contoso.nl");
    assert_string_equal(runs->masked->profile->thresholds.allowed_domains[0],
                        "domain-1.invalid");
    assert_string_equal(
        runs->masked->profile->thresholds.desired_phone,
        assessment_named(runs->masked, "Agreed")->reading.contact->phone);
}

static void
equal_runs_have_equal_masks(void **state)
{
    const struct runs *runs = *state;
    struct run *again = NULL, *previous;

    assert_int_equal(mask_run(runs->run, NULL, &again, &previous, NULL), 0);
    assert_null(previous);
    for (size_t i = 0; i < again->assessment_count; i++) {
        const struct contact *left =
            runs->masked->assessments[i].reading.contact;
        const struct contact *right = again->assessments[i].reading.contact;
        for (size_t j = 0; left != NULL && j < left->email_count; j++)
            assert_string_equal(left->emails[j], right->emails[j]);
    }
    run_free(again);
}

/* What differs between two runs is only seen where the same is the same. */
static void
the_run_before_has_the_same_masks(void **state)
{
    const struct runs *runs = *state;
    struct run *before = hostile_run_new();
    struct run *masked, *previous;

    before->assessment_count--;
    memmove(before->assessments, before->assessments + 1,
            before->assessment_count * sizeof(*before->assessments));
    assert_int_equal(mask_run(runs->run, before, &masked, &previous, NULL), 0);
    for (size_t i = 0; i < previous->assessment_count; i++)
        assert_string_equal(previous->assessments[i].subscription.id,
                            masked->assessments[i + 1].subscription.id);
    run_free(previous);
    run_free(masked);
    run_free(before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_subscriptions_in_the_order_of_the_run),
        cmocka_unit_test(leaves_the_verdict_as_it_was),
        cmocka_unit_test(a_value_has_one_pseudonym),
        cmocka_unit_test(masks_the_reasons_of_mutes),
        cmocka_unit_test(keeps_what_support_asks_for),
        cmocka_unit_test(leaves_the_run_itself_alone),
        cmocka_unit_test(equal_runs_have_equal_masks),
        cmocka_unit_test(the_run_before_has_the_same_masks),
    };

    return cmocka_run_group_tests_name("mask", tests, set_up, tear_down);
}
