/* SPDX-License-Identifier: Apache-2.0 */
/* The two listeners and the one loop that serves them. */
#include "server/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>

#include <microhttpd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "server/address.h"
#include "server/certificate.h"
#include "server/reply.h"
#include "server/timers.h"

enum {
    PLANES = 2,
    RESUMED_AT_ONCE = 4,
    CONNECTIONS_MAXIMUM = 16 * 1024,
    CONNECTION_MEMORY = 64 * 1024 /* the headers of a request must fit */
};

struct plane_listener {
    struct server *server;
    enum plane plane;
    struct MHD_Daemon *daemon;
    char *url;
};

struct server {
    struct plane_listener listeners[PLANES];
    struct server_handler handler;
    struct world *world;
    struct timers timers;
    uint64_t connections; /* so far */
    int events;           /* epoll */
    int signals;          /* signalfd */
};

/* The request line has been read. */
static void *
begin_exchange(void *data, const char *uri, struct MHD_Connection *connection)
{
    const struct plane_listener *listener = data;
    struct exchange *exchange = exchange_new(listener->server->world, uri);

    if (exchange == NULL)
        return NULL;
    exchange->connection = connection;
    exchange->plane = listener->plane;
    return exchange;
}

static void
end_exchange(void *data, struct MHD_Connection *connection, void **slot,
             enum MHD_RequestTerminationCode code)
{
    (void) data;
    (void) connection;
    (void) code;
    exchange_free(*slot);
    *slot = NULL;
}

/* Gives each connection its number. */
static void
notice_connection(void *data, struct MHD_Connection *connection, void **slot,
                  enum MHD_ConnectionNotificationCode code)
{
    struct plane_listener *listener = data;

    (void) connection;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        uint64_t *number = malloc(sizeof(*number));
        if (number != NULL)
            *number = ++listener->server->connections;
        *slot = number;
        return;
    }
    free(*slot);
    *slot = NULL;
}

static uint64_t
number_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    const uint64_t *number = info != NULL ? info->socket_context : NULL;

    return number != NULL ? *number : 0;
}

static void
collect(struct exchange *exchange, const char *data, size_t size)
{
    if (exchange->too_large)
        return;
    if (buffer_append(&exchange->body, data, size) < 0) {
        exchange->too_large = true;
        buffer_done(&exchange->body);
    }
}

/* Whether the answer must wait; then the connection is suspended. */
static bool
hold_back(struct server *server, struct exchange *exchange)
{
    if (exchange->held)
        return false;
    exchange->held = true;
    const int64_t delay = server->handler.delay(exchange);
    if (delay <= 0
        || timers_add(&server->timers, clock_monotonic() + delay,
                      exchange->connection)
               < 0)
        return false;
    MHD_suspend_connection(exchange->connection);
    return true;
}

/* MHD calls this once with the headers, then for each piece of the body,
 * then at its end, and once more after a suspension. */
static enum MHD_Result
handle(void *data, struct MHD_Connection *connection, const char *path,
       const char *method, const char *version, const char *upload,
       size_t *upload_size, void **slot)
{
    struct plane_listener *listener = data;
    struct server *server = listener->server;
    struct exchange *exchange = *slot;

    (void) version;
    if (exchange == NULL)
        return MHD_NO;
    if (exchange->method == NULL) {
        exchange->method = method;
        exchange->path = path;
        exchange->connection_number = number_of(connection);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        collect(exchange, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (hold_back(server, exchange))
        return MHD_YES;
    server->handler.answer(exchange);
    return reply_send(exchange, connection);
}

static void
discard_message(void *data, const char *format, va_list arguments)
{
    (void) data;
    (void) format;
    (void) arguments;
}

static int
listener_url(struct plane_listener *listener, const char *host,
             struct error *err)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_BIND_PORT);

    if (asprintf(&listener->url, "%s://%s:%u",
                 listener->plane == PLANE_CLOUD ? "https" : "http", host,
                 info->port)
        < 0) {
        listener->url = NULL;
        return error_set_memory(err);
    }
    return 0;
}

static int
listener_start(struct plane_listener *listener, const char *where,
               const struct certificate *certificate, struct error *err)
{
    CLEANUP(address_done) struct address address = { .host = NULL };
    const bool secure = listener->plane == PLANE_CLOUD;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO
                     | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_KEY, 0, certificate->key },
        { MHD_OPTION_HTTPS_MEM_CERT, 0, certificate->leaf },
        { MHD_OPTION_END, 0, NULL },
    };

    if (address_parse(where, &address, err) < 0)
        return -1;
    if (secure)
        flags |= MHD_USE_TLS;
    else
        tls[0] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
    if (address.socket.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    listener->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, listener, MHD_OPTION_EXTERNAL_LOGGER,
        discard_message, NULL, MHD_OPTION_SOCK_ADDR, &address.socket,
        MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, listener,
        MHD_OPTION_NOTIFY_COMPLETED, end_exchange, listener,
        MHD_OPTION_NOTIFY_CONNECTION, notice_connection, listener,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned) CONNECTIONS_MAXIMUM,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) CONNECTION_MEMORY,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
    if (listener->daemon == NULL)
        return error_set_errno(err, "cannot listen at %s", where);
    return listener_url(listener, address.host, err);
}

static int
watch(const struct server *server, int descriptor)
{
    struct epoll_event event = { .events = EPOLLIN,
                                 .data = { .fd = descriptor } };

    return epoll_ctl(server->events, EPOLL_CTL_ADD, descriptor, &event);
}

static int
watch_all(struct server *server, struct error *err)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    server->events = epoll_create1(EPOLL_CLOEXEC);
    server->signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (server->events < 0 || server->signals < 0
        || watch(server, server->signals) < 0)
        return error_set_errno(err, "cannot wait for events");
    for (size_t i = 0; i < PLANES; i++) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(
            server->listeners[i].daemon, MHD_DAEMON_INFO_EPOLL_FD);
        if (info == NULL || watch(server, info->epoll_fd) < 0)
            return error_set_errno(err, "cannot wait for connections");
    }
    return 0;
}

struct server *
server_new(const char *listen, const char *identity_listen,
           const struct certificate *certificate,
           const struct server_handler *handler, struct world *world,
           struct error *err)
{
    const char *const places[PLANES] = { listen, identity_listen };
    struct server *server = calloc(1, sizeof(*server));

    if (server == NULL) {
        error_set_memory(err);
        return NULL;
    }
    server->handler = *handler;
    server->world = world;
    server->events = -1;
    server->signals = -1;
    for (size_t i = 0; i < PLANES; i++) {
        struct plane_listener *listener = &server->listeners[i];
        listener->server = server;
        listener->plane = (enum plane) i;
        if (listener_start(listener, places[i], certificate, err) < 0) {
            server_free(server);
            return NULL;
        }
    }
    if (watch_all(server, err) < 0) {
        server_free(server);
        return NULL;
    }
    return server;
}

const char *
server_url(const struct server *server, enum plane plane)
{
    return server->listeners[plane].url;
}

/* Milliseconds until something is to be done without an event, or -1. */
static int
patience(const struct server *server)
{
    const int64_t due = timers_next(&server->timers);
    int64_t wait = -1;

    if (due >= 0) {
        wait = due - clock_monotonic();
        if (wait < 0)
            wait = 0;
    }
    for (size_t i = 0; i < PLANES; i++) {
        MHD_UNSIGNED_LONG_LONG limit;
        if (MHD_get_timeout(server->listeners[i].daemon, &limit) == MHD_YES
            && (wait < 0 || (int64_t) limit < wait))
            wait = (int64_t) limit;
    }
    return wait > 1000 ? 1000 : (int) wait;
}

/* Lets go on what has waited long enough, a few at a time: whoever is served
 * first has its answer while the others are still worked on. */
static void
resume_due(struct server *server)
{
    const int64_t now = clock_monotonic();
    void *connection;
    size_t count = 0;

    while ((connection = timers_take(&server->timers, now)) != NULL) {
        MHD_resume_connection(connection);
        if (++count % RESUMED_AT_ONCE != 0)
            continue;
        for (size_t i = 0; i < PLANES; i++)
            (void) MHD_run(server->listeners[i].daemon);
    }
}

int
server_run(struct server *server, struct error *err)
{
    for (;;) {
        struct epoll_event events[PLANES + 1];
        const int count =
            epoll_wait(server->events, events, PLANES + 1, patience(server));
        if (count < 0 && errno != EINTR)
            return error_set_errno(err, "cannot wait for connections");
        for (int i = 0; i < count; i++)
            if (events[i].data.fd == server->signals)
                return 0;
        resume_due(server);
        for (size_t i = 0; i < PLANES; i++)
            (void) MHD_run(server->listeners[i].daemon);
    }
}

void
server_free(struct server *server)
{
    void *connection;

    if (server == NULL)
        return;
    /* MHD can stop only once nothing is suspended. */
    while ((connection = timers_take_any(&server->timers)) != NULL)
        MHD_resume_connection(connection);
    for (size_t i = 0; i < PLANES; i++) {
        if (server->listeners[i].daemon != NULL) {
            (void) MHD_run(server->listeners[i].daemon);
            MHD_stop_daemon(server->listeners[i].daemon);
        }
        free(server->listeners[i].url);
    }
    timers_done(&server->timers);
    if (server->events >= 0)
        (void) close(server->events);
    if (server->signals >= 0)
        (void) close(server->signals);
    free(server);
}
