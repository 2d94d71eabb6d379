/* SPDX-License-Identifier: Apache-2.0 */
/* One try of a request, in one of libcurl's easy handles. A client sets up a
 * handle once and uses it again and again: connections belong to the loop. */
#ifndef PIKET_NET_HTTP_TRANSFER_H
#define PIKET_NET_HTTP_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/http/failure.h"
#include "net/http/handle.h"
#include "net/http/http_message.h"
#include "net/http/limits.h"
#include "net/loop/loop_transfer.h"
#include "net/http/request.h"

enum {
    TRANSFER_OWN_LINES = 6, /* ours, besides the request's headers */
};

struct transfer {
    struct loop_transfer handle; /* first: the loop gives this one back */
    TAILQ_ENTRY(transfer) link;
    const struct handle_settings *settings; /* borrowed */
    struct http_client *client;             /* borrowed, for its owner */
    struct request *request;     /* under way; owned by who started it */
    struct buffer authorization; /* the header line of this try; secret */
    struct buffer body;          /* secret: it may hold a token */
    size_t header_bytes;         /* of the answer so far */
    unsigned layers;             /* of its encoding, see encoding_take */
    bool in_headers;             /* the answer's header is not complete */
    bool echoed;                 /* the answer repeats the request's id */
    bool foreign;                /* ... another one */
    bool refused; /* by us, before anything was sent: the connection */
    enum failure_overflow overflow;
    struct error reason; /* of the last failure */
    int64_t started;     /* clock_monotonic */
    struct curl_slist lines[TRANSFER_OWN_LINES + HTTP_REQUEST_HEADERS_CEILING];
    char id_line[sizeof("x-ms-client-request-id: ") + RANDOM_UUID_SIZE];
    struct handle_peer peer;
    char detail[CURL_ERROR_SIZE]; /* libcurl's words about a failure */
};

TAILQ_HEAD(transfer_list, transfer);

/* done is called as loop_transfer.h says, with &transfer->handle. */
int transfer_new(struct transfer **ret_transfer,
                 const struct handle_settings *settings,
                 void (*done)(struct loop_transfer *, CURLcode),
                 struct error *err);

/* It must not be under way. NULL is allowed. */
void transfer_free(struct transfer *transfer);

/* Starts a try of the request, with the line in transfer->authorization if
 * there is one. The request must stay until transfer_reset. */
int transfer_start(struct transfer *transfer, struct request *request,
                   struct error *err);

/* Starts the same try once more, on a new connection, where the one that
 * libcurl had chosen was refused because something waited on it. Nothing was
 * sent over that. Returns whether it is under way. */
bool transfer_restart(struct transfer *transfer);

/* Has the connection of a transfer that is done closed. */
void transfer_close_connection(const struct transfer *transfer);

/* Takes a transfer that is under way out of the loop. */
void transfer_stop(struct transfer *transfer);

/* Describes what came of a try: ret_response borrows from the transfer until
 * transfer_reset. An answer that repeats the token of the try has REDACTED in
 * its place, and lacks headers that do. Returns whether a failure may be
 * retried. */
bool transfer_result(struct transfer *transfer, CURLcode result,
                     struct http_response *ret_response);

/* New connections that the try opened. */
unsigned transfer_connections(const struct transfer *transfer);

/* Writes the log lines about a try that has ended. */
void transfer_trace(const struct transfer *transfer,
                    const struct http_response *response);

/* Forgets the request and wipes what it left behind. */
void transfer_reset(struct transfer *transfer);

#endif
