/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a request after a try: its end, or another try. */
#ifndef PIKET_NET_HTTP_DECISION_H
#define PIKET_NET_HTTP_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "net/http/http_options.h"
#include "net/http/request.h"

enum decision_kind {
    DECISION_DONE,
    DECISION_WAIT,        /* another try after decision.wait */
    DECISION_REAUTHORIZE, /* another try at once, with another token */
};

struct decision {
    enum decision_kind kind;
    int64_t wait;   /* milliseconds */
    bool asked;     /* for this wait, by the service; else it is our own */
    bool throttled; /* the service said so, whatever was decided */
    bool foreign;   /* the answer is not the request's, whatever was decided */
};

/* Decides, and keeps the request's count of what it has used up. retriable
 * is about a response without status. */
struct decision decision_make(struct request *request,
                              const struct http_response *response,
                              bool retriable,
                              const struct http_client_options *options);

#endif
