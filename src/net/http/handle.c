/* SPDX-License-Identifier: Apache-2.0 */
/* An easy handle of libcurl, set up as all of ours are. */
#include "net/http/handle.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "net/http/ca_file.h"
#include "net/http/encoding.h"
#include "net/http/limits.h"
#include "net/loop/loop_transfer.h"

#define SET(option, value) \
    (curl_easy_setopt(easy, (option), (value)) == CURLE_OK)

/* The address in words, for the message that a connection was refused. */
static void
remember_peer(struct handle_peer *peer, const struct curl_sockaddr *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    const void *source = &address->addr;
    unsigned port = 0;

    if (address->family == AF_INET) {
        const struct sockaddr_in *in = source;
        (void) inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
        port = ntohs(in->sin_port);
    } else if (address->family == AF_INET6) {
        const struct sockaddr_in6 *in6 = source;
        (void) inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
        port = ntohs(in6->sin6_port);
    }
    (void) snprintf(peer->text, sizeof(peer->text), "%s port %u", text, port);
}

/* libcurl leaves out SOCK_CLOEXEC, and children must not inherit a
 * connection that carries tokens. */
static curl_socket_t
on_open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
    const unsigned timeout = HTTP_UNACKNOWLEDGED_TIMEOUT;
    struct handle_peer *peer = data;

    (void) purpose;
    remember_peer(peer, address);
    const int descriptor = socket(
        address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (descriptor < 0)
        return CURL_SOCKET_BAD;
    loop_connection_opened(peer->loop, descriptor);
    /* A help, not a need: the try's own timeout stands behind it. */
    (void) setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout,
                      sizeof(timeout));
    return descriptor;
}

int64_t
handle_connect_timeout(const struct handle_settings *settings)
{
    return settings->try_timeout < settings->connect_timeout
               ? settings->try_timeout
               : settings->connect_timeout;
}

static bool
setup_http(CURL *easy, const struct handle_settings *settings)
{
    return SET(CURLOPT_PROTOCOLS_STR, settings->plain_http ? "http" : "https")
           && SET(CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1)
           && SET(CURLOPT_FOLLOWLOCATION, 0L)
           && SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
           && SET(CURLOPT_USERAGENT, settings->user_agent)
           && SET(CURLOPT_ACCEPT_ENCODING, ENCODING_ACCEPTED)
           && SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

/* What TLS has decrypted does not stay in OpenSSL's buffers. One call reads
 * one record: by itself, OpenSSL would go on for as long as the other side
 * sends key updates, tickets or requests for another handshake. */
static CURLcode
on_tls_context(CURL *easy, void *context, void *data)
{
    (void) easy;
    (void) data;
    (void) SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT
                                            | SSL_OP_NO_RENEGOTIATION);
    (void) SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    return CURLE_OK;
}

/* With CAPATH, whose default Debian sets, libcurl reads the whole store for
 * every connection; without it once per loop. */
static bool
setup_tls(CURL *easy, const struct handle_settings *settings)
{
    const char *why;
    /* An empty name cannot be read, and no read of it waits: failure.c says
     * what is the matter. */
    const char *ca_file =
        settings->ca_file != NULL && !ca_file_check(settings->ca_file, &why)
            ? ""
            : settings->ca_file;

    return SET(CURLOPT_SSL_VERIFYPEER, 1L) && SET(CURLOPT_SSL_VERIFYHOST, 2L)
           && SET(CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2)
           && SET(CURLOPT_PROXY_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2)
           && SET(CURLOPT_SSL_CTX_FUNCTION, on_tls_context)
           && SET(CURLOPT_CAPATH, NULL) && SET(CURLOPT_PROXY_CAPATH, NULL)
           && SET(CURLOPT_CAINFO, ca_file)
           && SET(CURLOPT_PROXY_CAINFO, ca_file);
}

static bool
setup_connection(CURL *easy, const struct handle_settings *settings,
                 struct handle_peer *peer)
{
    /* QUICK_EXIT: a name that does not resolve in time is not waited for. */
    return SET(CURLOPT_NOSIGNAL, 1L) && SET(CURLOPT_QUICK_EXIT, 1L)
           && SET(CURLOPT_TCP_KEEPALIVE, 1L) && SET(CURLOPT_TCP_KEEPIDLE, 30L)
           && SET(CURLOPT_TCP_KEEPINTVL, 10L)
           && SET(CURLOPT_CONNECTTIMEOUT_MS,
                  (long) handle_connect_timeout(settings))
           && SET(CURLOPT_TIMEOUT_MS, (long) settings->try_timeout)
           && SET(CURLOPT_OPENSOCKETFUNCTION, on_open_socket)
           && SET(CURLOPT_OPENSOCKETDATA, peer);
}

CURL *
handle_new(const struct handle_settings *settings, struct handle_peer *peer)
{
    CURL *easy = curl_easy_init();

    peer->loop = settings->loop;
    if (easy != NULL && setup_http(easy, settings) && setup_tls(easy, settings)
        && setup_connection(easy, settings, peer))
        return easy;
    curl_easy_cleanup(easy);
    return NULL;
}

static char *
make_user_agent(void)
{
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    char *text;

    if (asprintf(&text, "piket/%s (libcurl/%s; %s; linux)", PIKET_VERSION,
                 version->version,
                 version->ssl_version != NULL ? version->ssl_version : "-")
        < 0)
        return NULL;
    return text;
}

int
handle_settings_init(struct handle_settings *settings, struct loop *loop,
                     const struct http_client_options *options,
                     struct error *err)
{
    const char *ca_file = ca_file_choose(options->ca_file, NULL);

    *settings = (struct handle_settings){
        .loop = loop,
        .ca_file = ca_file != NULL ? strdup(ca_file) : NULL,
        .user_agent = make_user_agent(),
        .try_timeout = options->try_timeout,
        .connect_timeout = options->connect_timeout > 0
                               ? options->connect_timeout
                               : HTTP_CONNECT_TIMEOUT,
        .no_proxy = options->no_proxy,
        .own_connections = options->own_connections,
        .plain_http = options->plain_http,
    };
    if (settings->user_agent != NULL
        && (ca_file == NULL || settings->ca_file != NULL))
        return 0;
    handle_settings_done(settings);
    return error_set_memory(err);
}

void
handle_settings_done(struct handle_settings *settings)
{
    free(settings->ca_file);
    free(settings->user_agent);
    *settings = (struct handle_settings){ 0 };
}
