/* SPDX-License-Identifier: Apache-2.0 */
/* One try of a request. */
#include "net/http/transfer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "net/http/echo.h"
#include "net/http/encoding.h"
#include "net/http/limits.h"
#include "net/http/proxy.h"
#include "net/http/trace.h"
#include "net/http/url.h"

/* A slot keeps this much of the memory that an answer took. */
enum { TRANSFER_BODY_KEPT = 64 * 1024 };

/* Holds the id that an answer repeats, as it was asked to, against the
 * request's own. */
static void
compare_id(struct transfer *transfer, const char *line, size_t length)
{
    static const char name[] = "x-ms-client-request-id:";
    const char *id = transfer->request->id;
    const char *value = line + sizeof(name) - 1;

    if (length < sizeof(name)
        || strncasecmp(line, name, sizeof(name) - 1) != 0)
        return;
    length -= sizeof(name) - 1;
    text_trim(&value, &length);
    if (length == strlen(id) && strncasecmp(value, id, length) == 0)
        transfer->echoed = true;
    else if (length > 0)
        transfer->foreign = true;
}

/* Whether the request could be sent. */
static bool
is_connected(const struct transfer *transfer)
{
    curl_off_t sent_at = 0;

    (void) curl_easy_getinfo(transfer->handle.easy,
                             CURLINFO_PRETRANSFER_TIME_T, &sent_at);
    return sent_at > 0;
}

/* Why a try must end now. libcurl looks at the time between its calls to the
 * multi handle; within one of them it may read for ever, such as the answer
 * of a proxy to CONNECT. */
static bool
must_end(struct transfer *transfer)
{
    const struct handle_settings *settings = transfer->settings;
    const int64_t limit = is_connected(transfer)
                              ? settings->try_timeout
                              : handle_connect_timeout(settings);

    if (transfer->overflow != FAILURE_OVERFLOW_NONE)
        return true;
    if (loop_is_overdue(settings->loop))
        transfer->overflow = FAILURE_OVERFLOW_TURN;
    else if (clock_monotonic() - transfer->started > limit)
        transfer->overflow = FAILURE_OVERFLOW_TIME;
    return transfer->overflow != FAILURE_OVERFLOW_NONE;
}

static int
on_progress(void *data, curl_off_t down_total, curl_off_t down,
            curl_off_t up_total, curl_off_t up)
{
    (void) down_total;
    (void) down;
    (void) up_total;
    (void) up;
    return must_end(data) ? 1 : 0;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;

    transfer->header_bytes += size * count;
    if (transfer->header_bytes > HTTP_HEADERS_CEILING) {
        transfer->overflow = FAILURE_OVERFLOW_HEADERS;
        return 0;
    }
    compare_id(transfer, bytes, size * count);
    /* libcurl closes the connection, too. */
    if (transfer->foreign)
        return 0;
    if (!encoding_take(&transfer->layers, bytes, size * count)) {
        transfer->overflow = FAILURE_OVERFLOW_ENCODING;
        return 0;
    }
    /* The line that ends a header is empty. */
    transfer->in_headers = bytes[0] != '\r' && bytes[0] != '\n';
    return size * count;
}

/* Bytes after decompression: what counts is the memory they take. */
static size_t
on_body(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;

    if (must_end(transfer))
        return 0;
    if (buffer_append(&transfer->body, bytes, size * count) == 0)
        return size * count;
    transfer->overflow =
        transfer->body.length + size * count > HTTP_BODY_CEILING
            ? FAILURE_OVERFLOW_BODY
            : FAILURE_OVERFLOW_MEMORY;
    return 0;
}

/* Called when libcurl has a connection, and has sent nothing over it yet. Of
 * a new one nothing is asked: TLS 1.3 sends tickets after its handshake. */
static int
on_connection(void *data, char *peer, char *own, int peer_port, int own_port)
{
    struct transfer *transfer = data;

    (void) peer;
    (void) own;
    (void) peer_port;
    transfer->refused =
        transfer_connections(transfer) == 0
        && !loop_connection_is_quiet(transfer->settings->loop,
                                     transfer->handle.easy, own_port);
    return transfer->refused ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

#define SET(option, value) \
    (curl_easy_setopt(easy, (option), (value)) == CURLE_OK)

static bool
setup_callbacks(struct transfer *transfer)
{
    CURL *easy = transfer->handle.easy;

    return SET(CURLOPT_ERRORBUFFER, transfer->detail)
           && SET(CURLOPT_HEADERFUNCTION, on_header)
           && SET(CURLOPT_HEADERDATA, transfer)
           && SET(CURLOPT_PREREQFUNCTION, on_connection)
           && SET(CURLOPT_PREREQDATA, transfer)
           && SET(CURLOPT_WRITEFUNCTION, on_body)
           && SET(CURLOPT_WRITEDATA, transfer)
           && SET(CURLOPT_XFERINFOFUNCTION, on_progress)
           && SET(CURLOPT_XFERINFODATA, transfer)
           && SET(CURLOPT_NOPROGRESS, 0L);
}

static void
transfer_cleanup(struct transfer **transfer)
{
    transfer_free(*transfer);
}

int
transfer_new(struct transfer **ret_transfer,
             const struct handle_settings *settings,
             void (*done)(struct loop_transfer *, CURLcode), struct error *err)
{
    CLEANUP(transfer_cleanup)
    struct transfer *transfer = calloc(1, sizeof(*transfer));

    if (transfer == NULL)
        return error_set_memory(err);
    transfer->settings = settings;
    transfer->handle.done = done;
    transfer->authorization =
        (struct buffer) BUFFER_SECRET_INIT(HTTP_AUTHORIZATION_CEILING);
    transfer->body = (struct buffer) BUFFER_SECRET_INIT(HTTP_BODY_CEILING);
    transfer->handle.easy = handle_new(settings, &transfer->peer);
    if (transfer->handle.easy == NULL || !setup_callbacks(transfer))
        return error_set_memory(err);
    *ret_transfer = take_pointer(transfer);
    return 0;
}

void
transfer_free(struct transfer *transfer)
{
    if (transfer == NULL)
        return;
    curl_easy_cleanup(transfer->handle.easy);
    buffer_done(&transfer->authorization);
    buffer_done(&transfer->body);
    error_done(&transfer->reason);
    free(transfer);
}

/* The nodes are ours, and so are the lines that they point to: libcurl would
 * keep copies of secrets that nobody could wipe. */
static void
lines_prepare(struct transfer *transfer, const struct request *request)
{
    static char defaults[][sizeof("x-ms-return-client-request-id: true")] = {
        "Accept: application/json", "Accept-Language: en-US",
        "x-ms-return-client-request-id: true",
        "Expect:", /* do not ask before sending a body */
    };
    struct curl_slist *line = transfer->lines;
    char *next = request->headers;
    bool has_accept = false;

    for (unsigned i = 0; i < request->header_count; i++) {
        has_accept = has_accept || request_header_is(next, "accept:");
        (line++)->data = next;
        next += strlen(next) + 1;
    }
    for (size_t i = has_accept ? 1 : 0; i < ARRAY_LENGTH(defaults); i++)
        (line++)->data = defaults[i];
    (void) snprintf(transfer->id_line, sizeof(transfer->id_line),
                    "x-ms-client-request-id: %s", request->id);
    (line++)->data = transfer->id_line;
    if (transfer->authorization.length > 0)
        (line++)->data = transfer->authorization.data;
    for (struct curl_slist *node = transfer->lines; node < line; node++)
        node->next = node + 1 < line ? node + 1 : NULL;
}

static bool
prepare(struct transfer *transfer, const struct request *request)
{
    CURL *easy = transfer->handle.easy;
    const char *method = request_method(request);
    const bool has_body = request->body != NULL || strcmp(method, "POST") == 0
                          || strcmp(method, "PUT") == 0
                          || strcmp(method, "PATCH") == 0;
    const bool direct =
        transfer->settings->no_proxy || url_is_loopback(request->url);

    lines_prepare(transfer, request);
    /* HTTPGET first: it undoes what the last request said of a body. */
    return SET(CURLOPT_HTTPGET, 1L)
           && SET(CURLOPT_NOBODY, strcmp(method, "HEAD") == 0 ? 1L : 0L)
           && (!has_body
               || (SET(CURLOPT_POST, 1L)
                   && SET(CURLOPT_POSTFIELDS,
                          request->body != NULL ? request->body : "")
                   && SET(CURLOPT_POSTFIELDSIZE_LARGE,
                          (curl_off_t) request->length)))
           && SET(CURLOPT_CUSTOMREQUEST, method)
           && SET(CURLOPT_URL, request->url)
           /* A proxy's loopback is another machine's. NULL: what the
            * environment says. */
           && SET(CURLOPT_PROXY, direct ? "" : NULL)
           && SET(CURLOPT_HTTPHEADER, transfer->lines)
           && SET(CURLOPT_FRESH_CONNECT,
                  request->fresh || request->once
                          || transfer->settings->own_connections
                      ? 1L
                      : 0L);
}

int
transfer_start(struct transfer *transfer, struct request *request,
               struct error *err)
{
    transfer->header_bytes = 0;
    transfer->in_headers = false;
    transfer->echoed = false;
    transfer->foreign = false;
    transfer->refused = false;
    transfer->layers = 0;
    transfer->overflow = FAILURE_OVERFLOW_NONE;
    transfer->detail[0] = '\0';
    transfer->peer.text[0] = '\0';
    if (!prepare(transfer, request))
        return error_set_memory(err);
    transfer->started = clock_monotonic();
    if (loop_transfer_start(transfer->settings->loop, &transfer->handle, err)
        < 0)
        return -1;
    transfer->request = request;
    return 0;
}

bool
transfer_restart(struct transfer *transfer)
{
    AUTOERROR err = ERROR_INIT;

    if (!transfer->refused)
        return false;
    log_debug("bytes that nobody asked for wait on a connection: it is "
              "closed");
    transfer->request->fresh = true;
    return transfer_start(transfer, transfer->request, &err) == 0;
}

void
transfer_close_connection(const struct transfer *transfer)
{
    /* libcurl closes what has ended before it would use it again. */
    if (transfer->handle.descriptor >= 0)
        (void) shutdown(transfer->handle.descriptor, SHUT_RDWR);
}

void
transfer_stop(struct transfer *transfer)
{
    loop_transfer_stop(transfer->settings->loop, &transfer->handle);
}

/* Whether the service may have what was sent. libcurl fails with these only
 * before it has written the first byte of a request. */
static bool
may_have_arrived(enum http_failure failure, bool connected)
{
    switch (failure) {
    case HTTP_FAILURE_RESOLVE:
    case HTTP_FAILURE_CONNECT:
    case HTTP_FAILURE_TLS:
        return false;
    case HTTP_FAILURE_TIMEOUT:
        return connected;
    default:
        return true;
    }
}

static bool
judge(struct transfer *transfer, CURLcode result,
      struct http_response *response)
{
    CURL *easy = transfer->handle.easy;
    AUTOFREE char *host = url_host(transfer->request->url);
    AUTOFREE char *proxy = proxy_address(transfer->request->url);
    long number = 0;

    (void) curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    const struct failure_try failed = {
        .result = result,
        .overflow = transfer->overflow,
        .host = host != NULL ? host : "the host",
        .peer = transfer->peer.text,
        .detail = transfer->detail,
        .ca_file = transfer->settings->ca_file,
        .proxy = transfer->settings->no_proxy ? NULL : proxy,
        .try_timeout = transfer->settings->try_timeout,
        .connect_timeout = handle_connect_timeout(transfer->settings),
        .connected = is_connected(transfer),
        .refused = number == ECONNREFUSED,
        .in_headers = transfer->in_headers,
        .foreign = transfer->foreign,
    };
    const struct failure failure = failure_judge(&failed, &transfer->reason);
    response->failure = failure.kind;
    response->reason = error_message(&transfer->reason);
    response->advice = transfer->reason.advice;
    response->sent = may_have_arrived(failure.kind, failed.connected);
    response->body = "";
    return failure.retriable;
}

bool
transfer_result(struct transfer *transfer, CURLcode result,
                struct http_response *ret_response)
{
    const struct request *request = transfer->request;
    long status = 0;

    (void) curl_easy_getinfo(transfer->handle.easy, CURLINFO_RESPONSE_CODE,
                             &status);
    if (result == CURLE_OK && status == 0)
        result = CURLE_WEIRD_SERVER_REPLY;
    *ret_response = (struct http_response){
        .request_id = request->id,
        .authorization = request->authorization,
        .tries = request->tries,
        .data = request->data,
    };
    if (result != CURLE_OK)
        return judge(transfer, result, ret_response);
    echo_blank_token(&transfer->body, buffer_text(&transfer->authorization));
    if (status < 200 || status > 299)
        (void) echo_blank(&transfer->body, request);
    ret_response->status = (int) status;
    ret_response->bound =
        transfer->echoed || transfer_connections(transfer) > 0;
    ret_response->body = buffer_text(&transfer->body);
    ret_response->length = transfer->body.length;
    ret_response->headers = transfer;
    return false;
}

unsigned
transfer_connections(const struct transfer *transfer)
{
    long count = 0;

    (void) curl_easy_getinfo(transfer->handle.easy, CURLINFO_NUM_CONNECTS,
                             &count);
    return count > 0 ? (unsigned) count : 0;
}

void
transfer_trace(const struct transfer *transfer,
               const struct http_response *response)
{
    const struct trace_try try = {
        .method = request_method(transfer->request),
        .url = transfer->request->url,
        .status = response->status,
        .reason = response->reason,
        .milliseconds = clock_monotonic() - transfer->started,
        .request_id = response->request_id,
        .number = response->tries,
    };
    struct curl_header *header = NULL;

    trace_try(&try);
    if (!log_enabled(LOG_LEVEL_TRACE))
        return;
    for (const struct curl_slist *line = transfer->lines; line != NULL;
         line = line->next)
        trace_header_line('>', line->data);
    while (response->headers != NULL
           && (header = curl_easy_nextheader(transfer->handle.easy,
                                             CURLH_HEADER, -1, header))
                  != NULL)
        trace_header('<', header->name, header->value);
}

void
transfer_reset(struct transfer *transfer)
{
    transfer->request = NULL;
    buffer_clear(&transfer->authorization);
    if (transfer->body.capacity > TRANSFER_BODY_KEPT)
        buffer_done(&transfer->body);
    else
        buffer_clear(&transfer->body);
    error_done(&transfer->reason);
}

const char *
http_response_header_at(const struct http_response *response, const char *name,
                        size_t index)
{
    const struct transfer *transfer = response->headers;
    struct curl_header *header;

    if (transfer == NULL
        || curl_easy_header(transfer->handle.easy, name, index, CURLH_HEADER,
                            -1, &header)
               != CURLHE_OK)
        return NULL;
    /* No header that means anything holds the token. */
    return echo_has_token(header->value, buffer_text(&transfer->authorization))
               ? NULL
               : header->value;
}

const char *
http_response_header(const struct http_response *response, const char *name)
{
    return http_response_header_at(response, name, 0);
}
