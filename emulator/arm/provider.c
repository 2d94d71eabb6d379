/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security as a whole. */
#include "arm/provider.h"

#include "arm/arm_error.h"
#include "base/text.h"
#include "estate/estate.h"
#include "server/world.h"

static const char namespace_name[] = "Microsoft.Security";

void
provider_headers(struct exchange *exchange)
{
    exchange_add_header(exchange, "Server", "Kestrel");
    exchange_add_header(exchange, "api-supported-versions", "%s",
                        exchange->api_version);
}

bool
provider_require_registration(struct exchange *exchange)
{
    if (exchange->subscription->registration == REGISTRATION_REGISTERED)
        return true;
    arm_provider_refuse(exchange, 404, "Subscription Not Registered",
                        "Please register to Microsoft.Security in order to "
                        "view your security status");
    return false;
}

/* How far a registration is; each look brings it on. */
static enum registration
advance(struct subscription *subscription)
{
    if (subscription->registration == REGISTRATION_REGISTERING) {
        if (subscription->registration_reads_left > 0)
            subscription->registration_reads_left--;
        else
            subscription->registration = REGISTRATION_REGISTERED;
    }
    return subscription->registration;
}

static void
answer(struct exchange *exchange, enum registration registration)
{
    exchange_answer(
        exchange, 200,
        json_pack("{s:o, s:s, s:s, s:s, s:[{s:s, s:[], s:[s,s,s]},"
                  " {s:s, s:[], s:[s,s]}]}",
                  "id",
                  json_sprintf("/subscriptions/%s/providers/%s",
                               exchange->subscription->id, namespace_name),
                  "namespace", namespace_name, "registrationState",
                  estate_registrations[registration], "registrationPolicy",
                  "RegistrationRequired", "resourceTypes", "resourceType",
                  "securityContacts", "locations", "apiVersions",
                  "2023-12-01-preview", "2020-01-01-preview",
                  "2017-08-01-preview", "resourceType", "pricings",
                  "locations", "apiVersions", "2024-01-01", "2023-01-01"));
}

static bool
is_known(struct exchange *exchange)
{
    if (text_equal_ignoring_case(exchange->parameters[1], namespace_name))
        return true;
    arm_refuse(exchange, 404, "InvalidResourceNamespace",
               "The resource namespace '%s' is invalid.",
               exchange->parameters[1]);
    return false;
}

void
provider_get(struct exchange *exchange)
{
    if (is_known(exchange))
        answer(exchange, advance(exchange->subscription));
}

void
provider_register(struct exchange *exchange)
{
    struct subscription *subscription = exchange->subscription;

    if (!is_known(exchange))
        return;
    if (subscription->registration == REGISTRATION_NOT_REGISTERED) {
        subscription->registration = REGISTRATION_REGISTERING;
        subscription->registration_reads_left =
            exchange->world->estate->registration_reads;
    }
    answer(exchange, subscription->registration);
}
