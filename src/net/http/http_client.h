/* SPDX-License-Identifier: Apache-2.0 */
/* A queue of requests to one service: a fixed number of them under way,
 * retried as the Azure SDKs retry, slowed down where the service throttles.
 *
 * HTTP/1.1 with keep-alive; TLS 1.2 or later, always verified; no redirects;
 * proxies from the environment (HTTPS_PROXY, NO_PROXY), but never to this
 * machine's loopback address. What an answer means
 * is not decided here: the room above gives two functions, classify and
 * authorize. */
#ifndef PIKET_NET_HTTP_HTTP_CLIENT_H
#define PIKET_NET_HTTP_HTTP_CLIENT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/http/limits.h"
#include "net/loop/loop.h"

struct http_client;

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

enum http_verdict_kind {
    HTTP_VERDICT_DONE,        /* give it to http_done, whatever it says */
    HTTP_VERDICT_RETRY,       /* try again after the usual back-off */
    HTTP_VERDICT_THROTTLED,   /* the same, and slow the client down */
    HTTP_VERDICT_REAUTHORIZE, /* the token was refused: try once more */
    HTTP_VERDICT_FOREIGN,     /* not this request's answer, or nobody can tell:
                                 close its connection, and try again on a new
                                 one. A request to be sent once is done */
};

struct http_verdict {
    enum http_verdict_kind kind;
    int64_t retry_after; /* milliseconds that the body asks for; -1 where it
                            says nothing. The headers go before it */
};

/* Decides on an answer with a status. Transport failures are retried
 * without asking. NULL: the statuses 408, 429, 500, 502, 503 and 504 are
 * retried (429 as throttled), all others are done. The last answer is done
 * when the retries are used up. */
typedef struct http_verdict http_classify(const struct http_response *response,
                                          void *data);

enum http_authorization {
    HTTP_AUTHORIZATION_READY,   /* header holds a whole header line */
    HTTP_AUTHORIZATION_WAIT,    /* until http_client_authorized is called */
    HTTP_AUTHORIZATION_REFUSED, /* there will be none: fail the request */
};

/* Appends "Authorization: …" to header, a secret buffer, before each try.
 * ret_authorization is a number of the caller's, given back with the answer
 * and to rejected, so that one refused token is replaced once. Where it
 * refuses, it may append the reason to header instead. */
typedef enum http_authorization http_authorize(struct buffer *header,
                                               unsigned *ret_authorization,
                                               void *data);

/* Told of each answer that classify called HTTP_VERDICT_REAUTHORIZE, before
 * authorize is asked again. A second such answer to one request is done. */
typedef void http_rejected(const struct http_response *response, void *data);

/* Asked before each try of a request that is no GET, the first included, since
 * minutes may lie between two of them. Returns -1 with the reason to withhold
 * it: the request fails, and this try does not leave. */
typedef int http_permit(void *data, struct error *reason);

struct http_client_options {
    unsigned concurrency;      /* requests under way; 1 to 256 */
    int64_t try_timeout;       /* milliseconds for one try, from its start */
    int64_t connect_timeout;   /* milliseconds, where a connection must come
                                  sooner than HTTP_CONNECT_TIMEOUT; or 0 */
    unsigned retries;          /* after transport failures and
                                  HTTP_VERDICT_RETRY together */
    unsigned failures;         /* of these, after transport failures at the
                                  most: few where perhaps nobody is there */
    int64_t backoff;           /* milliseconds before the first of them */
    const char *ca_file;       /* instead of $SSL_CERT_FILE and the system's
                                  store; or NULL */
    bool no_proxy;             /* never through a proxy */
    bool own_connections;      /* each try on a new connection, so that each
                                  answer is bound; for few requests */
    bool plain_http;           /* http instead of https; for local services.
                                  With authorize, or a request's own
                                  Authorization, only to this machine */
    http_classify *classify;   /* or NULL */
    http_authorize *authorize; /* or NULL: no Authorization header */
    http_rejected *rejected;   /* or NULL */
    http_permit *permit;       /* or NULL */
    void *data;                /* for these four */
};

#define HTTP_CLIENT_OPTIONS_INIT                                              \
    {                                                                         \
        .concurrency = 32, .try_timeout = 60 * 1000, .retries = HTTP_RETRIES, \
        .failures = UINT_MAX, .backoff = HTTP_BACKOFF_BASE                    \
    }

/* What a client has done so far. */
struct http_statistics {
    uint64_t requests;    /* tries that were sent, retries included */
    uint64_t retries;     /* of these, the ones after the first */
    uint64_t throttled;   /* answers called HTTP_VERDICT_THROTTLED */
    uint64_t connections; /* opened */
};

/* The loop is borrowed and must outlive the client. */
int http_client_new(struct http_client **ret_client, struct loop *loop,
                    const struct http_client_options *options,
                    struct error *err);

/* Drops what is queued or under way without calling back. Not from one of
 * the client's own callbacks. NULL is allowed. */
void http_client_free(struct http_client *client);

/* Queues a copy of the request. done is called from loop_run. An unusable
 * URL or header is an error here; all later failures reach done. */
int http_client_send(struct http_client *client,
                     const struct http_request *request, http_done *done,
                     void *data, struct error *err);

/* Ends everything queued or under way with HTTP_FAILURE_CANCELLED, before
 * it returns. What their http_done sends meanwhile is queued as usual. */
void http_client_cancel(struct http_client *client);

/* Says that authorize, which had said HTTP_AUTHORIZATION_WAIT, has an
 * answer now. Until then the client starts nothing, and does not keep the
 * loop running: whoever makes it wait has a timer or a transfer there. */
void http_client_authorized(struct http_client *client);

struct http_statistics http_client_statistics(
    const struct http_client *client);

#endif
