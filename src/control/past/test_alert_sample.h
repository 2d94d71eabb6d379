/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts that were to be raised on one subscription, and what became
 * of it. */
#ifndef PIKET_CONTROL_PAST_TEST_ALERT_SAMPLE_H
#define PIKET_CONTROL_PAST_TEST_ALERT_SAMPLE_H

#include "control/contact/contact.h"
#include "control/value/subscription.h"

enum test_alert_sample_outcome {
    TEST_ALERT_SAMPLE_RAISED, /* Azure took the request; whether a mail arrives
                            no API says */
    TEST_ALERT_SAMPLE_REFUSED,   /* nothing was raised: error says why */
    TEST_ALERT_SAMPLE_UNCERTAIN, /* the answer is lost: they may have been */
    TEST_ALERT_SAMPLE_NOT_SENT,  /* interrupted before it was asked for */
    TEST_ALERT_SAMPLE_OUTCOME_COUNT,
};

/* "raised", "refused", "uncertain", "not-sent". */
const char *test_alert_sample_outcome_name(
    enum test_alert_sample_outcome outcome);

struct test_alert_sample {
    struct subscription subscription;
    enum test_alert_sample_outcome outcome;
    const char *location; /* where, such as "westeurope"; or NULL */
    const struct contact_error *error; /* for REFUSED and UNCERTAIN */
};

#endif
