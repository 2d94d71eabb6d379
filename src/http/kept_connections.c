/* SPDX-License-Identifier: Apache-2.0 */
/* The connections that libcurl keeps for further requests. */
#include "http/kept_connections.h"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

/* -1 where it is no socket of the internet. */
static int
port_of(int descriptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof(address);
    const void *name = &address;

    if (getsockname(descriptor, (struct sockaddr *) &address, &length) < 0)
        return -1;
    if (address.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *) name)->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *) name)->sin6_port);
    return -1;
}

/* The place of a descriptor, or of one more; NULL where memory runs out. */
static struct kept_connection *
place_for(struct kept_connections *kept, int descriptor)
{
    for (size_t i = 0; i < kept->count; i++)
        if (kept->items[i].descriptor == descriptor)
            return &kept->items[i];
    if (kept->count == kept->capacity) {
        const size_t capacity = 2 * kept->capacity + 32;
        struct kept_connection *items =
            reallocarray(kept->items, capacity, sizeof(*items));
        if (items == NULL)
            return NULL;
        kept->items = items;
        kept->capacity = capacity;
    }
    return &kept->items[kept->count++];
}

int
kept_connections_add(struct kept_connections *kept, CURL *easy)
{
    curl_socket_t descriptor = CURL_SOCKET_BAD;

    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &descriptor) != CURLE_OK
        || descriptor == CURL_SOCKET_BAD)
        return -1;
    struct kept_connection *place = place_for(kept, descriptor);
    if (place == NULL)
        return -1;
    *place = (struct kept_connection){ descriptor, port_of(descriptor) };
    return descriptor;
}

/* What TLS has read from the descriptor and not given away. */
static bool
tls_holds_bytes(CURL *easy)
{
    const struct curl_tlssessioninfo *session = NULL;

    return curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK
           && session != NULL && session->internals != NULL
           && SSL_has_pending(session->internals) == 1;
}

bool
kept_connections_is_quiet(const struct kept_connections *kept, CURL *easy,
                          int port)
{
    bool found = false;

    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_connection *one = &kept->items[i];
        struct pollfd waiting = { .fd = one->descriptor, .events = POLLIN };
        if (one->port != port || port_of(one->descriptor) != port)
            continue;
        if (poll(&waiting, 1, 0) != 0)
            return false;
        found = true;
    }
    return found && !tls_holds_bytes(easy);
}

void
kept_connections_done(struct kept_connections *kept)
{
    free(kept->items);
    *kept = (struct kept_connections){ 0 };
}
