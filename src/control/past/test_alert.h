/* SPDX-License-Identifier: Apache-2.0 */
/* A test of whether alerts reach somebody: sample alerts that were raised on
 * chosen subscriptions, who is mailed for each, and the mails that people
 * have said they saw. No API of Azure's tells of delivery: only what a person
 * confirms counts. */
#ifndef PIKET_CONTROL_PAST_TEST_ALERT_H
#define PIKET_CONTROL_PAST_TEST_ALERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/plan/plan.h"
#include "control/contact/reach.h"
#include "control/run/run.h"
#include "control/past/test_alert_sample.h"

/* One subscription of a test. */
struct test_alert_target {
    struct test_alert_sample alert;
    enum reach reach;            /* UNKNOWN: who is mailed cannot be told */
    struct plan_texts addresses; /* that are mailed at High severity */
    bool roles;                  /* roles are, too, whose addresses only
                                    Azure knows */
};

/* Somebody saw the mail. */
struct test_alert_confirmation {
    const char *address;
    int64_t confirmed_at; /* milliseconds since 1970 */
};

struct test_alert {
    char *id; /* as a run's */
    int64_t started_at;
    const char *cloud;
    const char *endpoint; /* ARM's */
    const char *identity; /* who the token says it is; or NULL */
    const char *bundles;  /* Azure's names, with blanks between */
    struct test_alert_target *targets;
    size_t target_count;
    const struct test_alert_confirmation *confirmations;
    size_t confirmation_count;
};

/* The targets of a test: the subscriptions of a sorted run in which alerts
 * can arise, with who is mailed. All of them are UNCERTAIN until they have
 * been raised. Lives in the arena, and borrows from the run. */
int test_alert_plan(const struct run *run, struct arena *arena,
                    struct test_alert *ret_test, struct error *err);

/* An address of a test, with what is known of it. */
struct test_alert_address {
    const char *address;
    size_t raised;        /* subscriptions whose alerts are mailed to it */
    int64_t confirmed_at; /* 0: nobody has said that a mail came */
    bool by_role;         /* no contact that was read names it, and roles are
                             mailed: it can only be one of theirs */
};

/* The addresses to which raised alerts are mailed, and those that were
 * confirmed, each once, in the order of their letters. In the arena. */
int test_alert_addresses(const struct test_alert *test, struct arena *arena,
                         struct test_alert_address **ret_addresses,
                         size_t *ret_count, struct error *err);

/* Whether a mail of this test can have come to the address: it is one of
 * those mailed, or roles are, or who is mailed cannot be told. */
bool test_alert_may_reach(const struct test_alert *test, const char *address);

#endif
