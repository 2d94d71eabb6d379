/* SPDX-License-Identifier: Apache-2.0 */
/* A scripted server on a loopback address, with a certificate of its own
 * making: it answers what it is told, one request to a connection, and
 * remembers what it was asked. */
#ifndef PIKET_TESTS_IDENTITY_TLS_SERVER_H
#define PIKET_TESTS_IDENTITY_TLS_SERVER_H

#include <stddef.h>

enum { TLS_SERVER_REQUESTS = 16, TLS_SERVER_REQUEST_SIZE = 8 * 1024 };

struct tls_server;

/* NULL where it cannot be had. */
struct tls_server *tls_server_start(void);
void tls_server_stop(struct tls_server *server);

/* https://127.0.0.1:port */
const char *tls_server_url(const struct tls_server *server);

/* A file with the certificate. */
const char *tls_server_ca_file(const struct tls_server *server);

/* The whole answers to the next requests, in order; after the last, and for
 * NULL, connections are cut off once the request has come. What was
 * remembered is forgotten. */
void tls_server_script(struct tls_server *server, const char *const *answers,
                       size_t count);

size_t tls_server_request_count(struct tls_server *server);

/* A request as it came, NUL-terminated. */
const char *tls_server_request(struct tls_server *server, size_t index);

#endif
