/* SPDX-License-Identifier: Apache-2.0 */
/* When an assertion holds. */
#include "base/clock.h"
#include "entra/assertion.h"
#include "entra/entra_error.h"

/* Seconds by which clocks may differ. */
enum { SKEW = 300 };

bool
assertion_time_check(const struct grant_request *request,
                     const struct json_web_token *token)
{
    const int64_t now = clock_now() / 1000;
    const int64_t begin = json_web_token_moment(token, "nbf");
    const int64_t end = json_web_token_moment(token, "exp");
    char now_text[CLOCK_TEXT_SIZE];
    char begin_text[CLOCK_TEXT_SIZE];
    char end_text[CLOCK_TEXT_SIZE];

    if (begin <= now + SKEW && end > now - SKEW)
        return true;
    entra_refuse(request->exchange, &entra_assertion_time,
                 "Client assertion is not within its valid time range. "
                 "Current time: %s, assertion valid from %s, expiry time of "
                 "assertion %s. Review the documentation at "
                 "https://learn.microsoft.com/entra/identity-platform/"
                 "certificate-credentials .",
                 clock_format(now * 1000, now_text),
                 clock_format(begin * 1000, begin_text),
                 clock_format(end * 1000, end_text));
    return false;
}
