/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/locations and the sample alerts behind them. */
#include "arm/alerts.h"

#include <string.h>

#include "arm/arm_error.h"
#include "arm/provider.h"
#include "base/cleanup.h"
#include "base/random.h"
#include "base/text.h"
#include "estate/estate.h"
#include "json/fields.h"
#include "server/world.h"

/* Of the specification of 2022-01-01. */
static const char *const bundles[] = { "AppServices",     "DNS",
                                       "KeyVaults",       "KubernetesService",
                                       "ResourceManager", "SqlServers",
                                       "StorageAccounts", "VirtualMachines",
                                       "CosmosDbs",       NULL };
static const char *const kinds[] = { "Bundles", NULL };

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

static json_t *
location(const struct exchange *exchange)
{
    const char *name = exchange->world->estate->location;

    return json_pack("{s:o, s:s, s:s, s:{s:s}}", "id",
                     json_sprintf("/subscriptions/%s/providers/"
                                  "Microsoft.Security/locations/%s",
                                  exchange->subscription->id, name),
                     "name", name, "type", "Microsoft.Security/locations",
                     "properties", "homeRegionName", name);
}

void
alerts_locations(struct exchange *exchange)
{
    provider_headers(exchange);
    if (provider_require_registration(exchange))
        exchange_answer(exchange, 200,
                        json_pack("{s:[o]}", "value", location(exchange)));
}

/* Whether the path names the estate's one location. */
static bool
is_here(struct exchange *exchange)
{
    if (text_equal_ignoring_case(exchange->parameters[1],
                                 exchange->world->estate->location))
        return true;
    arm_provider_refuse(exchange, 404, "LocationNotFound",
                        "The location '%s' could not be found.",
                        exchange->parameters[1]);
    return false;
}

void
alerts_location(struct exchange *exchange)
{
    provider_headers(exchange);
    if (provider_require_registration(exchange) && is_here(exchange))
        exchange_answer(exchange, 200, location(exchange));
}

struct simulation {
    int kind;
    json_t *bundles;
};

static const struct field simulation_fields[] = {
    { "kind", FIELD_WORD, true, offsetof(struct simulation, kind), kinds },
    { "bundles", FIELD_ARRAY, true, offsetof(struct simulation, bundles),
      NULL },
};

static int
check_bundles(json_t *values, struct error *err)
{
    size_t index;
    json_t *value;

    if (json_array_size(values) == 0)
        return error_set(err, "properties.bundles: must not be empty");
    json_array_foreach(values, index, value)
    {
        if (!json_is_string(value)
            || fields_word(json_string_value(value), bundles) < 0)
            return error_set(err, "properties.bundles[%zu]: is not a bundle",
                             index);
    }
    return 0;
}

static int
check_body(struct exchange *exchange, struct error *err)
{
    struct simulation simulation = { 0, NULL };
    json_error_t problem;
    CLEANUP(json_clear)
    json_t *body = json_loadb(buffer_text(&exchange->body),
                              exchange->body.length, 0, &problem);

    if (body == NULL)
        return error_set(err, "the body is not JSON: %s", problem.text);
    if (fields_read(json_object_get(body, "properties"), simulation_fields,
                    ARRAY_LENGTH(simulation_fields), "properties",
                    exchange->arena, &simulation, err)
        < 0)
        return -1;
    return check_bundles(simulation.bundles, err);
}

void
alerts_simulate(struct exchange *exchange)
{
    AUTOERROR err = ERROR_INIT;
    char operation[RANDOM_UUID_SIZE];

    provider_headers(exchange);
    if (!provider_require_registration(exchange) || !is_here(exchange))
        return;
    if (check_body(exchange, &err) < 0) {
        arm_provider_refuse(exchange, 400, "InvalidInputJson", "%s",
                            error_message(&err));
        return;
    }
    /* A long-running operation since 2022-01-01 only. */
    if (strcmp(exchange->api_version, "2022-01-01") < 0) {
        exchange->answer.status = 204;
        return;
    }
    exchange_add_header(
        exchange, "Location",
        "%s/subscriptions/%s/providers/Microsoft.Security/locations/%s/"
        "alertsSimulatorOperationResults/%s?api-version=%s",
        exchange_origin(exchange), exchange->subscription->id,
        exchange->parameters[1], random_uuid(operation),
        exchange->api_version);
    exchange->answer.status = 202;
}
