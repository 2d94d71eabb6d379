/* SPDX-License-Identifier: Apache-2.0 */
/* A scripted server on a loopback address. */
#include "unit/identity/tls_server.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct tls_server {
    pthread_t thread;
    pthread_mutex_t lock;
    SSL_CTX *tls;
    int listener;
    char url[64];
    char ca_file[64];
    const char *const *answers; /* borrowed from the test */
    size_t answer_count;
    size_t request_count;
    char requests[TLS_SERVER_REQUESTS][TLS_SERVER_REQUEST_SIZE];
};

static bool
extension_add(X509 *certificate, int kind, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, kind, value);
    const bool added =
        extension != NULL && X509_add_ext(certificate, extension, -1) == 1;

    X509_EXTENSION_free(extension);
    return added;
}

/* A certificate for 127.0.0.1 that is its own authority. */
static X509 *
certificate_make(EVP_PKEY *key)
{
    X509 *certificate = X509_new();
    X509_NAME *name =
        certificate != NULL ? X509_get_subject_name(certificate) : NULL;

    if (name == NULL || X509_set_version(certificate, 2) != 1
        || ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) != 1
        || X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) == NULL
        || X509_gmtime_adj(X509_getm_notAfter(certificate), 86400) == NULL
        || X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                      (const unsigned char *) "test", -1, -1,
                                      0)
               != 1
        || X509_set_issuer_name(certificate, name) != 1
        || X509_set_pubkey(certificate, key) != 1
        || !extension_add(certificate, NID_basic_constraints,
                          "critical,CA:TRUE")
        || !extension_add(certificate, NID_subject_alt_name, "IP:127.0.0.1")
        || X509_sign(certificate, key, EVP_sha256()) == 0) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

static bool
certificate_write(X509 *certificate, char *path)
{
    const int descriptor = mkstemp(path);
    FILE *stream = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;

    if (stream == NULL)
        return false;
    const bool written = PEM_write_X509(stream, certificate) == 1;
    return fclose(stream) == 0 && written;
}

static bool
tls_prepare(struct tls_server *server)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = key != NULL ? certificate_make(key) : NULL;
    bool ready = false;

    server->tls = SSL_CTX_new(TLS_server_method());
    if (certificate != NULL && server->tls != NULL)
        ready = SSL_CTX_use_certificate(server->tls, certificate) == 1
                && SSL_CTX_use_PrivateKey(server->tls, key) == 1
                && certificate_write(certificate, server->ca_file);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return ready;
}

static bool
socket_prepare(struct tls_server *server)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr = { htonl(INADDR_LOOPBACK) },
    };
    socklen_t length = sizeof(address);

    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->listener < 0
        || bind(server->listener, (struct sockaddr *) &address, length) < 0
        || listen(server->listener, 8) < 0
        || getsockname(server->listener, (struct sockaddr *) &address, &length)
               < 0)
        return false;
    (void) snprintf(server->url, sizeof(server->url), "https://127.0.0.1:%u",
                    (unsigned) ntohs(address.sin_port));
    return true;
}

/* Whether the head and as much body as it promises are there. */
static bool
is_whole(const char *request)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *field = strcasestr(request, "\r\ncontent-length:");

    if (end == NULL)
        return false;
    return field == NULL || field > end
           || strlen(end + 4) >= strtoul(field + 17, NULL, 10);
}

static bool
request_read(SSL *connection, char *request)
{
    int length = 0;

    request[0] = '\0';
    while (!is_whole(request)) {
        const int more = SSL_read(connection, request + length,
                                  TLS_SERVER_REQUEST_SIZE - 1 - length);
        if (more <= 0)
            return false;
        length += more;
        request[length] = '\0';
    }
    return true;
}

/* Remembers the request and returns the answer to it, or NULL. */
static const char *
request_note(struct tls_server *server, const char *request)
{
    const char *answer = NULL;

    (void) pthread_mutex_lock(&server->lock);
    const size_t index = server->request_count;
    if (index < TLS_SERVER_REQUESTS) {
        memcpy(server->requests[index], request, strlen(request) + 1);
        server->request_count++;
    }
    if (index < server->answer_count)
        answer = server->answers[index];
    (void) pthread_mutex_unlock(&server->lock);
    return answer;
}

static void
connection_serve(struct tls_server *server, int descriptor)
{
    static char request[TLS_SERVER_REQUEST_SIZE]; /* one thread serves */
    SSL *connection = SSL_new(server->tls);

    if (connection != NULL && SSL_set_fd(connection, descriptor) == 1
        && SSL_accept(connection) == 1 && request_read(connection, request)) {
        const char *answer = request_note(server, request);
        if (answer != NULL
            && SSL_write(connection, answer, (int) strlen(answer)) > 0)
            (void) SSL_shutdown(connection);
    }
    SSL_free(connection);
    (void) close(descriptor);
}

static void *
server_run(void *data)
{
    struct tls_server *server = data;

    for (;;) {
        const int descriptor =
            accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
        if (descriptor < 0)
            return NULL;
        connection_serve(server, descriptor);
    }
}

struct tls_server *
tls_server_start(void)
{
    struct tls_server *server = calloc(1, sizeof(*server));

    if (server == NULL)
        return NULL;
    server->listener = -1;
    (void) snprintf(server->ca_file, sizeof(server->ca_file),
                    "/tmp/piket-test-ca-XXXXXX");
    (void) pthread_mutex_init(&server->lock, NULL);
    if (!tls_prepare(server) || !socket_prepare(server)
        || pthread_create(&server->thread, NULL, server_run, server) != 0) {
        if (server->listener >= 0)
            (void) close(server->listener);
        SSL_CTX_free(server->tls);
        free(server);
        return NULL;
    }
    return server;
}

void
tls_server_stop(struct tls_server *server)
{
    (void) shutdown(server->listener, SHUT_RDWR); /* ends accept4 */
    (void) pthread_join(server->thread, NULL);
    (void) close(server->listener);
    (void) unlink(server->ca_file);
    (void) pthread_mutex_destroy(&server->lock);
    SSL_CTX_free(server->tls);
    free(server);
}

const char *
tls_server_url(const struct tls_server *server)
{
    return server->url;
}

const char *
tls_server_ca_file(const struct tls_server *server)
{
    return server->ca_file;
}

void
tls_server_script(struct tls_server *server, const char *const *answers,
                  size_t count)
{
    (void) pthread_mutex_lock(&server->lock);
    server->answers = answers;
    server->answer_count = count;
    server->request_count = 0;
    (void) pthread_mutex_unlock(&server->lock);
}

size_t
tls_server_request_count(struct tls_server *server)
{
    (void) pthread_mutex_lock(&server->lock);
    const size_t count = server->request_count;
    (void) pthread_mutex_unlock(&server->lock);
    return count;
}

const char *
tls_server_request(struct tls_server *server, size_t index)
{
    return server->requests[index]; /* written once */
}
