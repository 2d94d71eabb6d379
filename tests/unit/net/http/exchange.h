/* SPDX-License-Identifier: Apache-2.0 */
/* A client, the scripted server that it talks to, and what came of it. */
#ifndef PIKET_TESTS_HTTP_EXCHANGE_H
#define PIKET_TESTS_HTTP_EXCHANGE_H

#include "net/http/http_client.h"
#include "unit/net/http/server.h"

enum { EXCHANGE_ANSWERS = 64 };

/* An http_response that stays. */
struct answer {
    int status;
    enum http_failure failure;
    char *reason;
    char *advice;
    char *body;
    size_t length;
    char *content_type;
    char request_id[40];
    unsigned authorization;
    unsigned tries;
    bool sent;
    bool bound;
};

struct exchange {
    struct server *server;
    struct loop *loop;
    struct http_client *client;
    struct http_client_options options;      /* change them before the start */
    struct answer answers[EXCHANGE_ANSWERS]; /* in the order they came */
    size_t count;
};

/* Options with a back-off of a millisecond, over plain HTTP. */
void exchange_init(struct exchange *exchange);

/* Starts server, loop and client. With options.plain_http off the server
 * speaks TLS, and its certificate is the CA unless options.ca_file is set. */
void exchange_start(struct exchange *exchange,
                    const struct server_reply *replies, size_t count);

/* Queues a GET of the path, or any request to the path in its url. */
void exchange_get(struct exchange *exchange, const char *path);
void exchange_send(struct exchange *exchange,
                   const struct http_request *request);

/* Runs the loop to its end. */
void exchange_run(struct exchange *exchange);

/* An http_done, whose data is the exchange. */
void exchange_done_callback(const struct http_response *response, void *data);

void exchange_done(struct exchange *exchange);

/* The value of a header in a request that the server got; freed by the
 * caller, NULL where it is absent. */
char *exchange_sent_header(struct exchange *exchange, size_t index,
                           const char *name);

#endif
