/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses: that there are any, enough, of the right form and domain. */
#include "control/value/email.h"
#include "control/requirement/finding_list.h"
#include "control/requirement/requirement_judge.h"

static int
nothing_to_judge(struct finding *ret_finding)
{
    return finding_set(ret_finding, FINDING_NOT_APPLICABLE,
                       FINDING_REASON_NO_EMAIL, NULL, NULL);
}

int
requirement_judge_email_configured(const struct contact *contact,
                                   const struct thresholds *thresholds
                                   __attribute__((unused)),
                                   struct arena *arena __attribute__((unused)),
                                   struct finding *ret_finding)
{
    if (contact->email_count == 0)
        return finding_set(ret_finding, FINDING_FAIL, FINDING_REASON_NO_EMAIL,
                           NULL, NULL);
    return finding_pass(ret_finding);
}

int
requirement_judge_email_valid(const struct contact *contact,
                              const struct thresholds *thresholds
                              __attribute__((unused)),
                              struct arena *arena, struct finding *ret_finding)
{
    AUTOFINDING_LIST invalid = FINDING_LIST_INIT;
    const char *actual;

    if (contact->email_count == 0)
        return nothing_to_judge(ret_finding);
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid;
        if (email_valid(contact->emails[i], &valid) < 0)
            return -1;
        if (!valid)
            finding_list_add(&invalid, contact->emails[i]);
    }
    if (finding_list_text(&invalid, arena, &actual) < 0)
        return -1;
    if (actual != NULL)
        return finding_set(ret_finding, FINDING_FAIL,
                           FINDING_REASON_EMAIL_INVALID, NULL, actual);
    return finding_pass(ret_finding);
}

static int
is_listed(const char *email, const char *const *emails, size_t count,
          bool *ret_listed)
{
    *ret_listed = false;
    for (size_t i = 0; i < count && !*ret_listed; i++)
        if (email_equal(email, emails[i], ret_listed) < 0)
            return -1;
    return 0;
}

/* Counts mailboxes, not spellings, up to as many as matter: the work is
 * bounded by least, however long the list is. */
static int
count_mailboxes(const struct contact *contact, size_t least,
                struct arena *arena, size_t *ret_count)
{
    const size_t room =
        least < contact->email_count ? least : contact->email_count;
    const char **seen = arena_allocate_array(arena, room, sizeof(*seen));
    size_t count = 0;

    if (seen == NULL)
        return -1;
    for (size_t i = 0; i < contact->email_count && count < room; i++) {
        bool listed;
        if (is_listed(contact->emails[i], seen, count, &listed) < 0)
            return -1;
        if (!listed)
            seen[count++] = contact->emails[i];
    }
    *ret_count = count;
    return 0;
}

int
requirement_judge_email_count(const struct contact *contact,
                              const struct thresholds *thresholds,
                              struct arena *arena, struct finding *ret_finding)
{
    size_t count = 0;

    if (contact->email_count > 0 && thresholds->min_emails > 0
        && count_mailboxes(contact, thresholds->min_emails, arena, &count) < 0)
        return -1;
    if (count >= thresholds->min_emails)
        return finding_pass(ret_finding);
    const char *expected = arena_printf(arena, "%u", thresholds->min_emails);
    const char *actual = arena_printf(arena, "%zu", count);
    if (expected == NULL || actual == NULL)
        return -1;
    return finding_set(ret_finding, FINDING_FAIL, FINDING_REASON_EMAIL_FEW,
                       expected, actual);
}

bool
requirement_has_domains(const struct thresholds *thresholds)
{
    return thresholds->allowed_domain_count > 0;
}

int
requirement_judge_email_domain(const struct contact *contact,
                               const struct thresholds *thresholds,
                               struct arena *arena,
                               struct finding *ret_finding)
{
    AUTOFINDING_LIST domains = FINDING_LIST_INIT;
    AUTOFINDING_LIST foreign = FINDING_LIST_INIT;
    const char *expected, *actual;

    if (contact->email_count == 0)
        return nothing_to_judge(ret_finding);
    for (size_t i = 0; i < contact->email_count; i++) {
        bool allowed;
        if (email_in_domains(contact->emails[i], thresholds->allowed_domains,
                             thresholds->allowed_domain_count, &allowed)
            < 0)
            return -1;
        if (!allowed)
            finding_list_add(&foreign, contact->emails[i]);
    }
    if (foreign.count == 0)
        return finding_pass(ret_finding);
    finding_list_add_all(&domains, thresholds->allowed_domains,
                         thresholds->allowed_domain_count);
    if (finding_list_text(&domains, arena, &expected) < 0
        || finding_list_text(&foreign, arena, &actual) < 0)
        return -1;
    return finding_set(ret_finding, FINDING_FAIL, FINDING_REASON_EMAIL_DOMAIN,
                       expected, actual);
}
