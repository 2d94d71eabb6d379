/* SPDX-License-Identifier: Apache-2.0 */
/* The testable conditions of the control, one row each. */
#ifndef PIKET_CONTROL_REQUIREMENT_REQUIREMENT_H
#define PIKET_CONTROL_REQUIREMENT_REQUIREMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "control/contact/contact.h"
#include "control/requirement/finding.h"

enum requirement_severity {
    REQUIREMENT_LOW,
    REQUIREMENT_MEDIUM,
    REQUIREMENT_HIGH,
};

/* "low", "medium", "high". */
const char *requirement_severity_name(enum requirement_severity severity);

/* What a requirement is measured against: the profile's, adjusted by the
 * configuration. Borrowed. */
struct thresholds {
    enum contact_level alerts_of; /* alerts of this severity are mailed */
    bool alerts_exact;            /* only that very threshold passes */
    enum contact_level attack_paths_of;
    unsigned min_emails;
    const char *const *allowed_domains; /* "contoso.nl", "*.contoso.nl" */
    size_t allowed_domain_count;
    const char *const *desired_emails; /* of the configuration's contact */
    size_t desired_email_count;
    const char *desired_phone; /* or NULL */
};

struct requirement {
    const char *id; /* "owner-notified" */
    enum requirement_severity severity;

    /* Judges a contact that exists, by setting status, reason and arguments
     * of ret_finding. Asked only where the requirement is configured.
     * Returns -1 only where memory runs out. */
    int (*judge)(const struct contact *contact,
                 const struct thresholds *thresholds, struct arena *arena,
                 struct finding *ret_finding);

    /* Whether there is something to measure against; NULL: always. Where
     * there is not, the finding is not applicable, for this reason, on every
     * subscription. */
    bool (*configured)(const struct thresholds *thresholds);
    enum finding_reason unconfigured;
};

#endif
