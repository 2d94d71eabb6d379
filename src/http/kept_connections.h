/* SPDX-License-Identifier: Apache-2.0 */
/* The connections that libcurl keeps for further requests.
 *
 * libcurl 7.88 uses one again although bytes wait on it that nobody has asked
 * for, such as an answer that a proxy sent twice: they would be taken for the
 * answer to the next request, and each later answer for that to the one after
 * it. */
#ifndef PIKET_HTTP_KEPT_CONNECTIONS_H
#define PIKET_HTTP_KEPT_CONNECTIONS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/* A descriptor may have been closed since, and be another file by now. */
struct kept_connection {
    int descriptor;
    int port; /* its own end's */
};

struct kept_connections {
    struct kept_connection *items; /* one for each descriptor */
    size_t count;
    size_t capacity;
};

/* Notes the connection of a transfer that is done, and still in its multi
 * handle. Returns its descriptor, good until libcurl next runs; -1 where
 * libcurl has closed it, or memory runs out. */
int kept_connections_add(struct kept_connections *kept, CURL *easy);

/* Whether nothing waits on the connection that libcurl has chosen for easy,
 * whose own end has this port: neither bytes nor its end. For
 * CURLOPT_PREREQFUNCTION, of a connection that was used before. False where
 * that cannot be found out. */
bool kept_connections_is_quiet(const struct kept_connections *kept, CURL *easy,
                               int port);

void kept_connections_done(struct kept_connections *kept);

#endif
