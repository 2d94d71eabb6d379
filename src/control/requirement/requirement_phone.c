/* SPDX-License-Identifier: Apache-2.0 */
/* The phone number: that there is one, and that it could be dialled. */
#include "control/value/phone.h"
#include "control/requirement/requirement_judge.h"

int
requirement_judge_phone_configured(const struct contact *contact,
                                   const struct thresholds *thresholds
                                   __attribute__((unused)),
                                   struct arena *arena __attribute__((unused)),
                                   struct finding *ret_finding)
{
    if (contact->phone == NULL)
        return finding_set(ret_finding, FINDING_FAIL,
                           FINDING_REASON_PHONE_MISSING, NULL, NULL);
    return finding_pass(ret_finding);
}

int
requirement_judge_phone_valid(const struct contact *contact,
                              const struct thresholds *thresholds
                              __attribute__((unused)),
                              struct arena *arena __attribute__((unused)),
                              struct finding *ret_finding)
{
    if (contact->phone == NULL)
        return finding_set(ret_finding, FINDING_NOT_APPLICABLE,
                           FINDING_REASON_NO_PHONE, NULL, NULL);
    if (!phone_valid(contact->phone))
        return finding_set(ret_finding, FINDING_FAIL,
                           FINDING_REASON_PHONE_INVALID, NULL, contact->phone);
    return finding_pass(ret_finding);
}
