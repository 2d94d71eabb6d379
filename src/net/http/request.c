/* SPDX-License-Identifier: Apache-2.0 */
/* A request that waits in a client. */
#include "net/http/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "net/http/limits.h"
#include "net/http/url.h"

enum { METHOD_CEILING = 16 };

static bool
method_is_valid(const char *method)
{
    const size_t length = strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return length > 0 && length <= METHOD_CEILING && method[length] == '\0';
}

bool
request_header_is_valid(const char *line)
{
    const size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-_");

    if (name == 0 || line[name] != ':' || text_is_blank(line + name + 1))
        return false;
    for (const char *next = line; *next != '\0'; next++)
        if ((unsigned char) *next < ' ' || *next == 0x7f)
            return false;
    return true;
}

bool
request_header_is(const char *line, const char *name)
{
    return text_starts_with_ignoring_case(line, name);
}

/* Adds up what the copies need. */
static int
measure(const struct http_request *source, unsigned *ret_headers,
        size_t *ret_size, struct error *err)
{
    size_t size = strlen(source->method) + 1 + strlen(source->url) + 1;
    unsigned count = 0;

    while (source->headers != NULL && source->headers[count] != NULL) {
        const char *line = source->headers[count];
        if (count == HTTP_REQUEST_HEADERS_CEILING)
            return error_set(err, "request with too many headers");
        if (strlen(line) > HTTP_HEADERS_CEILING
            || !request_header_is_valid(line))
            /* The line may hold a secret: its name is all that is said. */
            return error_set(err, "unusable request header %.*s",
                             (int) strcspn(line, ": \r\n"), line);
        size += strlen(line) + 1;
        count++;
    }
    if (source->body != NULL && source->length > HTTP_REQUEST_BODY_CEILING)
        return error_set(err, "request body too large");
    if (source->body != NULL)
        size += source->length;
    *ret_headers = count;
    *ret_size = size;
    return 0;
}

/* Copies text with its terminator; returns the place behind it. */
static char *
put(char *place, const char *text)
{
    return stpcpy(place, text) + 1;
}

/* Bodies and headers may hold secrets. What has neither, as the many GETs that
 * wait for their turn, leaves that memory to others. */
static void *
memory_take(const struct http_request *source, size_t size)
{
    return source->body != NULL || source->headers != NULL
               ? secret_allocate(size)
               : malloc(size);
}

int
request_new(struct request **ret_request, const struct http_request *source,
            const char *scheme, struct error *err)
{
    size_t size = 0;
    unsigned header_count = 0;

    if (!method_is_valid(source->method))
        return error_set(err, "unusable request method");
    if (url_check(source->url, scheme, err) < 0
        || measure(source, &header_count, &size, err) < 0)
        return -1;
    struct request *request = memory_take(source, sizeof(*request) + size);
    if (request == NULL)
        return error_set_memory(err);
    memset(request, 0, sizeof(*request));
    request->once = source->once;
    char *next = put(request->memory, source->method);
    request->url = next;
    next = put(next, source->url);
    request->headers = next;
    request->header_count = header_count;
    for (unsigned i = 0; i < header_count; i++)
        next = put(next, source->headers[i]);
    if (source->body != NULL) {
        request->body = next;
        request->length = source->length;
        if (source->length > 0)
            memcpy(next, source->body, source->length);
    }
    (void) random_uuid(request->id);
    *ret_request = request;
    return 0;
}

void
request_free(struct request *request)
{
    if (request == NULL)
        return;
    secret_release(request);
}

void
request_finish(struct request *request, const struct http_response *response)
{
    request->done(response, request->data);
    request_free(request);
}

void
request_fail(struct request *request, enum http_failure failure,
             const char *reason)
{
    const struct http_response response = {
        .failure = failure,
        .reason = reason,
        .sent = failure == HTTP_FAILURE_CANCELLED && request->tries > 0,
        .body = "",
        .request_id = request->id,
        .authorization = request->authorization,
        .tries = request->tries,
        .data = request->data,
    };

    request_finish(request, &response);
}
