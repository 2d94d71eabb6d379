/* SPDX-License-Identifier: Apache-2.0 */
/* Log lines about tries, without what must not be logged: of a URL's query
 * only the api-version, of the headers those of an allow-list, of the bodies
 * nothing. libcurl's own verbose output, which holds tokens, is never used. */
#ifndef PIKET_NET_HTTP_TRACE_H
#define PIKET_NET_HTTP_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/* A try that has ended. Texts are borrowed. */
struct trace_try {
    const char *method;
    const char *url;
    int status;           /* 0 where there was no answer */
    const char *reason;   /* of the failure, where there was none */
    int64_t milliseconds; /* that it took */
    const char *request_id;
    unsigned number; /* 1 for the first */
};

/* One line at LOG_LEVEL_DEBUG. */
void trace_try(const struct trace_try *try);

/* One line at LOG_LEVEL_TRACE: the direction, '>' for a request and '<' for
 * an answer, the name, and the value or REDACTED. */
void trace_header(char direction, const char *name, const char *value);

/* The same for a whole "Name: value" line. */
void trace_header_line(char direction, const char *line);

/* Whether such a line is shown with its value, and so holds no secret. */
bool trace_shows_header_line(const char *line);

/* Appends the URL, redacted. Returns 0, or -1 where target failed. */
int trace_append_url(struct buffer *target, const char *url);

#endif
