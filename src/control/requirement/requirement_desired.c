/* SPDX-License-Identifier: Apache-2.0 */
/* That the contact of the configuration is all there. */
#include <stddef.h>

#include "control/value/email.h"
#include "control/requirement/finding_list.h"
#include "control/value/phone.h"
#include "control/requirement/requirement_judge.h"

bool
requirement_has_desired_contact(const struct thresholds *thresholds)
{
    return thresholds->desired_email_count > 0
           || thresholds->desired_phone != NULL;
}

static int
has_email(const struct contact *contact, const char *email, bool *ret_has)
{
    *ret_has = false;
    for (size_t i = 0; i < contact->email_count && !*ret_has; i++)
        if (email_equal(contact->emails[i], email, ret_has) < 0)
            return -1;
    return 0;
}

static int
list_missing(const struct contact *contact,
             const struct thresholds *thresholds, struct finding_list *missing)
{
    const char *phone = thresholds->desired_phone;

    for (size_t i = 0; i < thresholds->desired_email_count; i++) {
        bool has;
        if (has_email(contact, thresholds->desired_emails[i], &has) < 0)
            return -1;
        if (!has)
            finding_list_add(missing, thresholds->desired_emails[i]);
    }
    if (phone != NULL
        && (contact->phone == NULL || !phone_equal(contact->phone, phone)))
        finding_list_add(missing, phone);
    return 0;
}

int
requirement_judge_desired_contact(const struct contact *contact,
                                  const struct thresholds *thresholds,
                                  struct arena *arena,
                                  struct finding *ret_finding)
{
    AUTOFINDING_LIST missing = FINDING_LIST_INIT;
    AUTOFINDING_LIST present = FINDING_LIST_INIT;
    const char *expected, *actual;

    if (list_missing(contact, thresholds, &missing) < 0)
        return -1;
    if (missing.count == 0)
        return finding_pass(ret_finding);
    finding_list_add_all(&present, contact->emails, contact->email_count);
    if (contact->phone != NULL)
        finding_list_add(&present, contact->phone);
    if (finding_list_text(&missing, arena, &expected) < 0
        || finding_list_text(&present, arena, &actual) < 0)
        return -1;
    return finding_set(ret_finding, FINDING_FAIL, FINDING_REASON_NOT_DESIRED,
                       expected, actual);
}
