/* SPDX-License-Identifier: Apache-2.0 */
/* What ARM's error codes mean for somebody who only wants to read. */
#include "report/phrase_error.h"

#include "base/cleanup.h"
#include "base/text.h"

#define SIGN_IN_AGAIN "sign in again, then check again"
#define TRY_AGAIN "check again later"
#define ASK_PROXY \
    "see what came (--format json): a proxy may answer in Azure's place"

const struct phrase_error phrase_error_table[] = {
    { "AuthorizationFailed", 0, "needs Security Reader",
      "grant the identity Security Reader, then check again" },
    { "DenyAssignmentAuthorizationFailed", 0, "a deny assignment forbids it",
      "exclude the identity from the deny assignment, then check again" },
    { "SubscriptionNotFound", 0, "gone, or not visible to this identity",
      NULL },
    { "InvalidAuthenticationTokenTenant", 0, "belongs to another tenant",
      "check that tenant by itself, with --tenant" },
    { "ExpiredAuthenticationToken", 0, "the sign-in has expired",
      SIGN_IN_AGAIN },
    { "InvalidAuthenticationToken", 0, "the sign-in was refused",
      SIGN_IN_AGAIN },
    { "AuthenticationFailed", 0, "the sign-in was refused", SIGN_IN_AGAIN },
    { "DisallowedOperation", 0, "its offer does not allow it", NULL },
    { "NotVisible", 0, "expected, but not shown to this identity",
      "have Reader or Security Reader assigned where it is missing, best on "
      "the root management group" },
    { "Interrupted", 0, "not read any more", "check again" },
    { "NoAnswer", 0, NULL, TRY_AGAIN },
    { "Redirected", 0, NULL, ASK_PROXY },
    { "NotUnderstood", 0, NULL, ASK_PROXY },
    { NULL, 429, "Azure throttled the requests", TRY_AGAIN },
    { NULL, 500, "Azure failed", TRY_AGAIN },
    { NULL, 502, "Azure failed", TRY_AGAIN },
    { NULL, 503, "Azure failed", TRY_AGAIN },
    { NULL, 504, "Azure failed", TRY_AGAIN },
    { NULL, 401, "the sign-in was refused", SIGN_IN_AGAIN },
    { NULL, 403, "access was refused",
      "grant the identity Security Reader, then check again" },
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
phrase_error_of(const struct contact_error *error)
{
    for (size_t i = 0; i < ARRAY_LENGTH(phrase_error_table); i++)
        if (row_fits(&phrase_error_table[i], error))
            return &phrase_error_table[i];
    return NULL;
}

int
phrase_error_append(const struct contact_error *error, struct buffer *target)
{
    const struct phrase_error *row = phrase_error_of(error);
    const char *why =
        row != NULL && row->brief != NULL ? row->brief : error->message;

    if (error->http_status != 0)
        buffer_printf(target, "%d ", error->http_status);
    buffer_append_text(target, error->code);
    if (*why != '\0') {
        buffer_append_text(target, ": ");
        buffer_append_text(target, why);
    }
    return buffer_append(target, "", 0);
}
