/* SPDX-License-Identifier: Apache-2.0 */
/* A request and its answer. */
#include "server/exchange.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

#include "base/cleanup.h"
#include "json/text.h"

struct exchange *
exchange_new(struct world *world, const char *uri)
{
    struct exchange *exchange = calloc(1, sizeof(*exchange));

    if (exchange == NULL)
        return NULL;
    const char *question = strchr(uri, '?');
    exchange->world = world;
    exchange->arena = arena_new();
    exchange->body.ceiling = EXCHANGE_BODY_MAXIMUM;
    exchange->answer.body.ceiling = EXCHANGE_ANSWER_MAXIMUM;
    exchange->answer.content_type = "application/json; charset=utf-8";
    if (exchange->arena != NULL)
        exchange->query =
            arena_copy(exchange->arena, question != NULL ? question + 1 : "");
    if (exchange->query == NULL) {
        exchange_free(exchange);
        return NULL;
    }
    return exchange;
}

void
exchange_free(struct exchange *exchange)
{
    if (exchange == NULL)
        return;
    buffer_done(&exchange->body);
    buffer_done(&exchange->answer.body);
    arena_free(exchange->arena);
    free(exchange);
}

const char *
exchange_header(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND,
                                       name);
}

const char *
exchange_argument(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection,
                                       MHD_GET_ARGUMENT_KIND, name);
}

const char *
exchange_origin(struct exchange *exchange)
{
    const char *host = exchange_header(exchange, "Host");
    const char *scheme = exchange->plane == PLANE_CLOUD ? "https" : "http";
    const char *origin = arena_printf(exchange->arena, "%s://%s", scheme,
                                      host != NULL ? host : "localhost");

    exchange->failed |= origin == NULL;
    return origin != NULL ? origin : "";
}

void
exchange_add_header(struct exchange *exchange, const char *name,
                    const char *format, ...)
{
    struct answer *answer = &exchange->answer;
    AUTOFREE char *value = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&value, format, arguments);
    va_end(arguments);
    if (length < 0)
        value = NULL;
    const char *kept = arena_copy(exchange->arena, value);
    if (kept == NULL || answer->header_count == EXCHANGE_HEADERS) {
        exchange->failed = true;
        return;
    }
    answer->headers[answer->header_count++] = (struct header){ name, kept };
}

void
exchange_answer(struct exchange *exchange, unsigned status, json_t *body)
{
    exchange->answer.status = status;
    if (json_text_value(&exchange->answer.body, body) < 0)
        exchange->failed = true;
}

void
exchange_answer_text(struct exchange *exchange, unsigned status,
                     const char *text)
{
    exchange->answer.status = status;
    if (buffer_append_text(&exchange->answer.body, text) < 0)
        exchange->failed = true;
}
