/* SPDX-License-Identifier: Apache-2.0 */
/* A request, and the answer to it or the lack of one. */
#ifndef PIKET_NET_HTTP_HTTP_MESSAGE_H
#define PIKET_NET_HTTP_HTTP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/http/limits.h"

/* Why there is no answer. */
enum http_failure {
    HTTP_FAILURE_NONE,
    HTTP_FAILURE_RESOLVE,   /* the host's name, or the proxy's */
    HTTP_FAILURE_CONNECT,   /* refused, unreachable */
    HTTP_FAILURE_TLS,       /* handshake, certificate */
    HTTP_FAILURE_TIMEOUT,   /* no connection or no whole answer in time */
    HTTP_FAILURE_BROKEN,    /* cut off, or not HTTP */
    HTTP_FAILURE_FOREIGN,   /* the answer belongs to another request */
    HTTP_FAILURE_TOO_LARGE, /* over HTTP_BODY_CEILING or the header's */
    HTTP_FAILURE_REFUSED,   /* authorize had nothing to give */
    HTTP_FAILURE_CANCELLED, /* http_client_cancel */
    HTTP_FAILURE_WITHHELD,  /* permit refused the try */
    HTTP_FAILURE_INTERNAL,  /* memory ran out, an unusable URL */
};

/* An answer, or the lack of one. Everything is borrowed for the call in
 * which it is passed. */
struct http_response {
    int status;                /* 0 where there was no answer */
    enum http_failure failure; /* HTTP_FAILURE_NONE with a status */
    const char *reason;        /* of the failure, for people; else NULL */
    const char *advice;        /* what to do about it, or NULL */
    bool bound;                /* this request's by how it came: it repeats
                                  the request's id, or is the first on its
                                  connection. Else it may be another's */
    bool sent;                 /* it may have reached the service all the
                                  same; of a failure */
    const char *body;          /* as it came, but see http/echo.h; with a NUL
                                  behind it, never NULL */
    size_t length;             /* of the body */
    const char *request_id;    /* the x-ms-client-request-id sent */
    unsigned authorization;    /* what authorize returned for this try */
    unsigned tries;            /* 1 for an answer to the first try */
    const void *headers;       /* for http_response_header */
    void *data;                /* of http_client_send: for classify */
};

/* The value of a header, NULL where it is absent. Borrowed like the rest.
 * The name's case does not matter. */
const char *http_response_header(const struct http_response *response,
                                 const char *name);

/* All values of a header that may stand several times, such as
 * WWW-Authenticate: the value with this index, NULL past the last. */
const char *http_response_header_at(const struct http_response *response,
                                    const char *name, size_t index);

struct http_request {
    const char *method;         /* "GET" */
    const char *url;            /* https; without user or fragment */
    const char *const *headers; /* "Name: value" lines, ends in NULL; may be
                                   NULL. Authorization, User-Agent, Accept
                                   and x-ms-client-request-id are added; an
                                   Accept of its own replaces ours */
    const char *body;           /* NULL for none */
    size_t length;              /* of the body */
    bool once; /* what it asks for must not happen twice: tried again only
                  where it surely was not processed, which is where no
                  connection came to be, and after HTTP_VERDICT_THROTTLED and
                  HTTP_VERDICT_REAUTHORIZE. On a connection of its own, since
                  libcurl repeats by itself what a used one lost */
};

/* Called exactly once for each request that http_client_send took. It may
 * send further requests. */
typedef void http_done(const struct http_response *response, void *data);

#endif
