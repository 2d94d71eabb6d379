/* SPDX-License-Identifier: Apache-2.0 */
/* What Azure Resource Manager checks before a provider sees a request. */
#include "arm/gate.h"

#include <string.h>

#include "arm/arm_error.h"
#include "arm/authentication.h"
#include "arm/authorization.h"
#include "arm/budget.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "contact/view.h"
#include "entra/authority.h"
#include "estate/estate.h"
#include "server/world.h"

/* A check returns false where it has answered. */
typedef bool gate_check(struct exchange *exchange,
                        const struct arm_rule *rule);

static bool
has_api_version(struct exchange *exchange, const struct arm_rule *rule)
{
    (void) rule;
    exchange->api_version = exchange_argument(exchange, "api-version");
    if (!text_is_blank(exchange->api_version))
        return true;
    arm_refuse(exchange, 400, "MissingApiVersionParameter",
               "The api-version query parameter (?api-version=) is required "
               "for all requests.");
    return false;
}

static bool
is_authenticated(struct exchange *exchange, const struct arm_rule *rule)
{
    return rule->scope == ARM_OPEN || authentication_check(exchange);
}

/* Whether the version is among the rule's, and here. */
static bool
is_served(const struct exchange *exchange, const struct arm_rule *rule,
          const char *version)
{
    return !text_equal_ignoring_case(rule->type, "securityContacts")
           || estate_has_api_version(exchange->world->estate, version);
}

static void
list_versions(struct exchange *exchange, const struct arm_rule *rule,
              struct buffer *target)
{
    for (size_t i = 0; rule->versions[i] != NULL; i++)
        if (is_served(exchange, rule, rule->versions[i]))
            buffer_printf(target, "%s%s", target->length > 0 ? ", " : "",
                          rule->versions[i]);
}

static bool
knows_api_version(struct exchange *exchange, const struct arm_rule *rule)
{
    AUTOBUFFER known = BUFFER_INIT(4096);

    for (size_t i = 0; rule->versions[i] != NULL; i++)
        if (text_equal_ignoring_case(rule->versions[i], exchange->api_version)
            && is_served(exchange, rule, rule->versions[i]))
            return true;
    list_versions(exchange, rule, &known);
    if (rule->type != NULL)
        arm_refuse(exchange, 400, "NoRegisteredProviderFound",
                   "No registered resource provider found for location "
                   "'global' and API version '%s' for type '%s'. The "
                   "supported api-versions are '%s'. The supported "
                   "locations are ', global'.",
                   exchange->api_version, rule->type, buffer_text(&known));
    else
        arm_refuse(exchange, 400, "InvalidApiVersionParameter",
                   "The api-version '%s' is invalid. The supported versions "
                   "are '%s'.",
                   exchange->api_version, buffer_text(&known));
    return false;
}

static bool
finds_subscription(struct exchange *exchange, const struct arm_rule *rule)
{
    const char *id = exchange->parameters[0];

    if (rule->scope < ARM_SUBSCRIPTION)
        return true;
    if (!text_is_uuid(id)) {
        arm_refuse(exchange, 400, "InvalidSubscriptionId",
                   "The provided subscription identifier '%s' is malformed "
                   "or invalid.",
                   id);
        return false;
    }
    exchange->subscription =
        estate_find_subscription(exchange->world->estate, id);
    if (exchange->subscription != NULL)
        return true;
    arm_refuse(exchange, 404, "SubscriptionNotFound",
               "The subscription '%s' could not be found.", id);
    return false;
}

static bool
is_of_tenant(struct exchange *exchange, const struct arm_rule *rule)
{
    if (rule->scope < ARM_SUBSCRIPTION)
        return true;
    if (subscription_is_for(exchange->subscription, exchange->token->tenant))
        return true;
    authentication_refuse_tenant(exchange, exchange->subscription->tenant->id);
    return false;
}

static bool
has_role(struct exchange *exchange, const struct arm_rule *rule)
{
    if (rule->scope != ARM_PROVIDER)
        return true;
    const enum access access = exchange->subscription->access;
    if (exchange->subscription->roles != NULL
            ? authorization_allows(exchange, rule->action)
            : access == ACCESS_WRITE
                  || (access == ACCESS_READ && rule->operation == ARM_READ))
        return true;
    /* ARM names the resource, where there is one. */
    const char *name = text_equal_ignoring_case(rule->type, "securityContacts")
                           ? exchange->parameters[1]
                           : NULL;
    arm_refuse(exchange, 403, "AuthorizationFailed",
               "The client '%s' with object id '%s' does not have "
               "authorization to perform action '%s' over scope "
               "'/subscriptions/%s%s%s' or the scope is invalid. If access "
               "was recently granted, please refresh your credentials.",
               exchange->token->client, exchange->token->object, rule->action,
               exchange->subscription->id,
               name != NULL ? "/providers/Microsoft.Security/"
                              "securityContacts/"
                            : "",
               name != NULL ? name : "");
    return false;
}

static bool
is_writable(struct exchange *exchange, const struct arm_rule *rule)
{
    if (rule->scope != ARM_PROVIDER || rule->operation == ARM_READ)
        return true;
    const enum subscription_state state = exchange->subscription->state;
    if (state == STATE_ENABLED || state == STATE_PAST_DUE
        || (state != STATE_DISABLED && rule->operation == ARM_DELETE))
        return true;
    arm_refuse(exchange, 409, "ReadOnlyDisabledSubscription",
               "The subscription '%s' is disabled and therefore marked as "
               "read only. You cannot perform any write actions on this "
               "subscription until it is re-enabled.",
               exchange->subscription->id);
    return false;
}

static bool
is_unlocked(struct exchange *exchange, const struct arm_rule *rule)
{
    if (rule->scope != ARM_PROVIDER || rule->operation == ARM_READ
        || rule->operation == ARM_ACTION)
        return true;
    const enum lock lock = exchange->subscription->lock;
    if (lock == LOCK_NONE
        || (lock == LOCK_CAN_NOT_DELETE && rule->operation != ARM_DELETE))
        return true;
    arm_refuse(exchange, 409, "ScopeLocked",
               "The scope '%s' cannot perform %s operation because following "
               "scope(s) are locked: '/subscriptions/%s'. Please remove the "
               "lock and try again.",
               exchange->path,
               rule->operation == ARM_DELETE ? "delete" : "write",
               exchange->subscription->id);
    return false;
}

static bool
is_within_policy(struct exchange *exchange, const struct arm_rule *rule)
{
    static const char definition[] =
        "/providers/Microsoft.Management/managementGroups/mg-contoso/"
        "providers/Microsoft.Authorization/policyDefinitions/"
        "deny-security-contacts";
    static const char assignment[] =
        "/providers/Microsoft.Management/managementGroups/mg-contoso/"
        "providers/Microsoft.Authorization/policyAssignments/"
        "deny-security-contacts";

    if (rule->scope != ARM_PROVIDER || rule->operation != ARM_WRITE
        || !exchange->subscription->policy_denied)
        return true;
    const char *name = exchange->parameters[1];
    exchange_add_header(exchange, "x-ms-failure-cause", "gateway");
    exchange_answer(
        exchange, 403,
        json_pack("{s:{s:s, s:s, s:o, s:[{s:s, s:{s:s, s:s, s:s, s:s}}]}}",
                  "error", "code", "RequestDisallowedByPolicy", "target",
                  name != NULL ? name : "", "message",
                  json_sprintf("Resource '%s' was disallowed by policy. "
                               "Policy identifiers: '[{\"policyAssignment\":"
                               "{\"name\":\"Deny security contacts\",\"id\":"
                               "\"%s\"}}]'.",
                               name != NULL ? name : "", assignment),
                  "additionalInfo", "type", "PolicyViolation", "info",
                  "policyDefinitionDisplayName", "Deny security contacts",
                  "policyDefinitionId", definition, "policyAssignmentId",
                  assignment, "policyDefinitionEffect", "deny"));
    return false;
}

static bool
is_within_rate(struct exchange *exchange, const struct arm_rule *rule)
{
    return budget_pass(exchange, rule);
}

static gate_check *const checks[] = {
    has_api_version,    is_authenticated, knows_api_version, is_within_rate,
    finds_subscription, is_of_tenant,     has_role,          is_writable,
    is_unlocked,        is_within_policy,
};

bool
arm_gate_pass(struct exchange *exchange, const struct arm_rule *rule)
{
    for (size_t i = 0; i < ARRAY_LENGTH(checks); i++)
        if (!checks[i](exchange, rule))
            return false;
    return true;
}
