/* SPDX-License-Identifier: Apache-2.0 */
/* A client, the scripted server that it talks to, and what came of it. */
#include "unit/net/http/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static char *
copy(const char *text)
{
    return text != NULL ? strdup(text) : NULL;
}

void
exchange_init(struct exchange *exchange)
{
    *exchange = (struct exchange){ .options = HTTP_CLIENT_OPTIONS_INIT };
    exchange->options.backoff = 1;
    exchange->options.no_proxy = true;
    exchange->options.plain_http = true;
}

void
exchange_start(struct exchange *exchange, const struct server_reply *replies,
               size_t count)
{
    AUTOERROR err = ERROR_INIT;
    const bool tls = !exchange->options.plain_http;

    exchange->server = server_start(tls, replies, count);
    if (tls && exchange->options.ca_file == NULL)
        exchange->options.ca_file = server_ca_file(exchange->server);
    if (loop_new(&exchange->loop, &err) < 0
        || http_client_new(&exchange->client, exchange->loop,
                           &exchange->options, &err)
               < 0)
        fail_msg("%s", error_message(&err));
}

void
exchange_send(struct exchange *exchange, const struct http_request *request)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url = NULL;
    struct http_request whole = *request;

    assert_true(
        asprintf(&url, "%s%s", server_origin(exchange->server), request->url)
        > 0);
    whole.url = url;
    if (http_client_send(exchange->client, &whole, exchange_done_callback,
                         exchange, &err)
        < 0)
        fail_msg("%s", error_message(&err));
}

void
exchange_get(struct exchange *exchange, const char *path)
{
    const struct http_request request = { .method = "GET", .url = path };

    exchange_send(exchange, &request);
}

void
exchange_run(struct exchange *exchange)
{
    AUTOERROR err = ERROR_INIT;

    if (loop_run(exchange->loop, &err) < 0)
        fail_msg("%s", error_message(&err));
}

void
exchange_done_callback(const struct http_response *response, void *data)
{
    struct exchange *exchange = data;

    assert_true(exchange->count < EXCHANGE_ANSWERS);
    struct answer *answer = &exchange->answers[exchange->count++];
    answer->status = response->status;
    answer->failure = response->failure;
    answer->reason = copy(response->reason);
    answer->advice = copy(response->advice);
    answer->body = copy(response->body);
    answer->length = response->length;
    answer->content_type =
        copy(http_response_header(response, "Content-Type"));
    (void) snprintf(answer->request_id, sizeof(answer->request_id), "%s",
                    response->request_id);
    answer->authorization = response->authorization;
    answer->tries = response->tries;
    answer->sent = response->sent;
    answer->bound = response->bound;
}

void
exchange_done(struct exchange *exchange)
{
    http_client_free(exchange->client);
    loop_free(exchange->loop);
    server_stop(exchange->server);
    for (size_t i = 0; i < exchange->count; i++) {
        free(exchange->answers[i].reason);
        free(exchange->answers[i].advice);
        free(exchange->answers[i].body);
        free(exchange->answers[i].content_type);
    }
}

char *
exchange_sent_header(struct exchange *exchange, size_t index, const char *name)
{
    AUTOFREE char *start = NULL;
    const char *request = server_request(exchange->server, index);

    assert_true(asprintf(&start, "\r\n%s: ", name) > 0);
    const char *line = strcasestr(request, start);
    if (line == NULL)
        return NULL;
    line += strlen(start);
    return strndup(line, strcspn(line, "\r"));
}
