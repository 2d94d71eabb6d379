/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses: that there are any, enough, of the right form and domain.
 * Where addresses are added, all that are desired are. */
#include "control/value/email.h"
#include "control/plan/remedy_apply.h"

int
remedy_email_configured(struct planned_contact *draft)
{
    if (draft->desired->email_count == 0)
        return planned_contact_obstruct(draft, PLAN_OBSTACLE_NO_EMAIL, NULL);
    return planned_contact_add_emails(draft);
}

static int
is_invalid(const struct planned_contact *draft __attribute__((unused)),
           const char *email, bool *ret_invalid)
{
    bool valid;

    if (email_valid(email, &valid) < 0)
        return -1;
    *ret_invalid = !valid;
    return 0;
}

int
remedy_email_valid(struct planned_contact *draft)
{
    return planned_contact_drop_emails(draft, is_invalid, PLAN_DROP_INVALID);
}

int
remedy_email_count(struct planned_contact *draft)
{
    return planned_contact_add_emails(draft);
}

int
remedy_email_count_unmet(struct planned_contact *draft)
{
    const char *demanded =
        arena_printf(draft->arena, "%u", draft->thresholds->min_emails);

    if (demanded == NULL)
        return -1;
    return planned_contact_obstruct(draft, PLAN_OBSTACLE_EMAIL_FEW, demanded);
}

static int
is_foreign(const struct planned_contact *draft, const char *email,
           bool *ret_foreign)
{
    const struct thresholds *thresholds = draft->thresholds;
    bool allowed;

    if (email_in_domains(email, thresholds->allowed_domains,
                         thresholds->allowed_domain_count, &allowed)
        < 0)
        return -1;
    *ret_foreign = !allowed;
    return 0;
}

int
remedy_email_domain(struct planned_contact *draft)
{
    return planned_contact_drop_emails(draft, is_foreign, PLAN_DROP_DOMAIN);
}

/* Only what is desired stays although it is foreign. */
int
remedy_email_domain_unmet(struct planned_contact *draft)
{
    const char *culprit = NULL;

    for (size_t i = 0; i < draft->desired->email_count && culprit == NULL;
         i++) {
        bool foreign;
        if (is_foreign(draft, draft->desired->emails[i], &foreign) < 0)
            return -1;
        if (foreign)
            culprit = draft->desired->emails[i];
    }
    return planned_contact_obstruct(draft, PLAN_OBSTACLE_EMAIL_DOMAIN,
                                    culprit);
}
