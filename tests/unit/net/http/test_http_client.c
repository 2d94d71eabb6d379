/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/http_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "net/http/limits.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

#define OK                                           \
    {                                                \
        .text = "HTTP/1.1 200 OK\r\n"                \
                "Content-Type: application/json\r\n" \
                "Content-Length: 2\r\n\r\n{}"        \
    }
#define STATUS(line_)                       \
    {                                       \
        .text = "HTTP/1.1 " line_ "\r\n"    \
                "Content-Length: 0\r\n\r\n" \
    }

static const struct server_reply ok[] = { OK };

static int
set_up(void **state)
{
    static struct exchange exchange;

    exchange_init(&exchange);
    *state = &exchange;
    return 0;
}

static int
tear_down(void **state)
{
    exchange_done(*state);
    return 0;
}

static void
connections_are_used_again(void **state)
{
    struct exchange *exchange = *state;

    exchange->options.concurrency = 2;
    exchange_start(exchange, ok, 1);
    for (unsigned i = 0; i < 20; i++)
        exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 20);
    assert_string_equal(exchange->answers[0].body, "{}");
    assert_in_range(server_connections(exchange->server), 1, 2);
    const struct http_statistics statistics =
        http_client_statistics(exchange->client);
    assert_int_equal(statistics.requests, 20);
    assert_int_equal(statistics.retries, 0);
    assert_int_equal(statistics.connections,
                     server_connections(exchange->server));
}

static void
a_fixed_number_is_under_way(void **state)
{
    static const struct server_reply held[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .hold = 4 }
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 4;
    exchange_start(exchange, held, 1);
    for (unsigned i = 0; i < 20; i++)
        exchange_get(exchange, "/x");
    exchange_run(exchange);
    /* The server answers only while four wait, so there never were fewer. */
    assert_int_equal(exchange->count, 20);
    assert_int_equal(server_most_waiting(exchange->server), 4);
    assert_int_equal(server_connections(exchange->server), 4);
}

static void
a_retry_has_the_same_request_id(void **state)
{
    static const struct server_reply replies[] = { STATUS("503 Unavailable"),
                                                   STATUS("500 Error"), OK };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 3);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 200);
    assert_int_equal(exchange->answers[0].tries, 3);
    for (size_t i = 0; i < 3; i++) {
        AUTOFREE char *id =
            exchange_sent_header(exchange, i, "x-ms-client-request-id");
        assert_string_equal(id, exchange->answers[0].request_id);
    }
    exchange_get(exchange, "/y");
    exchange_run(exchange);
    assert_string_not_equal(exchange->answers[0].request_id,
                            exchange->answers[1].request_id);
    assert_int_equal(http_client_statistics(exchange->client).retries, 2);
}

static void
the_last_answer_counts_when_retries_are_used_up(void **state)
{
    static const struct server_reply replies[] = { STATUS("502 Bad") };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
    assert_int_equal(exchange->answers[0].status, 502);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_NONE);
    assert_int_equal(exchange->answers[0].tries, 4);
}

static void
what_is_no_fault_is_not_retried(void **state)
{
    static const struct server_reply replies[] = { STATUS("404 Not Found") };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 404);
    assert_int_equal(exchange->answers[0].tries, 1);
}

static void
a_retry_waits_as_long_as_the_service_says(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\n"
                  "Content-Length: 0\r\n\r\n" },
        { .text = "HTTP/1.1 503 Slow\r\nretry-after-ms: 2\r\n"
                  "Retry-After: 300\r\nContent-Length: 0\r\n\r\n" },
        OK
    };
    struct exchange *exchange = *state;

    /* With the back-off this test would take an hour. */
    exchange->options.backoff = 60 * 1000;
    exchange_start(exchange, replies, 3);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 200);
    assert_int_equal(exchange->answers[0].tries, 3);
    assert_int_equal(http_client_statistics(exchange->client).throttled, 1);
}

static void
a_waiting_request_holds_nobody_up(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 503 Slow\r\nretry-after-ms: 50\r\n"
                  "Content-Length: 0\r\n\r\n" },
        STATUS("201 Second"),
        STATUS("202 Third"),
        OK
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 1;
    exchange_start(exchange, replies, 4);
    exchange_get(exchange, "/first");
    exchange_get(exchange, "/second");
    exchange_get(exchange, "/third");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 201);
    assert_int_equal(exchange->answers[1].status, 202);
    assert_int_equal(exchange->answers[2].status, 200);
    assert_non_null(strstr(server_request(exchange->server, 3), "/first"));
}

static void
cancel(void *data)
{
    struct exchange *exchange = data;
    const size_t before = exchange->count;

    http_client_cancel(exchange->client);
    assert_int_equal(exchange->count, before + 4);
}

static void
cancelling_ends_all_requests_at_once(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 503 Slow\r\nRetry-After: 300\r\n"
                  "Content-Length: 0\r\n\r\n" },
        { .silent = true }
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 1;
    exchange_start(exchange, replies, 2);
    /* One that waits for its retry, one under way, two that are queued. */
    for (unsigned i = 0; i < 4; i++)
        exchange_get(exchange, "/x");
    assert_non_null(loop_timer_start(exchange->loop, 100, cancel, exchange));
    exchange_run(exchange);
    assert_int_equal(exchange->count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(exchange->answers[i].failure, HTTP_FAILURE_CANCELLED);
        assert_int_equal(exchange->answers[i].status, 0);
        assert_non_null(exchange->answers[i].reason);
    }
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
stop(void *data)
{
    struct exchange *exchange = data;

    loop_stop(exchange->loop);
}

static void
a_client_is_released_without_calling_back(void **state)
{
    static const struct server_reply replies[] = { { .silent = true } };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 2;
    exchange_start(exchange, replies, 1);
    for (unsigned i = 0; i < 4; i++)
        exchange_get(exchange, "/x");
    assert_non_null(loop_timer_start(exchange->loop, 50, stop, exchange));
    exchange_run(exchange);
    http_client_free(take_pointer(exchange->client));
    exchange_run(exchange);
    assert_int_equal(exchange->count, 0);
}

static void
ask_again(const struct http_response *response, void *data)
{
    struct exchange *exchange = data;

    exchange_done_callback(response, data);
    if (exchange->count < 5) {
        AUTOFREE char *url = NULL;
        assert_true(asprintf(&url, "%s/%zu", server_origin(exchange->server),
                             exchange->count)
                    > 0);
        const struct http_request request = { .method = "GET", .url = url };
        assert_int_equal(http_client_send(exchange->client, &request,
                                          ask_again, exchange, NULL),
                         0);
    }
}

static void
an_answer_may_lead_to_another_request(void **state)
{
    const struct http_response nothing = { .request_id = "", .body = "" };
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    ask_again(&nothing, exchange);
    exchange_run(exchange);
    assert_int_equal(exchange->count, 5);
    assert_int_equal(server_requests(exchange->server), 4);
    assert_int_equal(server_connections(exchange->server), 1);
}

static void
look_up_headers(const struct http_response *response, void *data)
{
    struct exchange *exchange = data;

    assert_string_equal(http_response_header(response, "x-one"), "1");
    assert_string_equal(http_response_header(response, "X-ONE"), "1");
    assert_string_equal(
        http_response_header_at(response, "www-authenticate", 0), "PoP x");
    assert_string_equal(
        http_response_header_at(response, "www-authenticate", 1), "Bearer y");
    assert_null(http_response_header_at(response, "www-authenticate", 2));
    assert_null(http_response_header(response, "X-Absent"));
    exchange_done_callback(response, exchange);
}

static void
headers_are_found_by_name_and_index(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 401 No\r\nX-One: 1\r\n"
                  "WWW-Authenticate: PoP x\r\n"
                  "WWW-Authenticate: Bearer y\r\n"
                  "Content-Length: 0\r\n\r\n" }
    };
    const struct http_response nothing = { 0 };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    const struct http_request request = {
        .method = "GET", .url = server_origin(exchange->server)
    };
    assert_int_equal(http_client_send(exchange->client, &request,
                                      look_up_headers, exchange, NULL),
                     0);
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
    assert_null(http_response_header(&nothing, "X-One"));
}

static struct http_verdict
retry_once_by_body(const struct http_response *response, void *data)
{
    (void) data;
    if (strcmp(response->body, "{\"wait\":1}") == 0)
        return (struct http_verdict){ HTTP_VERDICT_RETRY, 1 };
    return (struct http_verdict){ HTTP_VERDICT_DONE, -1 };
}

static void
the_room_above_decides_on_an_answer(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
                  "{\"wait\":1}" },
        STATUS("503 Done")
    };
    struct exchange *exchange = *state;

    exchange->options.backoff = 60 * 1000;
    exchange->options.classify = retry_once_by_body;
    exchange_start(exchange, replies, 2);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 503);
    assert_int_equal(exchange->answers[0].tries, 2);
}

static void
a_throttled_client_keeps_fewer_under_way(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 429 Slow\r\nRetry-After: 300\r\n"
                  "Content-Length: 0\r\n\r\n" },
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .hold = 3 },
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 4;
    exchange->options.try_timeout = 300;
    exchange->options.retries = 0;
    exchange_start(exchange, replies, 2);
    exchange_get(exchange, "/throttled");
    assert_non_null(loop_timer_start(exchange->loop, 100, stop, exchange));
    exchange_run(exchange);
    for (unsigned i = 0; i < 3; i++)
        exchange_get(exchange, "/held");
    assert_non_null(loop_timer_start(exchange->loop, 1500, stop, exchange));
    exchange_run(exchange);
    /* The server would have answered three at once. */
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_TIMEOUT);
}

static struct buffer lines = BUFFER_INIT(64 * 1024);

static void
keep(enum log_level level, const char *line, void *data)
{
    (void) data;
    buffer_printf(&lines, "%s%s\n", level == LOG_LEVEL_WARNING ? "! " : "",
                  line);
}

/* What is said while a few requests meet this reply. */
static void
expect_said(struct exchange *exchange, const struct server_reply *reply,
            const char *expected)
{
    log_set_handler(keep, NULL, LOG_LEVEL_INFO);
    exchange_start(exchange, reply, 1);
    for (unsigned i = 0; i < 3; i++)
        exchange_get(exchange, "/x?secret");
    assert_non_null(loop_timer_start(exchange->loop, 200, stop, exchange));
    exchange_run(exchange);
    log_set_handler(NULL, NULL, LOG_LEVEL_WARNING);
    assert_string_equal(buffer_text(&lines), expected);
    buffer_done(&lines);
}

static void
a_long_wait_is_told_once(void **state)
{
    static const struct server_reply reply = {
        .text = "HTTP/1.1 429 Slow\r\nretry-after-ms: 299001\r\n"
                "Content-Length: 0\r\n\r\n"
    };

    expect_said(*state, &reply,
                "127.0.0.1 is throttling: fewer requests at a time\n"
                "! 127.0.0.1 asks to wait 300 s before the next try\n");
}

static void
a_wait_that_nobody_asked_for_is_told_too(void **state)
{
    static const struct server_reply reply = STATUS("503 Slow");
    struct exchange *exchange = *state;

    exchange->options.backoff = 100 * 1000;
    log_set_handler(keep, NULL, LOG_LEVEL_INFO);
    exchange_start(exchange, &reply, 1);
    exchange_get(exchange, "/x?secret");
    assert_non_null(loop_timer_start(exchange->loop, 200, stop, exchange));
    exchange_run(exchange);
    log_set_handler(NULL, NULL, LOG_LEVEL_WARNING);
    assert_non_null(strstr(buffer_text(&lines),
                           "! 127.0.0.1 failed: the next try is in "));
    buffer_done(&lines);
}

static void
a_short_wait_is_not_worth_a_word(void **state)
{
    static const struct server_reply reply = {
        .text = "HTTP/1.1 503 Slow\r\nretry-after-ms: 4999\r\n"
                "Content-Length: 0\r\n\r\n"
    };

    expect_said(*state, &reply, "");
}

static void
unusable_options_are_refused(void **state)
{
    struct exchange *exchange = *state;
    struct http_client *client = NULL;

    exchange_start(exchange, ok, 1);
    for (unsigned i = 0; i < 3; i++) {
        AUTOERROR err = ERROR_INIT;
        struct http_client_options options = HTTP_CLIENT_OPTIONS_INIT;
        options.concurrency = i == 0 ? 0 : i == 1 ? 257 : 1;
        options.try_timeout = i == 2 ? 0 : 1;
        assert_int_equal(
            http_client_new(&client, exchange->loop, &options, &err), -1);
        assert_non_null(err.message);
        assert_null(client);
    }
    http_client_free(NULL);
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(connections_are_used_again),
        TEST(a_fixed_number_is_under_way),
        TEST(a_retry_has_the_same_request_id),
        TEST(the_last_answer_counts_when_retries_are_used_up),
        TEST(what_is_no_fault_is_not_retried),
        TEST(a_retry_waits_as_long_as_the_service_says),
        TEST(a_waiting_request_holds_nobody_up),
        TEST(cancelling_ends_all_requests_at_once),
        TEST(a_client_is_released_without_calling_back),
        TEST(an_answer_may_lead_to_another_request),
        TEST(headers_are_found_by_name_and_index),
        TEST(the_room_above_decides_on_an_answer),
        TEST(a_throttled_client_keeps_fewer_under_way),
        TEST(a_long_wait_is_told_once),
        TEST(a_wait_that_nobody_asked_for_is_told_too),
        TEST(a_short_wait_is_not_worth_a_word),
        TEST(unusable_options_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
