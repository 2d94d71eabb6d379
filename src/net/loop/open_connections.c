/* SPDX-License-Identifier: Apache-2.0 */
/* The connections that libcurl has opened. */
#include "net/loop/open_connections.h"

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
static struct open_connection *
place_for(struct open_connections *open, int descriptor)
{
    for (size_t i = 0; i < open->count; i++)
        if (open->items[i].descriptor == descriptor)
            return &open->items[i];
    if (open->count == open->capacity) {
        const size_t capacity = 2 * open->capacity + 32;
        struct open_connection *items =
            reallocarray(open->items, capacity, sizeof(*items));
        if (items == NULL)
            return NULL;
        open->items = items;
        open->capacity = capacity;
    }
    return &open->items[open->count++];
}

void
open_connections_add(struct open_connections *open, int descriptor)
{
    struct open_connection *place = place_for(open, descriptor);

    if (place != NULL)
        *place = (struct open_connection){ descriptor, 0 };
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
open_connections_is_quiet(struct open_connections *open, CURL *easy, int port)
{
    bool found = false;

    for (size_t i = 0; i < open->count; i++) {
        struct open_connection *one = &open->items[i];
        struct pollfd waiting = { .fd = one->descriptor, .events = POLLIN };
        if (one->port == 0)
            one->port = port_of(one->descriptor);
        if (one->port != port || port_of(one->descriptor) != port)
            continue;
        if (poll(&waiting, 1, 0) != 0)
            return false;
        found = true;
    }
    return found && !tls_holds_bytes(easy);
}

void
open_connections_done(struct open_connections *open)
{
    free(open->items);
    *open = (struct open_connections){ 0 };
}
