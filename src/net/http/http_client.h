/* SPDX-License-Identifier: Apache-2.0 */
/* A queue of requests to one service: a fixed number of them under way,
 * retried as the Azure SDKs retry, slowed down where the service throttles.
 *
 * HTTP/1.1 with keep-alive; TLS 1.2 or later, always verified; no redirects;
 * proxies from the environment (HTTPS_PROXY, NO_PROXY), but never to this
 * machine's loopback address. What an answer means
 * is not decided here: the room above gives two functions, classify and
 * authorize. */
#ifndef PIKET_NET_HTTP_HTTP_CLIENT_H
#define PIKET_NET_HTTP_HTTP_CLIENT_H

#include <stdint.h>

#include "base/error.h"
#include "net/http/http_message.h"
#include "net/http/http_options.h"
#include "net/loop/loop.h"

struct http_client;

/* What a client has done so far. */
struct http_statistics {
    uint64_t requests;    /* tries that were sent, retries included */
    uint64_t retries;     /* of these, the ones after the first */
    uint64_t throttled;   /* answers called HTTP_VERDICT_THROTTLED */
    uint64_t connections; /* opened */
};

/* The loop is borrowed and must outlive the client. */
int http_client_new(struct http_client **ret_client, struct loop *loop,
                    const struct http_client_options *options,
                    struct error *err);

/* Drops what is queued or under way without calling back. Not from one of
 * the client's own callbacks. NULL is allowed. */
void http_client_free(struct http_client *client);

/* Queues a copy of the request. done is called from loop_run. An unusable
 * URL or header is an error here; all later failures reach done. */
int http_client_send(struct http_client *client,
                     const struct http_request *request, http_done *done,
                     void *data, struct error *err);

/* Ends everything queued or under way with HTTP_FAILURE_CANCELLED, before
 * it returns. What their http_done sends meanwhile is queued as usual. */
void http_client_cancel(struct http_client *client);

/* Says that authorize, which had said HTTP_AUTHORIZATION_WAIT, has an
 * answer now. Until then the client starts nothing, and does not keep the
 * loop running: whoever makes it wait has a timer or a transfer there. */
void http_client_authorized(struct http_client *client);

struct http_statistics http_client_statistics(
    const struct http_client *client);

#endif
