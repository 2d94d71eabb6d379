/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as a definition of Azure Policy, which deploys it to every
 * subscription of its assignment that has another one, or none. Aliases are
 * those of Microsoft.Security/securityContacts: the one for emails is
 * called email. */
#include <jansson.h>

#include "base/cleanup.h"
#include "control/value/json_text.h"
#include "report/export/export_properties.h"
#include "report/export/export_writers.h"

#define ALIAS(member_) EXPORT_TYPE "/" member_
#define SOURCES ALIAS("notificationsSources[*]")

/* Security Admin: the only built-in role made for this write. */
#define ROLE_DEFINITION                                   \
    "/providers/Microsoft.Authorization/roleDefinitions/" \
    "fb1c8493-542b-48eb-b624-b4c8fea62acd"

/* A parameter of the definition, and of the deployment that it makes. */
struct parameter {
    const char *name;
    const char *type;
    const char *display_name;
    json_t *value;              /* NULL: the contact says nothing of it */
    enum contact_level highest; /* of those allowed; UNSEEN: any value is */
};

enum {
    PARAMETER_EMAILS,
    PARAMETER_PHONE,
    PARAMETER_SEVERITY,
    PARAMETER_RISK,
    PARAMETER_ROLES,
    PARAMETER_COUNT,
};

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

static json_t *
text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* The expression that stands for a parameter. */
static json_t *
reference(const struct parameter *parameter)
{
    return json_sprintf("[parameters('%s')]", parameter->name);
}

/* "allowedValues", where not every value is. */
static int
add_allowed(const struct parameter *parameter, json_t *definition)
{
    json_t *words;

    if (parameter->highest == CONTACT_LEVEL_UNSEEN)
        return 0;
    words = json_array();
    for (int level = CONTACT_LEVEL_LOW; level <= (int) parameter->highest;
         level++)
        if (json_array_append_new(words, json_string(contact_level_name(
                                             (enum contact_level) level)))
            < 0) {
            json_decref(words);
            return -1;
        }
    return json_object_set_new(definition, "allowedValues", words);
}

/* Sets a member of each of the three objects, for each parameter that there
 * is: definitions with defaults, values that are passed on, declarations in
 * the template. */
static int
add_parameters(const struct parameter *parameters, json_t *definitions,
               json_t *passed, json_t *declared)
{
    int failed = 0;

    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter *parameter = &parameters[i];
        if (json_is_null(parameter->value))
            continue;
        json_t *definition =
            json_pack("{s:s, s:{s:s}, s:O}", "type", parameter->type,
                      "metadata", "displayName", parameter->display_name,
                      "defaultValue", parameter->value);
        failed |= add_allowed(parameter, definition);
        failed |=
            json_object_set_new(definitions, parameter->name, definition);
        failed |= json_object_set_new(
            passed, parameter->name,
            json_pack("{s:o}", "value", reference(parameter)));
        failed |=
            json_object_set_new(declared, parameter->name,
                                json_pack("{s:s}", "type", parameter->type));
    }
    return failed;
}

static int
require(json_t *conditions, const char *field, json_t *value)
{
    return json_array_append_new(
        conditions, json_pack("{s:s, s:o}", "field", field, "equals", value));
}

/* Exactly one source of the type, at the parameter's level. */
static int
require_source(json_t *conditions, const char *type, const char *level_alias,
               const struct parameter *level)
{
    if (json_is_null(level->value))
        return json_array_append_new(
            conditions,
            json_pack("{s:{s:s, s:{s:s, s:s}}, s:i}", "count", "field",
                      SOURCES, "where", "field", SOURCES ".sourceType",
                      "equals", type, "equals", 0));
    return json_array_append_new(
        conditions,
        json_pack("{s:{s:s, s:{s:[{s:s, s:s}, {s:s, s:o}]}}, s:i}", "count",
                  "field", SOURCES, "where", "allOf", "field",
                  SOURCES ".sourceType", "equals", type, "field", level_alias,
                  "equals", reference(level), "equals", 1));
}

/* Each of the parameter's roles is listed; others may be, too. */
static int
require_roles(json_t *conditions, const struct parameter *roles)
{
    static const char alias[] = ALIAS("notificationsByRole.roles[*]");

    return json_array_append_new(
        conditions,
        json_pack("{s:{s:s, s:{s:s, s:o}}, s:o}", "count", "field", alias,
                  "where", "field", alias, "in", reference(roles),
                  "greaterOrEquals",
                  json_sprintf("[length(parameters('%s'))]", roles->name)));
}

/* What a contact must say to be left alone: every field. */
static json_t *
make_conditions(const struct parameter *parameters)
{
    const struct parameter *phone = &parameters[PARAMETER_PHONE];
    json_t *conditions = json_array();
    int failed = 0;

    failed |= require(conditions, ALIAS("isEnabled"), json_true());
    failed |= require(conditions, ALIAS("email"),
                      reference(&parameters[PARAMETER_EMAILS]));
    if (!json_is_null(phone->value))
        failed |= require(conditions, ALIAS("phone"), reference(phone));
    failed |= require(conditions, ALIAS("notificationsByRole.state"),
                      json_string("On"));
    failed |= require_roles(conditions, &parameters[PARAMETER_ROLES]);
    failed |=
        require_source(conditions, "Alert", SOURCES ".Alert.minimalSeverity",
                       &parameters[PARAMETER_SEVERITY]);
    failed |= require_source(conditions, "AttackPath",
                             SOURCES ".AttackPath.minimalRiskLevel",
                             &parameters[PARAMETER_RISK]);
    if (failed != 0) {
        json_decref(conditions);
        return NULL;
    }
    return conditions;
}

/* The contact's properties, with parameters instead of values. */
static json_t *
make_properties(const struct parameter *parameters)
{
    const struct parameter *phone = &parameters[PARAMETER_PHONE];
    const struct parameter *risk = &parameters[PARAMETER_RISK];
    json_t *sources =
        json_pack("[{s:s, s:o}]", "sourceType", "Alert", "minimalSeverity",
                  reference(&parameters[PARAMETER_SEVERITY]));
    json_t *properties;
    int failed = 0;

    if (!json_is_null(risk->value))
        failed |= json_array_append_new(
            sources, json_pack("{s:s, s:o}", "sourceType", "AttackPath",
                               "minimalRiskLevel", reference(risk)));
    properties = json_pack("{s:b, s:o, s:{s:s, s:o}, s:o}", "isEnabled", 1,
                           "emails", reference(&parameters[PARAMETER_EMAILS]),
                           "notificationsByRole", "state", "On", "roles",
                           reference(&parameters[PARAMETER_ROLES]),
                           "notificationsSources", sources);
    if (!json_is_null(phone->value))
        failed |= json_object_set_new(properties, "phone", reference(phone));
    if (failed != 0) {
        json_decref(properties);
        return NULL;
    }
    return properties;
}

/* The deployment; declared and passed are taken over. */
static json_t *
make_deployment(const struct parameter *parameters, json_t *declared,
                json_t *passed)
{
    return json_pack(
        "{s:s, s:{s:s, s:o, s:{s:s, s:s, s:o, s:[{s:s, s:s, s:s, s:o}]}}}",
        "location", "[parameters('deploymentLocation')]", "properties", "mode",
        "incremental", "parameters", passed, "template", "$schema",
        "https://schema.management.azure.com/schemas/2018-05-01/"
        "subscriptionDeploymentTemplate.json#",
        "contentVersion", "1.0.0.0", "parameters", declared, "resources",
        "type", EXPORT_TYPE, "apiVersion", EXPORT_API_VERSION, "name",
        "default", "properties", make_properties(parameters));
}

static json_t *
make_rule(const struct parameter *parameters, json_t *deployment)
{
    return json_pack(
        "{s:{s:s, s:s}, s:{s:s, s:{s:s, s:s, s:s, s:s, s:[s], s:{s:o}, "
        "s:o}}}",
        "if", "field", "type", "equals", "Microsoft.Resources/subscriptions",
        "then", "effect", "[parameters('effect')]", "details", "type",
        EXPORT_TYPE, "name", "default", "deploymentScope", "subscription",
        "existenceScope", "subscription", "roleDefinitionIds", ROLE_DEFINITION,
        "existenceCondition", "allOf", make_conditions(parameters),
        "deployment", deployment);
}

static json_t *
make_definition(const struct parameter *parameters)
{
    json_t *declared = json_object(), *passed = json_object();
    json_t *definitions = json_pack(
        "{s:{s:s, s:{s:s}, s:[s,s,s], s:s}, s:{s:s, s:{s:s}, s:s}}", "effect",
        "type", "String", "metadata", "displayName", "Effect", "allowedValues",
        "DeployIfNotExists", "AuditIfNotExists", "Disabled", "defaultValue",
        "DeployIfNotExists", "deploymentLocation", "type", "String",
        "metadata", "displayName", "Region in which the deployment is kept",
        "defaultValue", "westeurope");

    if (add_parameters(parameters, definitions, passed, declared) != 0) {
        json_decref(declared);
        json_decref(passed);
        json_decref(definitions);
        return NULL;
    }
    return json_pack(
        "{s:{s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:o, s:o}}", "properties",
        "displayName", "Security contact of Microsoft Defender for Cloud",
        "description",
        "Deploys the security contact to subscriptions that have none, or "
        "one that says something else.",
        "policyType", "Custom", "mode", "All", "metadata", "category",
        "Security Center", "version", "1.0.0", "parameters", definitions,
        "policyRule",
        make_rule(parameters, make_deployment(parameters, declared, passed)));
}

int
export_policy_write(const struct contact *contact, struct buffer *target,
                    struct error *err)
{
    struct parameter parameters[PARAMETER_COUNT] = {
        [PARAMETER_EMAILS] = { "emails", "String",
                               "Addresses, joined by semicolons",
                               export_properties_emails(contact),
                               CONTACT_LEVEL_UNSEEN },
        [PARAMETER_PHONE] = { "phone", "String", "Phone number",
                              text_or_null(contact->phone),
                              CONTACT_LEVEL_UNSEEN },
        [PARAMETER_SEVERITY] = { "minimalSeverity", "String",
                                 "Lowest severity of alerts that are mailed",
                                 text_or_null(contact_level_name(
                                     contact->alerts.level)),
                                 CONTACT_LEVEL_HIGH },
        [PARAMETER_RISK] = { "minimalRiskLevel", "String",
                             "Lowest risk of attack paths that are mailed",
                             text_or_null(contact_level_name(
                                 contact->attack_paths.level)),
                             CONTACT_LEVEL_CRITICAL },
        [PARAMETER_ROLES] = { "roles", "Array", "Roles that are mailed",
                              export_properties_roles(contact),
                              CONTACT_LEVEL_UNSEEN },
    };
    CLEANUP(json_clear)
    json_t *definition = make_definition(parameters);

    for (size_t i = 0; i < PARAMETER_COUNT; i++)
        json_decref(parameters[i].value);
    if (json_text_append(target, definition, JSON_INDENT(2)) < 0
        || buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    return 0;
}
