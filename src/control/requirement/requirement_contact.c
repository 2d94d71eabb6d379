/* SPDX-License-Identifier: Apache-2.0 */
/* That there is a contact, and that it is switched on. */
#include "control/requirement/requirement_judge.h"

/* A judge is only asked about a contact that exists. */
int
requirement_judge_contact_configured(
    const struct contact *contact __attribute__((unused)),
    const struct thresholds *thresholds __attribute__((unused)),
    struct arena *arena __attribute__((unused)), struct finding *ret_finding)
{
    return finding_pass(ret_finding);
}

int
requirement_judge_contact_enabled(const struct contact *contact,
                                  const struct thresholds *thresholds
                                  __attribute__((unused)),
                                  struct arena *arena __attribute__((unused)),
                                  struct finding *ret_finding)
{
    switch (contact->enabled) {
    case CONTACT_UNSEEN:
        return finding_set(ret_finding, FINDING_NOT_APPLICABLE,
                           FINDING_REASON_UNSEEN, NULL,
                           contact_version_name(contact->version));
    case CONTACT_OFF:
        return finding_set(ret_finding, FINDING_FAIL, FINDING_REASON_DISABLED,
                           NULL, NULL);
    case CONTACT_ON:
        break;
    }
    return finding_pass(ret_finding);
}
