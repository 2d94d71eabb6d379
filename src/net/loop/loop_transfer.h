/* SPDX-License-Identifier: Apache-2.0 */
/* What the loop does for this room alone: it runs libcurl's transfers. */
#ifndef PIKET_NET_LOOP_LOOP_TRANSFER_H
#define PIKET_NET_LOOP_LOOP_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"

struct loop;

/* An easy handle in the loop's hands. Embedded in its owner, who keeps it in
 * place between start and done. */
struct loop_transfer {
    CURL *easy;     /* CURLOPT_PRIVATE belongs to the loop */
    int descriptor; /* for done: of the connection, which is kept for other
                       transfers; -1 where it is not */
    /* Called once per start, when the handle is out of the loop again. */
    void (*done)(struct loop_transfer *transfer, CURLcode result);
};

int loop_transfer_start(struct loop *loop, struct loop_transfer *transfer,
                        struct error *err);

/* Takes a transfer out before it is done; done is not called. */
void loop_transfer_stop(struct loop *loop, struct loop_transfer *transfer);

/* Notes a socket that libcurl is to connect. */
void loop_connection_opened(struct loop *loop, int descriptor);

/* Whether nothing waits on a connection that was used before, see
 * open_connections_is_quiet. */
bool loop_connection_is_quiet(struct loop *loop, CURL *easy, int port);

/* Whether the present call to libcurl keeps the loop from a signal for too
 * long, see loop_heed: whoever asks, from a callback of libcurl's, ends its
 * transfer. */
bool loop_is_overdue(const struct loop *loop);

/* Keeps room for count more idle connections, or fewer if negative: the sum
 * over the clients, so that a full set of them is never closed and opened
 * again. */
void loop_expect_connections(struct loop *loop, long count);

#endif
