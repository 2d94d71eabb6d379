/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens as ARM checks them. */
#include "arm/authentication.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "arm/arm_error.h"
#include "base/clock.h"
#include "base/text.h"
#include "entra/audience.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "server/world.h"

static void
challenge(struct exchange *exchange, const char *description)
{
    exchange_add_header(
        exchange, "WWW-Authenticate",
        "Bearer authorization_uri=\"%s/%s\", error=\"invalid_token\", "
        "error_description=\"%s\"",
        exchange_origin(exchange), exchange->world->estate->tenants[0].id,
        description);
}

/* Such as 11/22/2026 9:14:07 AM. */
static void
format_time(int64_t seconds, char text[64])
{
    const time_t when = (time_t) seconds;
    struct tm parts;

    if (gmtime_r(&when, &parts) == NULL)
        memset(&parts, 0, sizeof(parts));
    const int hour = parts.tm_hour % 12;
    snprintf(text, 64, "%d/%d/%d %d:%02d:%02d %s", parts.tm_mon + 1,
             parts.tm_mday, parts.tm_year + 1900, hour == 0 ? 12 : hour,
             parts.tm_min, parts.tm_sec, parts.tm_hour < 12 ? "AM" : "PM");
}

static bool
is_in_time(struct exchange *exchange)
{
    const struct token *token = exchange->token;
    const int64_t now = clock_now() / 1000;
    char expiry[64];
    char current[64];

    if (now < token->expires)
        return true;
    format_time(token->expires, expiry);
    format_time(now, current);
    challenge(exchange, "The access token is expired.");
    arm_refuse(exchange, 401, "ExpiredAuthenticationToken",
               "The access token expiry UTC time '%s' is earlier than "
               "current UTC time '%s'.",
               expiry, current);
    return false;
}

static bool
is_for_arm(struct exchange *exchange)
{
    const char *audience = exchange->token->audience;

    if (audience_is_arm(audience))
        return true;
    challenge(exchange, "The access token has been obtained for wrong "
                        "audience or resource.");
    arm_refuse(exchange, 401, "InvalidAuthenticationTokenAudience",
               "The access token has been obtained for wrong audience or "
               "resource '%s'. It should exactly match with one of the "
               "allowed audiences '%s','%s','%s','%s'.",
               audience, audience_arm[0], audience_arm[1], audience_arm[2],
               audience_arm[3]);
    return false;
}

bool
authentication_check(struct exchange *exchange)
{
    static const char scheme[] = "Bearer ";
    const char *header = exchange_header(exchange, "Authorization");

    if (text_is_blank(header)) {
        challenge(exchange, "The authentication failed because of missing "
                            "'Authorization' header.");
        arm_refuse(exchange, 401, "AuthenticationFailed",
                   "Authentication failed. The 'Authorization' header is "
                   "missing.");
        return false;
    }
    if (!text_starts_with_ignoring_case(header, scheme)) {
        challenge(exchange, "The authentication scheme is not supported.");
        arm_refuse(exchange, 401, "AuthenticationFailed",
                   "Authentication failed. The 'Authorization' header is "
                   "provided in an invalid format.");
        return false;
    }
    exchange->token =
        authority_verify(exchange->world->authority, header + strlen(scheme),
                         exchange->token_hash);
    if (exchange->token == NULL) {
        challenge(exchange, "The access token is invalid.");
        arm_refuse(exchange, 401, "InvalidAuthenticationToken",
                   "The access token is invalid.");
        return false;
    }
    return is_in_time(exchange) && is_for_arm(exchange);
}

void
authentication_refuse_tenant(struct exchange *exchange, const char *wanted)
{
    challenge(exchange, "The access token is from the wrong issuer.");
    arm_refuse(exchange, 401, "InvalidAuthenticationTokenTenant",
               "The access token is from the wrong issuer '%s'. It must "
               "match the tenant 'https://sts.windows.net/%s/' associated "
               "with this subscription. Please use the authority (URL) "
               "'https://login.windows.net/%s' to get the token. Note, if "
               "the subscription is transferred to another tenant there is "
               "no impact to the services, but information about new tenant "
               "could take time to propagate (up to an hour). If you just "
               "transferred your subscription and see this error message, "
               "please try back later.",
               exchange->token->issuer, wanted, wanted);
}
