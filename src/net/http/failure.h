/* SPDX-License-Identifier: Apache-2.0 */
/* Why a try brought no answer, in words, and whether another may. */
#ifndef PIKET_NET_HTTP_FAILURE_H
#define PIKET_NET_HTTP_FAILURE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_message.h"

/* Why this room itself ended a transfer. */
enum failure_overflow {
    FAILURE_OVERFLOW_NONE,
    FAILURE_OVERFLOW_BODY,
    FAILURE_OVERFLOW_HEADERS,
    FAILURE_OVERFLOW_MEMORY,
    FAILURE_OVERFLOW_ENCODING, /* see http/encoding.h */
    FAILURE_OVERFLOW_TIME,     /* libcurl did not look at the time itself */
    FAILURE_OVERFLOW_TURN,     /* see loop_is_overdue */
};

/* A try that failed. Texts are borrowed. */
struct failure_try {
    CURLcode result; /* not CURLE_OK */
    enum failure_overflow overflow;
    const char *host;    /* of the URL */
    const char *peer;    /* "ADDRESS port PORT" tried last; "" for none */
    const char *detail;  /* libcurl's own words; "" for none */
    const char *ca_file; /* NULL: the system has none */
    const char *proxy;   /* "HOST port PORT" if it may be in use, or NULL */
    int64_t try_timeout; /* milliseconds */
    int64_t connect_timeout; /* milliseconds */
    bool connected;          /* the request could be sent */
    bool refused;            /* the operating system said ECONNREFUSED */
    bool in_headers;         /* the answer's header had begun, not ended */
    bool foreign;            /* the answer repeated another request's id */
};

struct failure {
    enum http_failure kind;
    bool retriable;
};

/* Puts the words into ret_reason. */
struct failure failure_judge(const struct failure_try *try,
                             struct error *ret_reason);

#endif
