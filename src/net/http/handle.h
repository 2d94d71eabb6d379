/* SPDX-License-Identifier: Apache-2.0 */
/* An easy handle of libcurl, set up as all of ours are. */
#ifndef PIKET_NET_HTTP_HANDLE_H
#define PIKET_NET_HTTP_HANDLE_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_options.h"
#include "net/loop/loop.h"

/* What all handles of a client have in common. */
struct handle_settings {
    struct loop *loop;   /* borrowed */
    char *ca_file;       /* owned; NULL: none, so that nothing verifies */
    char *user_agent;    /* owned */
    int64_t try_timeout; /* milliseconds */
    int64_t connect_timeout;
    bool no_proxy;
    bool own_connections;
    bool plain_http;
};

/* The address that was connected to last, such as "127.0.0.1 port 443": that
 * of the proxy, where there is one. */
struct handle_peer {
    struct loop *loop; /* borrowed: told of what is opened */
    char text[INET6_ADDRSTRLEN + sizeof(" port 65535")];
};

/* The caller releases the handle; peer must outlive it. NULL where memory
 * runs out. */
CURL *handle_new(const struct handle_settings *settings,
                 struct handle_peer *peer);

/* The CA file is that of the options, that of $SSL_CERT_FILE, or the
 * system's, see ca_file_choose. The user agent is
 * "piket/0.1.0 (libcurl/7.88.1; OpenSSL/3.0.22; linux)". */
int handle_settings_init(struct handle_settings *settings, struct loop *loop,
                         const struct http_client_options *options,
                         struct error *err);
void handle_settings_done(struct handle_settings *settings);

/* Milliseconds that a connection may take. */
int64_t handle_connect_timeout(const struct handle_settings *settings);

#endif
