/* SPDX-License-Identifier: Apache-2.0 */
/* What ARM's refusals say about a subscription's contacts. */
#include "azure/contact/contact_refusal.h"

#include <string.h>

#include "base/cleanup.h"

bool
contact_refusal_means_unregistered(const struct arm_error *error)
{
    return arm_error_has_code(error, "SubscriptionNotRegistered")
           || arm_error_has_code(error, "MissingSubscriptionRegistration");
}

bool
contact_refusal_means_absent(const struct arm_error *error)
{
    return error->http_status == 404 && arm_error_has_code(error, "404")
           && strstr(error->message, "ecurity contact") != NULL;
}

bool
contact_refusal_means_version(const struct arm_error *error)
{
    static const char *const codes[] = {
        "NoRegisteredProviderFound",
        "InvalidApiVersionParameter",
        "InvalidResourceType",
        "UnsupportedApiVersion",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(codes); i++)
        if (arm_error_has_code(error, codes[i]))
            return true;
    return false;
}
