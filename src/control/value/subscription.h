/* SPDX-License-Identifier: Apache-2.0 */
/* A subscription as ARM lists it. */
#ifndef PIKET_CONTROL_VALUE_SUBSCRIPTION_H
#define PIKET_CONTROL_VALUE_SUBSCRIPTION_H

#include <stdbool.h>

/* An open set: what ARM may add later is SUBSCRIPTION_STATE_OTHER. */
enum subscription_state {
    SUBSCRIPTION_STATE_OTHER,
    SUBSCRIPTION_STATE_ENABLED,
    SUBSCRIPTION_STATE_WARNED,
    SUBSCRIPTION_STATE_PAST_DUE,
    SUBSCRIPTION_STATE_DISABLED,
    SUBSCRIPTION_STATE_DELETED,
};

/* All texts are borrowed from the run's arena and valid UTF-8, not yet safe
 * for a terminal. */
struct subscription {
    const char *id;        /* a UUID, in lower case */
    const char *name;      /* display name; never NULL, may be "" */
    const char *tenant_id; /* never NULL; "" where ARM names none */
    const char *state;     /* as ARM wrote it; never NULL */
    const char *quota_id;  /* of the offer, such as PayAsYouGo_2014-09-01;
                              NULL where ARM does not say */
};

/* The state in any letter case. */
enum subscription_state subscription_state(
    const struct subscription *subscription);

/* Whether alerts can arise in it, so that its contact matters: not where it
 * is disabled or deleted, nor where its offer only carries access to Entra
 * (quotaId AAD_…). */
bool subscription_applicable(const struct subscription *subscription);

/* Orders by name, then by id, as bytes: for qsort over
 * struct subscription. */
int subscription_compare(const struct subscription *left,
                         const struct subscription *right);

#endif
