/* SPDX-License-Identifier: Apache-2.0 */
/* Reach and all findings of one subscription, and what follows from them. */
#ifndef PIKET_CONTROL_RUN_ASSESSMENT_H
#define PIKET_CONTROL_RUN_ASSESSMENT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/requirement/finding.h"
#include "control/requirement/profile.h"
#include "control/contact/reach.h"
#include "control/value/subscription.h"

enum assessment_status {
    ASSESSMENT_COMPLIANT,
    ASSESSMENT_MUTED, /* every failing finding is muted */
    ASSESSMENT_NON_COMPLIANT,
    ASSESSMENT_UNKNOWN, /* unreadable, or nothing fails but something
                           could not be judged */
    ASSESSMENT_NOT_APPLICABLE,
};

/* "compliant", "muted", "non-compliant", "unknown", "not-applicable". */
const char *assessment_status_name(enum assessment_status status);

struct assessment {
    struct subscription subscription;
    enum assessment_status status;
    enum reach reach;
    struct contact_reading reading;
    struct finding *findings; /* one for each requirement of the profile */
    size_t finding_count;
};

/* Judges a subscription by what Azure answered. reading is not looked at
 * where the subscription is not applicable, and may then be NULL. Everything
 * stays borrowed from, or is made in, the arena. No profile lets a
 * subscription without a contact comply. Fails where memory runs out, or
 * where the profile names a requirement that does not exist. */
int assessment_make(const struct subscription *subscription,
                    const struct contact_reading *reading,
                    const struct profile *profile, struct arena *arena,
                    struct assessment *ret_assessment, struct error *err);

/* Draws the status from the findings, once some of them have changed. */
void assessment_conclude(struct assessment *assessment);

/* Why there is no contact to judge: NO_CONTACT, UNREGISTERED or OTHER_NAME;
 * MET where there is one, or where nothing is known. */
enum finding_reason assessment_absence(const struct contact_reading *reading);

/* Orders by subscription: for qsort. */
int assessment_compare(const void *left, const void *right);

#endif
