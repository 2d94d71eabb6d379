/* SPDX-License-Identifier: Apache-2.0 */
/* A subscription as ARM lists it. */
#include "control/value/subscription.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

static const struct {
    const char *word; /* ARM's */
    enum subscription_state state;
} states[] = {
    { "Enabled", SUBSCRIPTION_STATE_ENABLED },
    { "Warned", SUBSCRIPTION_STATE_WARNED },
    { "PastDue", SUBSCRIPTION_STATE_PAST_DUE },
    { "Disabled", SUBSCRIPTION_STATE_DISABLED },
    { "Deleted", SUBSCRIPTION_STATE_DELETED },
};

/* "Access to Azure Active Directory": AAD_2014-09-01, AAD_2015-09-01. */
static const char entra_only_prefix[] = "AAD_";

enum subscription_state
subscription_state(const struct subscription *subscription)
{
    for (size_t i = 0; i < ARRAY_LENGTH(states); i++)
        if (text_equal_ignoring_case(subscription->state, states[i].word))
            return states[i].state;
    return SUBSCRIPTION_STATE_OTHER;
}

static bool
entra_only(const struct subscription *subscription)
{
    return subscription->quota_id != NULL
           && text_starts_with_ignoring_case(subscription->quota_id,
                                             entra_only_prefix);
}

bool
subscription_applicable(const struct subscription *subscription)
{
    switch (subscription_state(subscription)) {
    case SUBSCRIPTION_STATE_DISABLED:
    case SUBSCRIPTION_STATE_DELETED:
        return false;
    default:
        return !entra_only(subscription);
    }
}

int
subscription_compare(const struct subscription *left,
                     const struct subscription *right)
{
    const int order = strcmp(left->name, right->name);

    return order != 0 ? order : strcmp(left->id, right->id);
}
