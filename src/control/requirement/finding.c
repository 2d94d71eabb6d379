/* SPDX-License-Identifier: Apache-2.0 */
/* One requirement's outcome on one subscription. */
#include "control/requirement/finding.h"

#include <stddef.h>

static const char *const status_names[] = {
    [FINDING_PASS] = "pass",
    [FINDING_FAIL] = "fail",
    [FINDING_MUTED] = "muted",
    [FINDING_UNKNOWN] = "unknown",
    [FINDING_NOT_APPLICABLE] = "not-applicable",
};

static const char *const reason_names[FINDING_REASON_COUNT] = {
    [FINDING_REASON_MET] = "met",
    [FINDING_REASON_UNREADABLE] = "unreadable",
    [FINDING_REASON_NO_ALERTS] = "no-alerts",
    [FINDING_REASON_NO_CONTACT] = "no-contact",
    [FINDING_REASON_UNREGISTERED] = "unregistered",
    [FINDING_REASON_OTHER_NAME] = "other-name",
    [FINDING_REASON_DISABLED] = "disabled",
    [FINDING_REASON_UNSEEN] = "unseen",
    [FINDING_REASON_UNRECOGNIZED] = "unrecognized",
    [FINDING_REASON_NO_EMAIL] = "email-missing",
    [FINDING_REASON_EMAIL_INVALID] = "email-invalid",
    [FINDING_REASON_EMAIL_FEW] = "email-few",
    [FINDING_REASON_EMAIL_DOMAIN] = "email-domain",
    [FINDING_REASON_NO_DOMAINS] = "no-domains",
    [FINDING_REASON_PHONE_MISSING] = "phone-missing",
    [FINDING_REASON_PHONE_INVALID] = "phone-invalid",
    [FINDING_REASON_NO_PHONE] = "no-phone",
    [FINDING_REASON_ALERTS_OFF] = "alerts-off",
    [FINDING_REASON_ALERTS_LEVEL] = "alerts-level",
    [FINDING_REASON_ALERTS_NOT_EXACT] = "alerts-not-exact",
    [FINDING_REASON_ROLES_OFF] = "roles-off",
    [FINDING_REASON_OWNER_MISSING] = "owner-missing",
    [FINDING_REASON_ATTACK_PATHS_OFF] = "attack-paths-off",
    [FINDING_REASON_ATTACK_PATHS_LEVEL] = "attack-paths-level",
    [FINDING_REASON_NOT_DESIRED] = "not-desired",
    [FINDING_REASON_NO_DESIRED] = "no-desired-contact",
};

const char *
finding_status_name(enum finding_status status)
{
    return status_names[status];
}

const char *
finding_reason_name(enum finding_reason reason)
{
    return reason_names[reason];
}

int
finding_set(struct finding *finding, enum finding_status status,
            enum finding_reason reason, const char *expected,
            const char *actual)
{
    finding->status = status;
    finding->reason = reason;
    finding->expected = expected;
    finding->actual = actual;
    finding->mute = NULL;
    return 0;
}

int
finding_pass(struct finding *finding)
{
    return finding_set(finding, FINDING_PASS, FINDING_REASON_MET, NULL, NULL);
}
