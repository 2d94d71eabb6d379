/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTP server that answers by a script. */
#include "unit/net/http/server.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "unit/net/http/certificate.h"
#include "unit/unit.h"

enum {
    CONNECTIONS = 256,
    REQUESTS = 4096,
    REQUEST_CEILING = 1024 * 1024,
    KEY_UPDATES = 20 * 1000 * 1000, /* minutes */
};

struct connection {
    struct server *server;
    pthread_t thread;
    int descriptor;
    SSL *tls;            /* NULL: plain */
    const char *request; /* the last one; of the server */
};

struct server {
    const struct server_reply *replies;
    size_t reply_count;
    int listener;
    char origin[64];
    SSL_CTX *tls; /* NULL: plain */
    struct certificate certificate;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    struct connection connections[CONNECTIONS];
    size_t connection_count;
    char *requests[REQUESTS];
    size_t request_count;
    size_t waiting;
    size_t most_waiting;
    size_t held; /* of these, the ones that wait for a reply with hold */
    size_t releases;
    bool stopping;
};

static ssize_t
connection_read(struct connection *connection, void *bytes, size_t size)
{
    return connection->tls != NULL
               ? SSL_read(connection->tls, bytes, (int) size)
               : recv(connection->descriptor, bytes, size, 0);
}

static int
connection_write(struct connection *connection, const void *bytes,
                 size_t length)
{
    const char *next = bytes;

    while (length > 0) {
        const ssize_t sent =
            connection->tls != NULL
                ? SSL_write(connection->tls, next, (int) length)
                : send(connection->descriptor, next, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return -1;
        next += sent;
        length -= (size_t) sent;
    }
    return 0;
}

static size_t
body_length(const char *header)
{
    const char *line = strcasestr(header, "\r\nContent-Length:");

    return line != NULL
               ? strtoul(line + sizeof("\r\nContent-Length:") - 1, NULL, 10)
               : 0;
}

/* Returns 0 with a whole request in buffer, -1 at the connection's end.
 * There is never more than one, as nobody here pipelines. */
static int
read_request(struct connection *connection, struct buffer *buffer)
{
    char bytes[4096];

    for (;;) {
        const char *end = strstr(buffer_text(buffer), "\r\n\r\n");
        if (end != NULL
            && buffer->length >= (size_t) (end + 4 - buffer->data)
                                     + body_length(buffer->data))
            return 0;
        const ssize_t got = connection_read(connection, bytes, sizeof(bytes));
        if (got <= 0 || buffer_append(buffer, bytes, (size_t) got) < 0)
            return -1;
    }
}

/* Waits until enough requests are held, and lets them all go. */
static void
hold(struct server *server, unsigned count)
{
    const size_t release = server->releases;

    if (++server->held >= count) {
        server->held = 0;
        server->releases++;
        (void) pthread_cond_broadcast(&server->changed);
        return;
    }
    while (server->releases == release && !server->stopping)
        (void) pthread_cond_wait(&server->changed, &server->mutex);
}

/* Remembers the request, and returns its reply. */
static const struct server_reply *
take_reply(struct connection *connection, struct buffer *request)
{
    struct server *server = connection->server;

    (void) pthread_mutex_lock(&server->mutex);
    const size_t index = server->request_count;
    if (index < REQUESTS) {
        server->requests[index] = buffer_take(request, NULL);
        connection->request = server->requests[index];
        server->request_count++;
    }
    const struct server_reply *reply =
        &server
             ->replies[index < server->reply_count ? index
                                                   : server->reply_count - 1];
    if (++server->waiting > server->most_waiting)
        server->most_waiting = server->waiting;
    if (reply->hold > 0)
        hold(server, reply->hold);
    server->waiting--;
    (void) pthread_mutex_unlock(&server->mutex);
    return reply;
}

/* The text with the id of the request in it, which the caller frees. */
static char *
echo(const char *text, const char *request)
{
    static const char name[] = "\r\nx-ms-client-request-id: ";
    const char *place = strstr(text, "%s");
    const char *id = strcasestr(request, name) + sizeof(name) - 1;
    char capitals[37] = "", *whole;

    for (size_t i = 0; i + 1 < sizeof(capitals); i++)
        capitals[i] = (char) (id[i] >= 'a' ? id[i] - 'a' + 'A' : id[i]);
    return asprintf(&whole, "%.*s%s%s", (int) (place - text), text, capitals,
                    place + 2)
                   < 0
               ? NULL
               : whole;
}

static int
send_reply(struct connection *connection, const struct server_reply *reply)
{
    static const char filler[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    char byte;

    if (reply->silent) {
        (void) connection_read(connection, &byte, 1);
        return -1;
    }
    AUTOFREE char *echoed =
        reply->echo ? echo(reply->text, connection->request) : NULL;
    const char *text = echoed != NULL ? echoed : reply->text;
    const size_t length = reply->length > 0 ? reply->length : strlen(text);
    if (connection_write(connection, text, length) < 0)
        return -1;
    for (size_t left = reply->filler; left > 0;) {
        const size_t part =
            left < sizeof(filler) - 1 ? left : sizeof(filler) - 1;
        if (connection_write(connection, filler, part) < 0)
            return -1;
        left -= part;
    }
    for (unsigned i = 0; reply->key_updates && i < KEY_UPDATES; i++)
        if (SSL_key_update(connection->tls, SSL_KEY_UPDATE_NOT_REQUESTED) != 1
            || SSL_do_handshake(connection->tls) != 1)
            return -1;
    return reply->close ? -1 : 0;
}

static void *
serve(void *data)
{
    struct connection *connection = data;
    AUTOBUFFER request = BUFFER_INIT(REQUEST_CEILING);

    if (connection->tls == NULL || SSL_accept(connection->tls) == 1)
        while (read_request(connection, &request) == 0
               && send_reply(connection, take_reply(connection, &request))
                      == 0)
            buffer_clear(&request);
    if (connection->tls != NULL)
        (void) SSL_shutdown(connection->tls);
    (void) shutdown(connection->descriptor, SHUT_RDWR);
    return NULL;
}

static void
add_connection(struct server *server, int descriptor)
{
    if (server->connection_count == CONNECTIONS || server->stopping) {
        (void) close(descriptor);
        return;
    }
    struct connection *connection =
        &server->connections[server->connection_count];
    *connection =
        (struct connection){ .server = server, .descriptor = descriptor };
    if (server->tls != NULL) {
        connection->tls = SSL_new(server->tls);
        (void) SSL_set_fd(connection->tls, descriptor);
    }
    if (pthread_create(&connection->thread, NULL, serve, connection) == 0)
        server->connection_count++;
}

static void *
listen_for_connections(void *data)
{
    struct server *server = data;
    int descriptor;

    while ((descriptor = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC))
           >= 0) {
        (void) pthread_mutex_lock(&server->mutex);
        add_connection(server, descriptor);
        (void) pthread_mutex_unlock(&server->mutex);
    }
    return NULL;
}

static void
start_tls(struct server *server)
{
    certificate_make(&server->certificate);
    server->tls = SSL_CTX_new(TLS_server_method());
    assert_non_null(server->tls);
    assert_int_equal(
        SSL_CTX_use_certificate(server->tls, server->certificate.x509), 1);
    assert_int_equal(
        SSL_CTX_use_PrivateKey(server->tls, server->certificate.key), 1);
}

struct server *
server_start(bool tls, const struct server_reply *replies, size_t count)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    socklen_t length = sizeof(address);
    struct server *server = calloc(1, sizeof(*server));

    assert_non_null(server);
    server->replies = replies;
    server->reply_count = count;
    (void) pthread_mutex_init(&server->mutex, NULL);
    (void) pthread_cond_init(&server->changed, NULL);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server->listener >= 0);
    assert_int_equal(
        bind(server->listener, (struct sockaddr *) &address, length), 0);
    assert_int_equal(listen(server->listener, CONNECTIONS), 0);
    assert_int_equal(
        getsockname(server->listener, (struct sockaddr *) &address, &length),
        0);
    (void) snprintf(server->origin, sizeof(server->origin),
                    "%s://127.0.0.1:%u", tls ? "https" : "http",
                    (unsigned) ntohs(address.sin_port));
    if (tls)
        start_tls(server);
    assert_int_equal(
        pthread_create(&server->thread, NULL, listen_for_connections, server),
        0);
    return server;
}

void
server_stop(struct server *server)
{
    (void) pthread_mutex_lock(&server->mutex);
    server->stopping = true;
    (void) pthread_cond_broadcast(&server->changed);
    (void) shutdown(server->listener, SHUT_RDWR);
    (void) pthread_mutex_unlock(&server->mutex);
    (void) pthread_join(server->thread, NULL);
    (void) close(server->listener);
    for (size_t i = 0; i < server->connection_count; i++) {
        struct connection *connection = &server->connections[i];
        (void) shutdown(connection->descriptor, SHUT_RDWR);
        (void) pthread_join(connection->thread, NULL);
        SSL_free(connection->tls);
        (void) close(connection->descriptor);
    }
    for (size_t i = 0; i < server->request_count; i++)
        free(server->requests[i]);
    if (server->tls != NULL) {
        SSL_CTX_free(server->tls);
        certificate_done(&server->certificate);
    }
    (void) pthread_cond_destroy(&server->changed);
    (void) pthread_mutex_destroy(&server->mutex);
    free(server);
}

const char *
server_origin(const struct server *server)
{
    return server->origin;
}

const char *
server_ca_file(const struct server *server)
{
    return server->certificate.path;
}

static size_t
read_count(struct server *server, const size_t *count)
{
    (void) pthread_mutex_lock(&server->mutex);
    const size_t value = *count;
    (void) pthread_mutex_unlock(&server->mutex);
    return value;
}

size_t
server_requests(struct server *server)
{
    return read_count(server, &server->request_count);
}

size_t
server_connections(struct server *server)
{
    return read_count(server, &server->connection_count);
}

void
server_say(struct server *server, const char *text)
{
    const size_t count = server_connections(server);

    assert_true(count > 0);
    assert_int_equal(
        connection_write(&server->connections[count - 1], text, strlen(text)),
        0);
}

size_t
server_most_waiting(struct server *server)
{
    return read_count(server, &server->most_waiting);
}

const char *
server_request(struct server *server, size_t index)
{
    assert_true(index < server_requests(server));
    return server->requests[index];
}
