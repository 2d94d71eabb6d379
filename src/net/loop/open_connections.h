/* SPDX-License-Identifier: Apache-2.0 */
/* The connections that libcurl has opened.
 *
 * libcurl 7.88 uses one again although bytes wait on it that nobody has asked
 * for, such as an answer that a proxy sent twice: they would be taken for the
 * answer to the next request, and each later answer for that to the one after
 * it. */
#ifndef PIKET_NET_LOOP_OPEN_CONNECTIONS_H
#define PIKET_NET_LOOP_OPEN_CONNECTIONS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/* A descriptor may have been closed since, and be another file by now. */
struct open_connection {
    int descriptor;
    int port; /* its own end's; 0 while it is not known */
};

struct open_connections {
    struct open_connection *items; /* one for each descriptor */
    size_t count;
    size_t capacity;
};

/* Notes a socket that is to be connected. Where memory runs out it is not
 * noted, and so never quiet. */
void open_connections_add(struct open_connections *open, int descriptor);

/* Whether nothing waits on the connection that libcurl has chosen for easy,
 * whose own end has this port: neither bytes nor its end. For
 * CURLOPT_PREREQFUNCTION, of a connection that was used before. False where
 * that cannot be found out. */
bool open_connections_is_quiet(struct open_connections *open, CURL *easy,
                               int port);

void open_connections_done(struct open_connections *open);

#endif
