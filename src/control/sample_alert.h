/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts that were to be raised on one subscription, and what became
 * of it. */
#ifndef PIKET_CONTROL_SAMPLE_ALERT_H
#define PIKET_CONTROL_SAMPLE_ALERT_H

#include "control/contact.h"
#include "control/subscription.h"

enum sample_alert_outcome {
    SAMPLE_ALERT_RAISED,    /* Azure took the request; whether a mail arrives
                               no API says */
    SAMPLE_ALERT_REFUSED,   /* nothing was raised: error says why */
    SAMPLE_ALERT_UNCERTAIN, /* the answer is lost: they may have been */
    SAMPLE_ALERT_NOT_SENT,  /* interrupted before it was asked for */
    SAMPLE_ALERT_OUTCOME_COUNT,
};

/* "raised", "refused", "uncertain", "not-sent". */
const char *sample_alert_outcome_name(enum sample_alert_outcome outcome);

struct sample_alert {
    struct subscription subscription;
    enum sample_alert_outcome outcome;
    const char *location; /* where, such as "westeurope"; or NULL */
    const struct contact_error *error; /* for REFUSED and UNCERTAIN */
};

#endif
