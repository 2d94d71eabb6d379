/* SPDX-License-Identifier: Apache-2.0 */
/* What happens to each request. */
#include "front.h"

#include <string.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "fault/fault.h"
#include "fault/fault_answer.h"
#include "routes.h"
#include "server/request_log.h"
#include "server/route.h"
#include "server/world.h"

static int64_t
delay(struct exchange *exchange)
{
    struct world *world = exchange->world;
    const struct fault_request request = {
        .method = exchange->method,
        .path = exchange->path,
        .api_version = exchange_argument(exchange, "api-version"),
    };

    if (world->faults != NULL)
        exchange->fault = faults_match(world->faults, &request);
    return world->latency
           + (exchange->fault != NULL ? (int64_t) exchange->fault->delay : 0);
}

/* The id that the client gave the request, as the answer repeats it; or that
 * of another one. */
static void
add_echo(struct exchange *exchange, const char *name, const char *id)
{
    const enum fault_echo echo =
        exchange->fault != NULL ? exchange->fault->echo : ECHO_OWN;
    char another[RANDOM_UUID_SIZE];

    if (echo != ECHO_NONE)
        exchange_add_header(exchange, name, "%s",
                            echo == ECHO_OWN ? id : random_uuid(another));
}

/* Such as WESTEUROPE:20261122T091407Z:GUID. */
static void
add_routing_header(struct exchange *exchange, const char *request)
{
    char time[CLOCK_TEXT_SIZE];
    char *to = time;

    clock_format(clock_now(), time);
    for (const char *from = time; *from != '\0'; from++)
        if (*from != '-' && *from != ':')
            *to++ = *from;
    *to = '\0';
    exchange_add_header(exchange, "x-ms-routing-request-id",
                        "WESTEUROPE:%s:%s", time, request);
}

static void
add_arm_headers(struct exchange *exchange)
{
    const char *wants =
        exchange_header(exchange, "x-ms-return-client-request-id");
    const char *client = exchange_header(exchange, "x-ms-client-request-id");
    const char *correlation =
        exchange_header(exchange, "x-ms-correlation-request-id");
    char request[RANDOM_UUID_SIZE];

    random_uuid(request);
    exchange_add_header(exchange, "x-ms-request-id", "%s", request);
    exchange_add_header(exchange, "x-ms-correlation-request-id", "%s",
                        correlation != NULL ? correlation : request);
    add_routing_header(exchange, request);
    if (client != NULL && text_equal_ignoring_case(wants, "true"))
        add_echo(exchange, "x-ms-client-request-id", client);
    exchange_add_header(exchange, "Cache-Control", "no-cache");
}

/* Entra gives its own id, and echoes the client's. */
static void
add_entra_headers(struct exchange *exchange)
{
    const char *wants = exchange_header(exchange, "return-client-request-id");
    const char *client = exchange_header(exchange, "client-request-id");
    char request[RANDOM_UUID_SIZE];

    exchange_add_header(exchange, "x-ms-request-id", "%s",
                        random_uuid(request));
    if (client != NULL && text_equal_ignoring_case(wants, "true"))
        add_echo(exchange, "client-request-id", client);
}

static void
add_headers(struct exchange *exchange)
{
    if (exchange->plane == PLANE_MACHINE)
        return;
    exchange_add_header(exchange, "Strict-Transport-Security",
                        "max-age=31536000; includeSubDomains");
    exchange_add_header(exchange, "X-Content-Type-Options", "nosniff");
    if (exchange->route != NULL && exchange->route->rule == NULL)
        add_entra_headers(exchange);
    else
        add_arm_headers(exchange);
}

static void
answer(struct exchange *exchange)
{
    if (!fault_answer_instead(exchange))
        routes_dispatch(exchange);
    fault_answer_alter(exchange);
    add_headers(exchange);
    if (exchange->answer.body.length == 0)
        exchange->answer.content_type = NULL;
    request_log_write(exchange->world->log, exchange);
}

const struct server_handler front_handler = { delay, answer };
