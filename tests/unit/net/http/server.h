/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTP server on 127.0.0.1 that answers by a script and remembers what it
 * was sent. It runs in threads of its own, one per connection. */
#ifndef PIKET_TESTS_HTTP_SERVER_H
#define PIKET_TESTS_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>

struct server;

/* What one request gets. */
struct server_reply {
    const char *text; /* raw bytes: status line, header, body */
    size_t length;    /* of text; 0: it is text without NUL bytes */
    size_t filler;    /* so many "x" behind it */
    bool echo;        /* text holds one %s: the request's id, in capitals */
    bool close;       /* then close the connection */
    bool key_updates; /* then change the keys of TLS 1.3 without end */
    bool silent;      /* say nothing, until the other side gives up */
    unsigned hold;    /* answer only while so many requests wait */
};

/* The request with index n, counted over all connections, gets the reply
 * with that index; the last one repeats. Replies are borrowed. */
struct server *server_start(bool tls, const struct server_reply *replies,
                            size_t count);

/* Closes all connections and releases everything. */
void server_stop(struct server *server);

/* "http://127.0.0.1:PORT", or https. */
const char *server_origin(const struct server *server);

/* Of the TLS server's certificate. */
const char *server_ca_file(const struct server *server);

/* These may be asked for once the client has its answers. */
size_t server_requests(struct server *server);
size_t server_connections(struct server *server);

/* Sends bytes that nobody asked for over the last connection, which is plain;
 * they have arrived when it returns. */
void server_say(struct server *server, const char *text);

/* The most requests that have ever waited at one time. */
size_t server_most_waiting(struct server *server);

/* The request with this index: line, header and body, as they came. */
const char *server_request(struct server *server, size_t index);

#endif
