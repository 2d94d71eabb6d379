/* SPDX-License-Identifier: Apache-2.0 */
/* A queue of requests to one service.
 *
 * A request is in exactly one place: queued, waiting for its timer, or in a
 * transfer under way. pump moves requests from the queue into transfers, as
 * far as pacing and authorization allow; it runs from the loop only, because
 * it may end requests. */
#include "net/http/http_client.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/http/decision.h"
#include "net/http/limits.h"
#include "net/http/pacing.h"
#include "net/http/request.h"
#include "net/http/transfer.h"
#include "net/http/url.h"

enum {
    /* A silence that makes people ask whether anything happens. */
    HTTP_CLIENT_LONG_WAIT = 5 * 1000,
    HTTP_CLIENT_WARNING_PAUSE = 30 * 1000,
};

struct http_client {
    struct loop *loop; /* borrowed */
    struct http_client_options options;
    struct handle_settings settings;
    struct request_list queue;
    struct request_list waiting;
    struct transfer_list under_way;
    struct transfer_list idle;
    unsigned under_way_count;
    struct pacing pacing;
    struct loop_timer *pump_timer; /* the next pump, or NULL */
    bool pumping;
    bool unauthorized; /* until http_client_authorized */
    bool warned;       /* of a long wait, at warned_at */
    int64_t warned_at; /* clock_monotonic */
    struct http_statistics statistics;
};

static void
make_idle(struct http_client *client, struct transfer *transfer)
{
    transfer_reset(transfer);
    TAILQ_INSERT_HEAD(&client->idle, transfer, link);
}

static void pump(struct http_client *client);

static void
on_pump_timer(void *data)
{
    struct http_client *client = data;

    client->pump_timer = NULL;
    pump(client);
}

static int
pump_later(struct http_client *client, int64_t milliseconds)
{
    if (client->pump_timer == NULL)
        client->pump_timer = loop_timer_start(client->loop, milliseconds,
                                              on_pump_timer, client);
    return client->pump_timer != NULL ? 0 : -1;
}

static void
on_retry_timer(void *data)
{
    struct request *request = data;
    struct http_client *client = request->client;

    request->timer = NULL;
    TAILQ_REMOVE(&client->waiting, request, link);
    TAILQ_INSERT_HEAD(&client->queue, request, link);
    pump(client);
}

static void
retry_later(struct http_client *client, struct request *request, int64_t wait)
{
    request->timer =
        loop_timer_start(client->loop, wait, on_retry_timer, request);
    if (request->timer == NULL)
        request_fail(request, HTTP_FAILURE_INTERNAL, "out of memory");
    else
        TAILQ_INSERT_TAIL(&client->waiting, request, link);
}

/* Does what was decided about a request whose try has ended. */
static void
carry_out(struct http_client *client, struct request *request,
          const struct http_response *response,
          const struct decision *decision)
{
    switch (decision->kind) {
    case DECISION_WAIT:
        retry_later(client, request, decision->wait);
        break;
    case DECISION_REAUTHORIZE:
        if (client->options.rejected != NULL)
            client->options.rejected(response, client->options.data);
        TAILQ_INSERT_HEAD(&client->queue, request, link);
        break;
    case DECISION_DONE:
    default:
        request_finish(request, response);
        break;
    }
}

/* Says why nothing happens for a while, but not for each request that
 * waits. Called after the statistics have counted the answer. */
static void
slowness_tell(struct http_client *client, const struct request *request,
              const struct decision *decision, int64_t now)
{
    const bool first =
        decision->throttled && client->statistics.throttled == 1;
    const bool quiet =
        decision->kind != DECISION_WAIT
        || decision->wait < HTTP_CLIENT_LONG_WAIT
        || (client->warned
            && now - client->warned_at < HTTP_CLIENT_WARNING_PAUSE);

    if (!first && quiet)
        return;
    AUTOFREE char *host = url_host(request->url);
    const char *name = host != NULL ? host : "the service";
    if (first)
        log_info("%s is throttling: fewer requests at a time", name);
    if (quiet)
        return;
    client->warned = true;
    client->warned_at = now;
    const long long seconds = (long long) ((decision->wait + 999) / 1000);
    if (decision->asked)
        log_warning("%s asks to wait %lld s before the next try", name,
                    seconds);
    else if (decision->throttled)
        log_warning("%s is throttling: the next try is in %lld s", name,
                    seconds);
    else
        log_warning("%s failed: the next try is in %lld s", name, seconds);
}

/* Whether the connection is not to be trusted with the next try. */
static bool
is_doubtful(const struct http_response *response)
{
    return response->status != 0
               ? !response->bound
               : response->failure == HTTP_FAILURE_TIMEOUT
                     || response->failure == HTTP_FAILURE_BROKEN;
}

static void
on_transfer_done(struct loop_transfer *handle, CURLcode result)
{
    struct transfer *transfer = (struct transfer *) handle;
    struct http_client *client = transfer->client;
    struct request *request = transfer->request;
    struct http_response response;

    if (transfer_restart(transfer))
        return;
    TAILQ_REMOVE(&client->under_way, transfer, link);
    client->under_way_count--;
    const bool retriable = transfer_result(transfer, result, &response);
    const int64_t now = clock_monotonic();
    client->statistics.connections += transfer_connections(transfer);
    transfer_trace(transfer, &response);
    const struct decision decision =
        decision_make(request, &response, retriable, &client->options);
    request->fresh = decision.foreign || is_doubtful(&response);
    if (decision.foreign)
        transfer_close_connection(transfer);
    if (decision.throttled) {
        client->statistics.throttled++;
        pacing_throttled(&client->pacing, transfer->started, now);
    } else if (response.status != 0)
        pacing_succeeded(&client->pacing, now);
    slowness_tell(client, request, &decision, now);
    carry_out(client, request, &response, &decision);
    make_idle(client, transfer);
    pump(client);
}

/* Asks for the header line of the next try. Returns whether the request may
 * start; otherwise it is back in the queue, or at its end. */
static bool
authorize(struct http_client *client, struct request *request,
          struct buffer *header)
{
    if (client->options.authorize == NULL)
        return true;
    /* Set before the call, which may end the wait by itself. */
    client->unauthorized = true;
    const enum http_authorization answer = client->options.authorize(
        header, &request->authorization, client->options.data);
    if (answer == HTTP_AUTHORIZATION_WAIT) {
        TAILQ_INSERT_HEAD(&client->queue, request, link);
        return false;
    }
    client->unauthorized = false;
    if (answer == HTTP_AUTHORIZATION_REFUSED)
        request_fail(request, HTTP_FAILURE_REFUSED,
                     header->length > 0 ? buffer_text(header)
                                        : "no authorization");
    else if (buffer_failed(header)
             || !request_header_is_valid(buffer_text(header)))
        request_fail(request, HTTP_FAILURE_INTERNAL,
                     "unusable authorization header");
    else
        return true;
    return false;
}

static struct transfer *
take_idle(struct http_client *client, struct error *err)
{
    struct transfer *transfer = TAILQ_FIRST(&client->idle);

    if (transfer != NULL) {
        TAILQ_REMOVE(&client->idle, transfer, link);
        return transfer;
    }
    if (transfer_new(&transfer, &client->settings, on_transfer_done, err) < 0)
        return NULL;
    transfer->client = client;
    return transfer;
}

/* Whether the next try may leave; otherwise the request is at its end. */
static bool
permit(struct http_client *client, struct request *request)
{
    AUTOERROR reason = ERROR_INIT;

    if (client->options.permit == NULL
        || strcmp(request_method(request), "GET") == 0
        || client->options.permit(client->options.data, &reason) == 0)
        return true;
    request_fail(request, HTTP_FAILURE_WITHHELD, error_message(&reason));
    return false;
}

/* Starts a request that has been taken from the queue. */
static void
start(struct http_client *client, struct request *request)
{
    AUTOERROR err = ERROR_INIT;
    struct transfer *transfer = take_idle(client, &err);

    if (transfer == NULL) {
        request_fail(request, HTTP_FAILURE_INTERNAL, error_message(&err));
        return;
    }
    if (!permit(client, request)
        || !authorize(client, request, &transfer->authorization)) {
        make_idle(client, transfer);
        return;
    }
    if (transfer_start(transfer, request, &err) < 0) {
        request_fail(request, HTTP_FAILURE_INTERNAL, error_message(&err));
        make_idle(client, transfer);
        return;
    }
    TAILQ_INSERT_TAIL(&client->under_way, transfer, link);
    client->under_way_count++;
    client->statistics.requests++;
    if (request->tries++ > 0)
        client->statistics.retries++;
    pacing_started(&client->pacing, transfer->started);
}

static void
pump(struct http_client *client)
{
    struct request *request;

    if (client->pumping)
        return;
    client->pumping = true;
    while (!client->unauthorized
           && (request = TAILQ_FIRST(&client->queue)) != NULL) {
        const int64_t wait = pacing_wait(
            &client->pacing, client->under_way_count, clock_monotonic());
        if (wait < 0 || (wait > 0 && pump_later(client, wait) == 0))
            break;
        TAILQ_REMOVE(&client->queue, request, link);
        if (wait > 0)
            request_fail(request, HTTP_FAILURE_INTERNAL, "out of memory");
        else
            start(client, request);
    }
    client->pumping = false;
    if (TAILQ_EMPTY(&client->queue)) {
        loop_timer_cancel(client->loop, client->pump_timer);
        client->pump_timer = NULL;
    }
}

static void
client_cleanup(struct http_client **client)
{
    http_client_free(*client);
}

static int
options_check(const struct http_client_options *options, struct error *err)
{
    if (options->concurrency < 1
        || options->concurrency > HTTP_CONCURRENCY_CEILING)
        return error_set(err, "concurrency must be from 1 to %d",
                         HTTP_CONCURRENCY_CEILING);
    if (options->try_timeout < 1 || options->try_timeout > INT32_MAX)
        return error_set(err, "unusable timeout");
    return 0;
}

int
http_client_new(struct http_client **ret_client, struct loop *loop,
                const struct http_client_options *options, struct error *err)
{
    if (options_check(options, err) < 0)
        return -1;
    CLEANUP(client_cleanup)
    struct http_client *client = calloc(1, sizeof(*client));
    if (client == NULL)
        return error_set_memory(err);
    client->loop = loop;
    client->options = *options;
    TAILQ_INIT(&client->queue);
    TAILQ_INIT(&client->waiting);
    TAILQ_INIT(&client->under_way);
    TAILQ_INIT(&client->idle);
    loop_expect_connections(loop, (long) options->concurrency);
    pacing_init(&client->pacing, options->concurrency, clock_monotonic());
    if (handle_settings_init(&client->settings, loop, options, err) < 0)
        return -1;
    *ret_client = take_pointer(client);
    return 0;
}

/* Moves all requests, wherever they are, into one list. */
static void
take_requests(struct http_client *client, struct request_list *list)
{
    struct transfer *transfer;
    struct request *request;

    while ((transfer = TAILQ_FIRST(&client->under_way)) != NULL) {
        request = transfer->request;
        transfer_stop(transfer);
        TAILQ_REMOVE(&client->under_way, transfer, link);
        client->under_way_count--;
        make_idle(client, transfer);
        TAILQ_INSERT_TAIL(list, request, link);
    }
    TAILQ_FOREACH(request, &client->waiting, link)
    {
        loop_timer_cancel(client->loop, request->timer);
        request->timer = NULL;
    }
    TAILQ_CONCAT(list, &client->waiting, link);
    TAILQ_CONCAT(list, &client->queue, link);
    loop_timer_cancel(client->loop, client->pump_timer);
    client->pump_timer = NULL;
}

void
http_client_free(struct http_client *client)
{
    struct request_list list = TAILQ_HEAD_INITIALIZER(list);
    struct request *request;
    struct transfer *transfer;

    if (client == NULL)
        return;
    take_requests(client, &list);
    while ((request = TAILQ_FIRST(&list)) != NULL) {
        TAILQ_REMOVE(&list, request, link);
        request_free(request);
    }
    while ((transfer = TAILQ_FIRST(&client->idle)) != NULL) {
        TAILQ_REMOVE(&client->idle, transfer, link);
        transfer_free(transfer);
    }
    loop_expect_connections(client->loop, -(long) client->options.concurrency);
    handle_settings_done(&client->settings);
    free(client);
}

static bool
has_authorization(const char *const *headers)
{
    for (; headers != NULL && *headers != NULL; headers++)
        if (request_header_is(*headers, "authorization:"))
            return true;
    return false;
}

int
http_client_send(struct http_client *client,
                 const struct http_request *request, http_done *done,
                 void *data, struct error *err)
{
    const bool plain = client->options.plain_http;
    const bool authorized = client->options.authorize != NULL
                            || has_authorization(request->headers);
    struct request *copy;

    if (request_new(&copy, request, plain ? "http" : "https", err) < 0)
        return -1;
    /* Tokens go to https, or stay on this machine. */
    if (plain && authorized && !url_is_loopback(copy->url)) {
        request_free(copy);
        return error_set(err, "a token may not leave without TLS");
    }
    if (pump_later(client, 0) < 0) {
        request_free(copy);
        return error_set_memory(err);
    }
    copy->client = client;
    copy->done = done;
    copy->data = data;
    TAILQ_INSERT_TAIL(&client->queue, copy, link);
    return 0;
}

void
http_client_cancel(struct http_client *client)
{
    struct request_list list = TAILQ_HEAD_INITIALIZER(list);
    struct request *request;

    take_requests(client, &list);
    while ((request = TAILQ_FIRST(&list)) != NULL) {
        TAILQ_REMOVE(&list, request, link);
        request_fail(request, HTTP_FAILURE_CANCELLED, "cancelled");
    }
}

void
http_client_authorized(struct http_client *client)
{
    client->unauthorized = false;
    /* Without memory for a timer, rather too early than never. */
    if (!TAILQ_EMPTY(&client->queue) && pump_later(client, 0) < 0)
        pump(client);
}

struct http_statistics
http_client_statistics(const struct http_client *client)
{
    return client->statistics;
}
