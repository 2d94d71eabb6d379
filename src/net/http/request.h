/* SPDX-License-Identifier: Apache-2.0 */
/* A request that waits in a client: a copy, in one piece of memory. */
#ifndef PIKET_NET_HTTP_REQUEST_H
#define PIKET_NET_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/error.h"
#include "base/random.h"
#include "net/http/http_message.h"
#include "net/loop/loop.h"

struct request {
    TAILQ_ENTRY(request) link;
    struct http_client *client; /* borrowed: for the timer's callback */
    http_done *done;
    void *data;               /* for done */
    struct loop_timer *timer; /* while it waits for its next try */
    const char *url;          /* these three point into memory */
    const char *body;         /* NULL for none */
    char *headers;            /* header_count lines, one behind the other */
    unsigned header_count;
    unsigned tries;     /* started */
    unsigned retries;   /* of these, after failures or HTTP_VERDICT_RETRY */
    unsigned failures;  /* of the retries, after transport failures */
    unsigned throttles; /* ... after HTTP_VERDICT_THROTTLED */
    unsigned authorization;    /* of the last try */
    bool once;                 /* see http_request */
    bool reauthorized;         /* once is enough */
    bool fresh;                /* the next try needs a new connection */
    char id[RANDOM_UUID_SIZE]; /* x-ms-client-request-id of all tries */
    size_t length;             /* of the body */
    char memory[];             /* the method comes first */
};

TAILQ_HEAD(request_list, request);

/* Copies what http_client_send was given; scheme is the only one that the
 * client speaks. Fails where the URL is unusable, a header line would break
 * out of its line, or a ceiling is exceeded. */
int request_new(struct request **ret_request,
                const struct http_request *source, const char *scheme,
                struct error *err);

/* Wipes and frees: bodies and headers may hold secrets. NULL is allowed. */
void request_free(struct request *request);

/* Gives the response to done and releases the request. */
void request_finish(struct request *request,
                    const struct http_response *response);

/* The same where there is no answer. */
void request_fail(struct request *request, enum http_failure failure,
                  const char *reason);

static inline const char *
request_method(const struct request *request)
{
    return request->memory;
}

/* Whether a line is "Name: value", with a name of letters, digits and
 * hyphens, a value, and no control characters. libcurl checks none of it. */
bool request_header_is_valid(const char *line);

/* Whether a line has this name, which is given with its colon. */
bool request_header_is(const char *line, const char *name);

#endif
