/* SPDX-License-Identifier: Apache-2.0 */
/* An ARM whose answers are the fuzzer's. */
#include "arm_feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_refusal.h"
#include "base/cleanup.h"
#include "fuzz.h"
#include "net/http/decision.h"
#include "net/http/echo.h"
#include "net/http/http_client.h"
#include "net/http/limits.h"
#include "net/http/request.h"
#include "net/http/url.h"

#define TOKEN "eyJhbGciOiJub25lIn0"

enum { FEED_LINE_CEILING = 1024 * 1024 };

static const char authorization[] = "Authorization: Bearer " TOKEN;

struct http_client {
    struct http_client_options options;
    struct request_list queue;
};

struct loop_timer {
    loop_callback *callback;
    void *data;
};

/* One part of the input, as http_response has it. */
struct answer {
    char *head; /* the status and the headers; "" for none */
    struct buffer body;
};

static struct http_client *client;
static struct loop_timer *timer; /* nothing here has two */
static struct fuzz_input input;
static char posted[HTTP_URL_CEILING + 1];

int
http_client_new(struct http_client **ret_client, struct loop *loop,
                const struct http_client_options *options, struct error *err)
{
    struct http_client *made = calloc(1, sizeof(*made));

    (void) loop;
    if (made == NULL)
        return error_set_memory(err);
    made->options = *options;
    TAILQ_INIT(&made->queue);
    *ret_client = client = made;
    return 0;
}

void
http_client_free(struct http_client *freed)
{
    free(freed);
}

int
http_client_send(struct http_client *sender, const struct http_request *source,
                 http_done *done, void *data, struct error *err)
{
    struct request *request = NULL;

    if (request_new(&request, source, "https", err) < 0)
        return -1;
    fuzz_expect(url_same_origin(ARM_FEED_ENDPOINT, request->url));
    if (strcmp(request_method(request), "POST") == 0)
        (void) snprintf(posted, sizeof(posted), "%s", request->url);
    request->done = done;
    request->data = data;
    TAILQ_INSERT_TAIL(&sender->queue, request, link);
    return 0;
}

void
http_client_cancel(struct http_client *cancelled)
{
    fuzz_expect(TAILQ_EMPTY(&cancelled->queue));
}

const char *
http_response_header_at(const struct http_response *response, const char *name,
                        size_t index)
{
    const struct answer *answer = response->headers;
    const size_t length = strlen(name);

    if (answer == NULL)
        return NULL;
    /* Each line ends with a NUL, the last with two. */
    for (const char *line = answer->head; *line != '\0';
         line += strlen(line) + 1)
        if (text_starts_with_ignoring_case(line, name) && line[length] == ':'
            && index-- == 0) {
            const char *value = line + length + 1;
            value += strspn(value, " \t");
            return echo_has_token(value, authorization) ? NULL : value;
        }
    return NULL;
}

const char *
http_response_header(const struct http_response *response, const char *name)
{
    return http_response_header_at(response, name, 0);
}

struct loop_timer *
loop_timer_start(struct loop *loop, int64_t milliseconds,
                 loop_callback *callback, void *data)
{
    (void) loop;
    fuzz_expect(timer == NULL && milliseconds >= 0);
    timer = calloc(1, sizeof(*timer));
    fuzz_expect(timer != NULL);
    *timer = (struct loop_timer){ callback, data };
    return timer;
}

void
loop_timer_cancel(struct loop *loop, struct loop_timer *cancelled)
{
    (void) loop;
    fuzz_expect(cancelled == NULL || cancelled == timer);
    if (cancelled != NULL)
        timer = NULL;
    free(cancelled);
}

/* The length of the head with its empty line; 0 where the part is a body
 * alone. */
static size_t
head_length(const char *part, size_t length)
{
    const char *empty = memmem(part, length, "\n\n", 2);
    size_t digits = 0;

    while (digits < length && digits < 3 && part[digits] >= '0'
           && part[digits] <= '9')
        digits++;
    if (digits == 0 || digits == length || part[digits] != '\n')
        return 0;
    return empty != NULL ? (size_t) (empty - part) + 2 : length;
}

/* Reads the next part. Returns its status, or the failure, below 10. */
static int
answer_read(struct answer *answer, const struct request *request)
{
    size_t length = 0;
    const bool over = input.next == NULL;
    const char *part = fuzz_part(&input, &length);
    const size_t head = head_length(part, length);

    answer->head = calloc(1, head + 2);
    answer->body = (struct buffer) BUFFER_SECRET_INIT(HTTP_BODY_CEILING);
    fuzz_expect(answer->head != NULL);
    memcpy(answer->head, part, head);
    for (size_t i = 0; i < head; i++)
        if (answer->head[i] == '\n')
            answer->head[i] = '\0';
        else if (answer->head[i] == '\r' || answer->head[i] == '\0')
            answer->head[i] = ' ';
    const int status = head > 0 ? atoi(answer->head) : 200;
    buffer_append(&answer->body, part + head, length - head);
    echo_blank_token(&answer->body, authorization);
    if (status < 200 || status > 299)
        (void) echo_blank(&answer->body, request);
    if (over || status == HTTP_FAILURE_NONE)
        return HTTP_FAILURE_INTERNAL;
    return status;
}

static void
answer_done(struct answer *answer)
{
    free(answer->head);
    buffer_done(&answer->body);
}

static bool
is_retriable(enum http_failure failure)
{
    return failure <= HTTP_FAILURE_BROKEN && failure != HTTP_FAILURE_TLS;
}

static void
describe(const struct answer *answer, int status,
         const struct request *request, struct http_response *ret_response)
{
    *ret_response = (struct http_response){
        .status = status,
        .body = buffer_text(&answer->body),
        .length = answer->body.length,
        .request_id = request->id,
        .tries = request->tries,
        .headers = answer,
        .bound = (input.left & 1) == 0,
        .data = request->data,
    };
    if (status > HTTP_FAILURE_INTERNAL)
        return;
    ret_response->status = 0;
    ret_response->failure = (enum http_failure) status;
    ret_response->reason = ret_response->body;
    ret_response->sent =
        status == HTTP_FAILURE_BROKEN || status == HTTP_FAILURE_TIMEOUT;
    ret_response->body = "";
    ret_response->length = 0;
    ret_response->headers = NULL;
}

/* One try; returns whether there will be another. */
static bool
try_once(struct request *request)
{
    CLEANUP(answer_done) struct answer answer = { NULL, BUFFER_INIT(0) };
    struct http_response response;

    request->tries++;
    const int status = answer_read(&answer, request);
    describe(&answer, status, request, &response);
    const struct decision decision = decision_make(
        request, &response, is_retriable(response.failure), &client->options);
    fuzz_expect(decision.wait >= 0
                && decision.wait <= HTTP_RETRY_AFTER_CEILING);
    if (decision.kind != DECISION_DONE) {
        fuzz_expect(!request->once || !response.sent);
        return true;
    }
    request_finish(request, &response);
    return false;
}

struct arm *
arm_feed_open(const uint8_t *bytes, size_t length)
{
    const struct arm_options options = { .endpoint = ARM_FEED_ENDPOINT };
    struct arm *arm = NULL;

    input = (struct fuzz_input) FUZZ_INPUT_INIT(bytes, length);
    posted[0] = '\0';
    fuzz_expect(arm_new(&arm, &options, NULL) == 0);
    return arm;
}

void
arm_feed_run(void)
{
    for (;;) {
        struct request *request = TAILQ_FIRST(&client->queue);
        struct loop_timer *due = timer;
        if (request != NULL) {
            TAILQ_REMOVE(&client->queue, request, link);
            while (try_once(request))
                continue;
        } else if (due != NULL) {
            timer = NULL;
            due->callback(due->data);
            free(due);
        } else {
            return;
        }
    }
}

const char *
arm_feed_posted(void)
{
    return posted;
}

static void
check_text(const char *text)
{
    const size_t length = text != NULL ? strlen(text) : 0;

    fuzz_expect(length < FEED_LINE_CEILING && fuzz_is_utf8(text, length));
}

void
arm_feed_check_error(const struct arm_error *error)
{
    AUTOERROR err = ERROR_INIT;

    fuzz_expect(error->code != NULL && error->message != NULL);
    check_text(error->code);
    check_text(error->message);
    check_text(error->request_id);
    check_text(error->advice);
    fuzz_expect(arm_error_to_error(error, &err) == -1);
    fuzz_expect(fuzz_is_line(error_message(&err)));
    fuzz_expect(strstr(error_message(&err), TOKEN) == NULL);
    fuzz_expect(arm_error_has_code(error, error->code));
    fuzz_expect(!contact_refusal_means_absent(error)
                || error->http_status == 404);
    fuzz_expect(!contact_refusal_means_unregistered(error)
                || !contact_refusal_means_version(error));
}
