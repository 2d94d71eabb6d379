/* SPDX-License-Identifier: Apache-2.0 */
/* What is mailed, and to whom beside the addresses. */
#include <stddef.h>

#include "control/requirement/finding_list.h"
#include "control/requirement/requirement_judge.h"

/* How a threshold that mails something is measured, and what is wrong where
 * it falls short. */
struct measure {
    enum contact_level demanded;
    bool exact;
    enum finding_reason off, level;
};

static int
judge_threshold(const struct contact *contact,
                const struct contact_threshold *threshold,
                const struct measure *measure, struct finding *ret_finding)
{
    const char *actual = contact_level_name(threshold->level);

    switch (threshold->level) {
    case CONTACT_LEVEL_UNSEEN:
        return finding_set(ret_finding, FINDING_NOT_APPLICABLE,
                           FINDING_REASON_UNSEEN, NULL,
                           contact_version_name(contact->version));
    case CONTACT_LEVEL_OFF:
        return finding_set(ret_finding, FINDING_FAIL, measure->off,
                           contact_level_name(measure->demanded), NULL);
    case CONTACT_LEVEL_UNRECOGNIZED:
        return finding_set(ret_finding, FINDING_UNKNOWN,
                           FINDING_REASON_UNRECOGNIZED, NULL, threshold->text);
    default:
        break;
    }
    if (measure->exact ? threshold->level == measure->demanded
                       : threshold->level <= measure->demanded)
        return finding_set(ret_finding, FINDING_PASS, FINDING_REASON_MET, NULL,
                           actual);
    return finding_set(ret_finding, FINDING_FAIL, measure->level,
                       contact_level_name(measure->demanded), actual);
}

int
requirement_judge_alerts_notified(const struct contact *contact,
                                  const struct thresholds *thresholds,
                                  struct arena *arena __attribute__((unused)),
                                  struct finding *ret_finding)
{
    const struct measure measure = {
        .demanded = thresholds->alerts_of,
        .exact = thresholds->alerts_exact,
        .off = FINDING_REASON_ALERTS_OFF,
        .level = thresholds->alerts_exact ? FINDING_REASON_ALERTS_NOT_EXACT
                                          : FINDING_REASON_ALERTS_LEVEL,
    };

    return judge_threshold(contact, &contact->alerts, &measure, ret_finding);
}

int
requirement_judge_attack_paths_notified(const struct contact *contact,
                                        const struct thresholds *thresholds,
                                        struct arena *arena
                                        __attribute__((unused)),
                                        struct finding *ret_finding)
{
    const struct measure measure = {
        .demanded = thresholds->attack_paths_of,
        .off = FINDING_REASON_ATTACK_PATHS_OFF,
        .level = FINDING_REASON_ATTACK_PATHS_LEVEL,
    };

    return judge_threshold(contact, &contact->attack_paths, &measure,
                           ret_finding);
}

int
requirement_judge_owner_notified(const struct contact *contact,
                                 const struct thresholds *thresholds
                                 __attribute__((unused)),
                                 struct arena *arena,
                                 struct finding *ret_finding)
{
    AUTOFINDING_LIST roles = FINDING_LIST_INIT;
    const char *actual;

    if (contact->roles_notified == CONTACT_UNSEEN)
        return finding_set(ret_finding, FINDING_NOT_APPLICABLE,
                           FINDING_REASON_UNSEEN, NULL,
                           contact_version_name(contact->version));
    if (contact_notifies_role(contact, "Owner"))
        return finding_pass(ret_finding);
    finding_list_add_all(&roles, contact->roles, contact->role_count);
    if (finding_list_text(&roles, arena, &actual) < 0)
        return -1;
    return finding_set(ret_finding, FINDING_FAIL,
                       contact->roles_notified == CONTACT_OFF
                           ? FINDING_REASON_ROLES_OFF
                           : FINDING_REASON_OWNER_MISSING,
                       NULL, actual);
}
