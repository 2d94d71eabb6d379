/* SPDX-License-Identifier: Apache-2.0 */
/* Requests of which a second one would do a second thing. */
#include "net/http/http_client.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

#define STATUS(line_)                       \
    {                                       \
        .text = "HTTP/1.1 " line_ "\r\n"    \
                "Content-Length: 0\r\n\r\n" \
    }

static const struct http_request put = {
    .method = "PUT", .url = "/x", .body = "{}", .length = 2, .once = true
};

static int
set_up(void **state)
{
    static struct exchange exchange;

    exchange_init(&exchange);
    exchange.options.concurrency = 1;
    *state = &exchange;
    return 0;
}

static int
tear_down(void **state)
{
    exchange_done(*state);
    return 0;
}

/* Sends it on a client that has a connection already: libcurl would repeat,
 * on its own, what is lost on that one. */
static const struct answer *
send_after_another(struct exchange *exchange,
                   const struct server_reply *replies, size_t count)
{
    exchange_start(exchange, replies, count);
    exchange_get(exchange, "/before");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 200);
    exchange_send(exchange, &put);
    exchange_run(exchange);
    assert_int_equal(exchange->count, 2);
    return &exchange->answers[1];
}

static void
a_lost_answer_is_not_asked_for_again(void **state)
{
    static const struct server_reply lost[] = {
        STATUS("200 OK"),
        { .text = "", .close = true },
        STATUS("201 Created"),
    };
    struct exchange *exchange = *state;
    const struct answer *answer = send_after_another(exchange, lost, 3);

    assert_int_equal(answer->failure, HTTP_FAILURE_BROKEN);
    assert_true(answer->sent);
    assert_int_equal(answer->tries, 1);
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
an_answer_that_breaks_off_is_not_asked_for_again(void **state)
{
    static const struct server_reply cut[] = {
        STATUS("200 OK"),
        { .text = "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{}",
          .close = true },
        STATUS("201 Created"),
    };
    struct exchange *exchange = *state;
    const struct answer *answer = send_after_another(exchange, cut, 3);

    assert_int_equal(answer->failure, HTTP_FAILURE_BROKEN);
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
an_answer_that_stays_out_is_not_asked_for_again(void **state)
{
    static const struct server_reply silent[] = {
        STATUS("200 OK"),
        { .silent = true },
        STATUS("201 Created"),
    };
    struct exchange *exchange = *state;

    exchange->options.try_timeout = 300;
    const struct answer *answer = send_after_another(exchange, silent, 3);
    assert_int_equal(answer->failure, HTTP_FAILURE_TIMEOUT);
    assert_int_equal(answer->tries, 1);
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
a_fault_of_the_service_is_the_answer(void **state)
{
    static const struct server_reply fault[] = {
        STATUS("200 OK"),
        STATUS("504 Gateway Timeout"),
        STATUS("201 Created"),
    };
    struct exchange *exchange = *state;
    const struct answer *answer = send_after_another(exchange, fault, 3);

    assert_int_equal(answer->status, 504);
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
what_was_throttled_is_sent_again(void **state)
{
    static const struct server_reply throttled[] = {
        STATUS("200 OK"),
        STATUS("429 Too Many Requests"),
        STATUS("201 Created"),
    };
    struct exchange *exchange = *state;
    const struct answer *answer = send_after_another(exchange, throttled, 3);

    assert_int_equal(answer->status, 201);
    assert_int_equal(answer->tries, 2);
    assert_non_null(strstr(server_request(exchange->server, 2), "PUT /x"));
    assert_non_null(strstr(server_request(exchange->server, 2), "\r\n\r\n{}"));
}

/* A port that was somebody's just now, and is nobody's. */
static int
find_closed_port(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    socklen_t length = sizeof(address);
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(descriptor >= 0);
    assert_int_equal(bind(descriptor, (struct sockaddr *) &address, length),
                     0);
    assert_int_equal(
        getsockname(descriptor, (struct sockaddr *) &address, &length), 0);
    (void) close(descriptor);
    return ntohs(address.sin_port);
}

static void
what_never_left_is_tried_again(void **state)
{
    static const struct server_reply unused[] = { STATUS("200 OK") };
    struct exchange *exchange = *state;
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url = NULL;
    struct http_request request = put;

    exchange_start(exchange, unused, 1);
    assert_true(asprintf(&url, "http://127.0.0.1:%d/x", find_closed_port())
                > 0);
    request.url = url;
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, &err),
                     0);
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_CONNECT);
    assert_false(exchange->answers[0].sent);
    assert_int_equal(exchange->answers[0].tries, 4);
}

static void
cancel(void *data)
{
    http_client_cancel(data);
}

static void
what_was_under_way_when_cancelled_may_have_arrived(void **state)
{
    static const struct server_reply silent[] = { { .silent = true } };
    struct exchange *exchange = *state;

    exchange_start(exchange, silent, 1);
    exchange_send(exchange, &put);
    exchange_send(exchange, &put);
    /* Comes behind the one that starts the first request. */
    assert_non_null(
        loop_timer_start(exchange->loop, 0, cancel, exchange->client));
    exchange_run(exchange);
    assert_int_equal(exchange->count, 2);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(exchange->answers[i].failure, HTTP_FAILURE_CANCELLED);
    assert_true(exchange->answers[0].sent);
    assert_false(exchange->answers[1].sent);
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lost_answer_is_not_asked_for_again),
        TEST(an_answer_that_breaks_off_is_not_asked_for_again),
        TEST(an_answer_that_stays_out_is_not_asked_for_again),
        TEST(a_fault_of_the_service_is_the_answer),
        TEST(what_was_throttled_is_sent_again),
        TEST(what_never_left_is_tried_again),
        TEST(what_was_under_way_when_cancelled_may_have_arrived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
