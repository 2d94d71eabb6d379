/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts of Defender for Cloud. */
#include "azure/resource/alert_simulation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"

const char *const alert_simulation_bundles[] = {
    "AppServices", "CosmosDbs",         "DNS",
    "KeyVaults",   "KubernetesService", "ResourceManager",
    "SqlServers",  "StorageAccounts",   "VirtualMachines",
};
const size_t alert_simulation_bundles_length =
    ARRAY_LENGTH(alert_simulation_bundles);

/* The longest of Azure's regions has 18 letters. */
enum { LOCATION_CEILING = 64 };

/* One subscription's, under way. */
struct simulation {
    struct arm *arm;
    char *subscription_id;
    char *body;
    char location[LOCATION_CEILING + 1]; /* "" while it is not known */
    alert_simulation_done *done;
    void *data;
};

static void
simulation_free(struct simulation *simulation)
{
    free(simulation->subscription_id);
    free(simulation->body);
    free(simulation);
}

static void
finish(struct simulation *simulation, const struct arm_error *error)
{
    const bool located = simulation->location[0] != '\0';

    simulation->done(located ? simulation->location : NULL, error,
                     simulation->data);
    simulation_free(simulation);
}

/* Ends it for a reason of our own. */
static void
finish_with(struct simulation *simulation, int status, const char *why)
{
    char code[] = ARM_CODE_NOT_UNDERSTOOD, none[] = ARM_CODE_NO_ANSWER;
    AUTOFREE char *message = strdup(why);
    char memory[] = "out of memory";
    const struct arm_error error = {
        .http_status = status,
        .code = status != 0 ? code : none,
        .message = message != NULL ? message : memory,
    };

    finish(simulation, &error);
}

static void
raised(const struct arm_answer *answer, void *data)
{
    finish(data, answer->error);
}

static int
raise_there(struct simulation *simulation)
{
    AUTOFREE char *path = NULL;

    if (asprintf(&path,
                 "/subscriptions/%s/providers/Microsoft.Security/locations/"
                 "%s/alerts/default/simulate?api-version=2022-01-01",
                 simulation->subscription_id, simulation->location)
        < 0) {
        path = NULL;
        return -1;
    }
    const struct arm_request request = {
        .method = "POST",
        .path = path,
        .body = simulation->body,
        .once = true,
        .subject = { .elsewhere = true }, /* an operation's, if any */
    };
    return arm_send(simulation->arm, &request, raised, simulation, NULL);
}

/* The name of the only location, as it goes into a path. Borrowed; NULL where
 * there is none that could be one. */
static const char *
find_location(const json_t *document)
{
    const json_t *first =
        json_array_get(json_object_get(document, "value"), 0);
    const char *name = json_string_value(json_object_get(first, "name"));
    const size_t length =
        name != NULL ? strspn(name, "abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
                     : 0;

    return length > 0 && length <= LOCATION_CEILING && name[length] == '\0'
               ? name
               : NULL;
}

static void
located(const json_t *document, const struct arm_error *error, void *data)
{
    struct simulation *simulation = data;
    const char *location = find_location(document);

    if (error != NULL) {
        finish(simulation, error);
        return;
    }
    if (location == NULL) {
        finish_with(simulation, 200,
                    "the answer names no location of the subscription's "
                    "alerts");
        return;
    }
    (void) snprintf(simulation->location, sizeof(simulation->location), "%s",
                    location);
    if (raise_there(simulation) < 0) {
        simulation->location[0] = '\0';
        finish_with(simulation, 0, "out of memory");
    }
}

/* {"properties":{"kind":"Bundles","bundles":[…]}}, which the caller frees. */
static char *
make_body(const char *const *bundles, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(list, json_string(bundles[i])) < 0) {
            json_decref(list);
            return NULL;
        }
    AUTOJSON json_t *body = json_pack("{s:{s:s, s:o}}", "properties", "kind",
                                      "Bundles", "bundles", list);
    return body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
}

int
alert_simulation_raise(struct arm *arm, const char *subscription_id,
                       const char *const *bundles, size_t bundle_count,
                       alert_simulation_done *done, void *data,
                       struct error *err)
{
    struct simulation *simulation = calloc(1, sizeof(*simulation));
    AUTOFREE char *path = NULL;

    if (simulation == NULL)
        return error_set_memory(err);
    simulation->arm = arm;
    simulation->done = done;
    simulation->data = data;
    simulation->subscription_id = strdup(subscription_id);
    simulation->body = make_body(bundles, bundle_count);
    if (asprintf(&path,
                 "/subscriptions/%s/providers/Microsoft.Security/locations"
                 "?api-version=2015-06-01-preview",
                 subscription_id)
        < 0)
        path = NULL;
    if (path == NULL || simulation->subscription_id == NULL
        || simulation->body == NULL) {
        simulation_free(simulation);
        return error_set_memory(err);
    }
    if (arm_get(arm, path, located, simulation, err) < 0) {
        simulation_free(simulation);
        return -1;
    }
    return 0;
}
