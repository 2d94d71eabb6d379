/* SPDX-License-Identifier: Apache-2.0 */
/* How a client behaves, and what an answer means to whoever uses it. */
#ifndef PIKET_NET_HTTP_HTTP_OPTIONS_H
#define PIKET_NET_HTTP_HTTP_OPTIONS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/http/http_message.h"
#include "net/http/limits.h"

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

#endif
