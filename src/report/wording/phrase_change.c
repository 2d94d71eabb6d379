/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a change, in words. */
#include "report/wording/phrase_change.h"

#include <string.h>

#include "base/cleanup.h"

#define SIGN_IN_AGAIN N_("sign in again, then run this command again")
#define TRY_AGAIN N_("run this command again later")
#define GRANT_ADMIN                                                       \
    N_("grant the identity Security Admin, which is enough, or Owner or " \
       "Contributor")
#define REGISTER N_("add --register-provider to register Microsoft.Security")
#define ASK_PROXY                                                      \
    N_("see what came (--format json): a proxy may answer in Azure's " \
       "place")

/* Where Azure's own message names what is in the way, such as a policy or a
 * lock, it is better than a word of ours: brief is NULL. */
const struct phrase_error phrase_change_errors[] = {
    { "AuthorizationFailed", 0, N_("needs Security Admin"), GRANT_ADMIN },
    { "DenyAssignmentAuthorizationFailed", 0, NULL,
      N_("exclude the identity from the deny assignment") },
    { "RequestDisallowedByPolicy", 0, NULL,
      N_("an Azure Policy forbids it: have it exempt the subscription, or "
         "plan what it allows") },
    { "ScopeLocked", 0, NULL,
      N_("have an Owner or User Access Administrator take the lock off: az "
         "lock list shows it") },
    { "ReadOnlyDisabledSubscription", 0, N_("the subscription is read-only"),
      N_("have the billing owner enable the subscription, or leave it out: "
         "--exclude") },
    { "MissingSubscriptionRegistration", 0,
      N_("Microsoft.Security is not registered"), REGISTER },
    { "Subscription Not Registered", 0,
      N_("Microsoft.Security is not registered"), REGISTER },
    { "DisallowedOperation", 0, N_("its offer does not allow it"),
      N_("leave the subscription out: --exclude") },
    { "SubscriptionNotFound", 0, N_("gone, or not visible to this identity"),
      NULL },
    { "InvalidAuthenticationTokenTenant", 0, N_("belongs to another tenant"),
      N_("name that tenant, with --tenant") },
    { "ExpiredAuthenticationToken", 0, N_("the sign-in has expired"),
      SIGN_IN_AGAIN },
    { "InvalidAuthenticationToken", 0, N_("the sign-in was refused"),
      SIGN_IN_AGAIN },
    { "AuthenticationFailed", 0, N_("the sign-in was refused"),
      SIGN_IN_AGAIN },
    { "NotShown", 0, N_("it does not show: what was there before still is"),
      N_("run this command again later: it reads first, and writes only what "
         "is still needed") },
    { "NotCompliant", 0,
      N_("it is as written, and the subscription does not comply with it"),
      N_("see what fails: piket check") },
    { "VersionChanged", 0, N_("it answers in another API version than before"),
      N_("run this command again without --plan: it plans anew") },
    { "NotRegistered", 0, N_("Microsoft.Security is not registered"),
      REGISTER },
    { "NotSignedIn", 0, N_("nobody is signed in to its tenant"),
      N_("name that tenant, with --tenant") },
    { "NotJournalled", 0, N_("the journal could not be written"), NULL },
    { "Interrupted", 0, N_("interrupted"), TRY_AGAIN },
    { "NoAnswer", 0, NULL, TRY_AGAIN },
    { "ForeignAnswer", 0, NULL, ASK_PROXY },
    { "Redirected", 0, NULL, ASK_PROXY },
    { "NotUnderstood", 0, NULL, ASK_PROXY },
    { NULL, 429, N_("Azure throttled the requests"), TRY_AGAIN },
    { NULL, 500, N_("Azure failed"), TRY_AGAIN },
    { NULL, 502, N_("Azure failed"), TRY_AGAIN },
    { NULL, 503, N_("Azure failed"), TRY_AGAIN },
    { NULL, 504, N_("Azure failed"), TRY_AGAIN },
    { NULL, 401, N_("the sign-in was refused"), SIGN_IN_AGAIN },
    { NULL, 403, N_("access was refused"), GRANT_ADMIN },
};

const size_t phrase_change_errors_length = ARRAY_LENGTH(phrase_change_errors);

const struct phrase_error *
phrase_change_error_of(const struct contact_error *error)
{
    return phrase_error_find(phrase_change_errors,
                             ARRAY_LENGTH(phrase_change_errors), error);
}

const char *
phrase_change_outcome(enum change_outcome outcome, enum plan_kind kind)
{
    if (outcome != CHANGE_DONE)
        return change_outcome_name(outcome);
    return kind == PLAN_REVERSAL ? "restored" : "fixed";
}

static int
append_done(const struct plan_change *change, const struct language *language,
            struct buffer *target)
{
    static const char *const words[] = {
        [PLAN_CREATE] = N_("created"),
        [PLAN_UPDATE] = N_("changed"),
        [PLAN_DELETE] = N_("removed"),
        [PLAN_REGISTER] = N_("registered, and created"),
    };

    buffer_append_text(target, language_text(language, words[change->action]));
    /* Of what is new, or gone, everything differs. */
    for (size_t i = 0;
         change->action == PLAN_UPDATE && i < change->difference_count; i++)
        buffer_printf(target, "%s%s", i == 0 ? ": " : ", ",
                      contact_field_name(change->differences[i].field));
    return buffer_append(target, "", 0);
}

int
phrase_change(const struct plan_change *change,
              const struct change_result *result,
              const struct language *language, struct buffer *target)
{
    if (result->error != NULL)
        return phrase_error_append_row(result->error,
                                       phrase_change_error_of(result->error),
                                       language, target);
    switch (result->outcome) {
    case CHANGE_DONE:
        return append_done(change, language, target);
    case CHANGE_UNVERIFIED:
        return buffer_append_text(
            target, language_text(language, "did not show in time"));
    case CHANGE_PENDING:
    case CHANGE_ALREADY:
    case CHANGE_CONFLICT:
    case CHANGE_NOT_SENT:
    case CHANGE_REFUSED:
    case CHANGE_DIFFERENT:
    case CHANGE_OUTCOME_COUNT:
        break;
    }
    return buffer_append(target, "", 0);
}

int
phrase_change_residue(const struct change_residue *residue,
                      const struct language *language, struct buffer *target)
{
    if (residue->intended == NULL)
        return buffer_printf(
            target,
            language_text(language, "%s: was to be absent, %s came back"),
            residue->member,
            residue->actual != NULL ? residue->actual : "null");
    if (residue->actual == NULL)
        return buffer_printf(
            target,
            language_text(language, "%s: %s was written, nothing came back"),
            residue->member, residue->intended);
    return buffer_printf(
        target, language_text(language, "%s: %s was written, %s came back"),
        residue->member, residue->intended, residue->actual);
}
