/* SPDX-License-Identifier: Apache-2.0 */
/* What ARM's error codes mean for somebody who only wants to read. */
#include "report/wording/phrase_error.h"

#include "base/cleanup.h"
#include "base/text.h"

#define SIGN_IN_AGAIN N_("sign in again, then check again")
#define TRY_AGAIN N_("check again later")
#define GRANT_READER N_("grant the identity Security Reader, then check again")
#define ASK_PROXY                                                      \
    N_("see what came (--format json): a proxy may answer in Azure's " \
       "place")

const struct phrase_error phrase_error_table[] = {
    { "AuthorizationFailed", 0, N_("needs Security Reader"), GRANT_READER },
    { "DenyAssignmentAuthorizationFailed", 0,
      N_("a deny assignment forbids it"),
      N_("exclude the identity from the deny assignment, then check again") },
    { "SubscriptionNotFound", 0, N_("gone, or not visible to this identity"),
      NULL },
    { "InvalidAuthenticationTokenTenant", 0, N_("belongs to another tenant"),
      N_("check that tenant by itself, with --tenant") },
    { "ExpiredAuthenticationToken", 0, N_("the sign-in has expired"),
      SIGN_IN_AGAIN },
    { "InvalidAuthenticationToken", 0, N_("the sign-in was refused"),
      SIGN_IN_AGAIN },
    { "AuthenticationFailed", 0, N_("the sign-in was refused"),
      SIGN_IN_AGAIN },
    { "DisallowedOperation", 0, N_("its offer does not allow it"), NULL },
    { "NotVisible", 0, N_("expected, but not shown to this identity"),
      N_("have Reader or Security Reader assigned where it is missing, best "
         "on the root management group") },
    { "Interrupted", 0, N_("not read any more"), N_("check again") },
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
    { NULL, 403, N_("access was refused"), GRANT_READER },
};

const size_t phrase_error_table_length = ARRAY_LENGTH(phrase_error_table);

static bool
row_fits(const struct phrase_error *row, const struct contact_error *error)
{
    if (row->code != NULL && !text_equal_ignoring_case(row->code, error->code))
        return false;
    return row->http_status == 0 || row->http_status == error->http_status;
}

const struct phrase_error *
phrase_error_find(const struct phrase_error *table, size_t length,
                  const struct contact_error *error)
{
    for (size_t i = 0; i < length; i++)
        if (row_fits(&table[i], error))
            return &table[i];
    return NULL;
}

const struct phrase_error *
phrase_error_of(const struct contact_error *error)
{
    return phrase_error_find(phrase_error_table,
                             ARRAY_LENGTH(phrase_error_table), error);
}

int
phrase_error_append_row(const struct contact_error *error,
                        const struct phrase_error *row,
                        const struct language *language, struct buffer *target)
{
    const char *why = row != NULL && row->brief != NULL
                          ? language_text(language, row->brief)
                          : error->message;

    if (error->http_status != 0)
        buffer_printf(target, "%d ", error->http_status);
    buffer_append_text(target, error->code);
    if (*why != '\0') {
        buffer_append_text(target, ": ");
        buffer_append_text(target, why);
    }
    return buffer_append(target, "", 0);
}

int
phrase_error_append(const struct contact_error *error,
                    const struct language *language, struct buffer *target)
{
    return phrase_error_append_row(error, phrase_error_of(error), language,
                                   target);
}
